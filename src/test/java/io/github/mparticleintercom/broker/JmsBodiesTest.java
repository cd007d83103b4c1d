package io.github.mparticleintercom.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mparticleintercom.Json;
import jakarta.jms.BytesMessage;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.activemq.command.ActiveMQMapMessage;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.ActiveMQObjectMessage;
import org.apache.activemq.command.ActiveMQStreamMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jms.support.converter.MessageConversionException;

/** What is taken out of messages of every kind. */
class JmsBodiesTest {

    private final JmsBodies bodies = new JmsBodies();

    @Test
    void areTextOrBytes(@TempDir Path data) throws Exception {
        try (BrokerInMemory artemis = new BrokerInMemory(data)) {
            Session session = artemis.session();
            BytesMessage bytes = session.createBytesMessage();
            bytes.writeBytes("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
            MapMessage map = session.createMapMessage();
            map.setString("key", "value");

            assertThat(body(artemis, session.createTextMessage("{}"))).isEqualTo("{}");
            assertThat(body(artemis, bytes)).isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
            assertThat((byte[]) body(artemis, map)).as("as Artemis has it").isNotEmpty();
        }
    }

    private Object body(BrokerInMemory artemis, Message message) throws Exception {
        Session session = artemis.session();
        session.createProducer(session.createQueue("bodies")).send(message);
        try (MessageConsumer consumer = artemis.consumer("bodies")) {
            return bodies.fromMessage(consumer.receive(10_000));
        }
    }

    @Test
    void sayWhatWasInTheOthersOfOtherBrokers() throws Exception {
        ActiveMQMapMessage map = new ActiveMQMapMessage();
        map.setString("key", "value");
        map.setInt("number", 7);
        ActiveMQStreamMessage stream = new ActiveMQStreamMessage();
        stream.writeString("a");
        stream.writeInt(2);
        stream.reset();

        assertThat(Json.MAPPER.readTree((String) bodies.fromMessage(map)))
                .isEqualTo(Json.MAPPER.readTree("{\"map_message\":{\"key\":\"value\",\"number\":7}}"));
        assertThat(bodies.fromMessage(stream)).isEqualTo("{\"stream_message\":[\"a\",2]}");
        assertThat(bodies.fromMessage(new ActiveMQObjectMessage())).isEqualTo("{\"message\":\"an object, whose content is not read\"}");
        assertThat(bodies.fromMessage(new ActiveMQMessage())).isEqualTo("{\"message\":\"without a body\"}");
    }

    @Test
    void areNeverWritten() {
        assertThatThrownBy(() -> bodies.toMessage("{}", null)).isInstanceOf(MessageConversionException.class);
    }
}
