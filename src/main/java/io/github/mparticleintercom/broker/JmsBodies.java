package io.github.mparticleintercom.broker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.util.Collections;
import java.util.Enumeration;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Takes text and bytes out of JMS messages. Of any other it takes the bytes as they came, or what was in it, which are no batch
 * and are dead-lettered, so that no sender's objects are ever made.
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
        return Broker.isArtemis(message) ? ArtemisClient.bytes(message) : Json.write(described(message));
    }

    /** JMS gives the bytes of no other kind. This holds what was in it, and is no batch either. */
    private static ObjectNode described(Message message) throws JMSException {
        ObjectNode json = Json.object();
        if (message instanceof MapMessage map) {
            ObjectNode content = json.putObject("map_message");
            for (Object name : Collections.list((Enumeration<?>) map.getMapNames())) {
                content.putPOJO(name.toString(), map.getObject(name.toString()));
            }
        } else if (message instanceof StreamMessage stream) {
            ArrayNode content = json.putArray("stream_message");
            try {
                while (true) {
                    content.addPOJO(stream.readObject());
                }
            } catch (MessageEOFException e) {
                // that was all
            }
        } else {
            json.put("message", message instanceof ObjectMessage ? "an object, whose content is not read" : "without a body");
        }
        return json;
    }

    @Override
    public Message toMessage(Object object, Session session) {
        throw new MessageConversionException("This queue is only read");
    }
}
