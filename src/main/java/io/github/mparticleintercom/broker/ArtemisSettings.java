package io.github.mparticleintercom.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;

/** What an Artemis of somebody else's has to be set to, and is not. The page on brokers says why. */
final class ArtemisSettings {

    private final List<String> differences = new ArrayList<>();

    private ArtemisSettings() {
    }

    /**
     * Asks the broker how it treats our queues.
     *
     * @param ours our queues, and how many ids it has to remember
     * @return what differs, for a person; what the broker does not tell us is not in it
     * @throws JMSException when it does not answer
     */
    static List<String> differences(Connection connection, BrokerSettings ours) throws JMSException {
        ArtemisSettings settings = new ArtemisSettings();
        settings.compareQueue(connection, ours.requestsQueue);
        settings.compareAddress(connection, ours.requestsQueue);
        settings.compareAddress(connection, ours.retryQueue());
        Object ids = ArtemisManagement.attribute(connection, ResourceNames.BROKER, "IDCacheSize");
        if (ids instanceof Number number) {
            settings.expect(number.longValue() >= ours.duplicateMemory, "id-cache-size", number, ours.duplicateMemory,
                    "fewer ids are refused as duplicates");
        }
        return settings.differences;
    }

    /** The broker answers this to everybody who may use the queue. */
    private void compareQueue(Connection connection, String name) throws JMSException {
        QueueQuery queue;
        try {
            queue = ((ActiveMQConnection) connection).getInitialSession().queueQuery(SimpleString.of(name));
        } catch (ActiveMQException e) {
            throw new JMSException(e.getMessage());
        }
        Integer buckets = queue.getGroupBuckets();
        expect(buckets == null || buckets > 0, "group-buckets of " + name, buckets, 4096, "users "
                + (Integer.valueOf(0).equals(buckets) ? "do not stay in order" : "that ever came are all remembered"));
        Integer consumers = queue.getConsumersBeforeDispatch();
        expect(consumers == null || consumers > 0, "consumers-before-dispatch of " + name, consumers, 10_000,
                "the first consumers take all users of a full queue");
        expect(!Boolean.FALSE.equals(queue.isGroupRebalance()), "group-rebalance of " + name, false, true,
                "an instance that joins later gets few users");
        expect(!Boolean.FALSE.equals(queue.isGroupRebalancePauseDispatch()), "group-rebalance-pause-dispatch of " + name, false, true,
                "users may get out of order when an instance joins");
        expect(queue.getGroupFirstKey() != null, "group-first-key of " + name, "none", "JMSXGroupFirstForConsumer",
                "users whose requests are tried apart may get out of order when an instance joins or leaves");
    }

    /** What is not set has Artemis' own default, and is not in the answer. */
    private void compareAddress(Connection connection, String name) throws JMSException {
        if (ArtemisManagement.operation(connection, ResourceNames.BROKER, "getAddressSettingsAsJSON", name) instanceof String text) {
            JsonNode address = json(text);
            int attempts = address.path("maxDeliveryAttempts").asInt(10);
            expect(attempts < 0, "max-delivery-attempts of " + name, attempts, -1,
                    "requests that wait out a refused credential are moved away");
            String full = address.path("addressFullMessagePolicy").asText("PAGE");
            expect(!full.equals("DROP"), "address-full-policy of " + name, full, "PAGE", "requests are lost");
        }
    }

    private void expect(boolean met, String setting, Object is, Object wanted, String consequence) {
        if (!met) {
            differences.add(setting + " is " + is + " in place of " + wanted + ": " + consequence);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            return Json.object();
        }
    }
}
