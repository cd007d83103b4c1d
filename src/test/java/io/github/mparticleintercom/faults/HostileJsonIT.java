package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.bundle.ExternalBroker;
import io.github.mparticleintercom.dist.BundleProcess;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in by HTTP, files or JMS in place of JSON: each has its answer, and what comes beside it arrives. */
@ExtendWith(Faults.class)
class HostileJsonIT {


    @TempDir
    Path folder;

    @Test
    void costsNothingThatComesBesideIt() throws Exception {
        List<byte[]> documents = HostileJson.documents(Faults.times(7, 1));
        String listen = "tcp://127.0.0.1:" + ExternalBroker.freePort();
        Set<String> good = new TreeSet<>();
        Path inbox = Files.createDirectories(folder.resolve("one/inbox"));
        try (Site site = new Site(folder, SandboxConfig.builder().noRateLimit().build(), "BROKER_LISTEN", listen,
                "THROTTLE_REQUESTS_PER_WINDOW", "100000", "FILES_SETTLE_MILLIS", "1")) {
            BundleProcess bundle = site.start("one");
            for (int number = 0; number < documents.size(); number++) {
                post(bundle, documents.get(number));
                good.add(post(bundle, "u0-" + number));
            }
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (int number = 0; number < documents.size(); number++) {
                lines.write(new String(documents.get(number), StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n]", " ")
                        .getBytes(StandardCharsets.ISO_8859_1));
                lines.write(("\n" + Load.batch("u1-" + number) + "\n").getBytes(StandardCharsets.UTF_8));
                good.add("u1-" + number);
            }
            // the first line says that it is lines
            Files.writeString(folder.resolve("lines"), Load.batch("u2-0") + "\n");
            good.add("u2-0");
            Files.write(folder.resolve("lines"), lines.toByteArray(), StandardOpenOption.APPEND);
            Files.move(folder.resolve("lines"), inbox.resolve("lines.json"));
            for (int number = 0; number < documents.size(); number++) {
                Files.write(inbox.resolve("alone-" + number + ".json"), documents.get(number));
            }
            send(listen, documents, good);
            await().atMost(Site.PATIENCE).until(() -> files(inbox).isEmpty());
            site.settle("hostile JSON by HTTP, files and JMS, " + documents.size() + " kinds", good);
            assertThat(inbox.resolve(".done/lines.json")).exists();
            assertThat(bundle.isAlive()).isTrue();
        }
    }

    private static List<Path> files(Path inbox) throws IOException {
        try (Stream<Path> all = Files.list(inbox)) {
            // what is hidden is no batch
            return all.filter(file -> Files.isRegularFile(file) && !file.toFile().isHidden()).toList();
        }
    }

    private static String post(BundleProcess bundle, String name) throws Exception {
        assertThat(bundle.post(Load.batch(name)).statusCode()).isEqualTo(202);
        return name;
    }

    /** Either all of it is accounted for, or the sender is told what is wrong. */
    private static void post(BundleProcess bundle, byte[] document) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(bundle.url() + "/v2/events"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(document)).build(),
                HttpResponse.BodyHandlers.ofString());
        String sent = new String(document, 0, Math.min(document.length, 100), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(sent).isIn(202, 400);
        JsonNode json = Json.MAPPER.readTree(answer.body());
        if (answer.statusCode() == 202) {
            assertThat(json.at("/received/events").asInt()).as(sent + answer.body()).isEqualTo(json.at("/queued/events").asInt()
                    + json.at("/skipped/events").asInt() + json.at("/dead_lettered/events").asInt());
        } else {
            assertThat(json.at("/errors/0/reason").asText()).as(sent).isNotEmpty();
        }
    }

    /** As text where it is text, and as bytes. */
    private static void send(String url, List<byte[]> documents, Set<String> good) throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url); JMSContext context = factory.createContext()) {
            Queue queue = context.createQueue("mparticle.batches");
            JMSProducer producer = context.createProducer();
            for (int number = 0; number < documents.size(); number++) {
                producer.send(queue, new String(documents.get(number), StandardCharsets.UTF_8));
                BytesMessage bytes = context.createBytesMessage();
                bytes.writeBytes(documents.get(number));
                producer.send(queue, bytes);
                // consumers compete for the batches of one user, so each is of another
                producer.send(queue, Load.batch("j" + number + "-0"));
                good.add("j" + number + "-0");
            }
        }
    }
}
