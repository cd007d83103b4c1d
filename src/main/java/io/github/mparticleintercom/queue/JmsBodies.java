package io.github.mparticleintercom.queue;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Takes text and bytes out of JMS messages. Of any other it takes the bytes as they came, which are no batch and are parked, so
 * that no sender's objects are ever made.
 */
public final class JmsBodies implements MessageConverter {

    @Override
    public Object fromMessage(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            return text.getText();
        }
        if (message instanceof BytesMessage bytes) {
            byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
            bytes.readBytes(body);
            return body;
        }
        return message instanceof ActiveMQMessage artemis ? plain(artemis.getCoreMessage().getDataBuffer()) : "";
    }

    private static byte[] plain(ActiveMQBuffer buffer) {
        byte[] body = new byte[buffer.readableBytes()];
        buffer.readBytes(body);
        return body;
    }

    @Override
    public Message toMessage(Object object, Session session) {
        throw new MessageConversionException("This queue is only read");
    }
}
