package io.github.mparticleintercom.recipes;

import io.github.mparticleintercom.bundle.ExternalBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;

/** One Kafka in this process, broker and controller. */
public final class KafkaBroker implements AutoCloseable {

    private final String address = "127.0.0.1:" + ExternalBroker.freePort();
    private final KafkaRaftServer server;

    public KafkaBroker(Path data) throws Exception {
        String controller = "127.0.0.1:" + ExternalBroker.freePort();
        Files.createDirectories(data);
        Files.writeString(data.resolve("meta.properties"),
                "version=1\nnode.id=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAQ\ndirectory.id=AAAAAAAAAAAAAAAAAAAAZA\n");
        Properties settings = new Properties();
        settings.putAll(Map.of("node.id", "1", "process.roles", "broker,controller",
                "controller.quorum.voters", "1@" + controller, "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "listeners", "PLAINTEXT://" + address + ",CONTROLLER://" + controller, "log.dirs", data.toString(),
                "offsets.topic.replication.factor", "1", "offsets.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0"));
        server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
    }

    public String address() {
        return address;
    }

    public void send(String topic, String text) throws Exception {
        try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", address),
                new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, text)).get();
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
