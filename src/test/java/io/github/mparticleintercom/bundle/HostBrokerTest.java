package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The queues on the broker of the host: an Artemis, and an ActiveMQ Classic, which does not refuse what it had before. */
class HostBrokerTest extends WithIntercom {

    private ClassicBroker classic;

    @BeforeEach
    void startClassic() throws Exception {
        classic = ClassicBroker.start();
    }

    @AfterEach
    void stopClassic() throws Exception {
        classic.close();
    }

    @Test
    void deliversOverArtemisWhichRefusesDuplicatesItself(@TempDir Path broker) throws Exception {
        try (ExternalBroker artemis = ExternalBroker.start(broker);
                Bundle bundle = on(new CachingConnectionFactory(new ActiveMQConnectionFactory(artemis.url()))).start()) {
            String known = Batches.of("c1", 2).toString();
            bundle.send(known);
            JsonNode again = bundle.send(known);
            JsonNode mixed = bundle.send("[" + known + "," + Batches.of("c2", 1) + "]");

            assertThat(again.at("/queued/events").asInt() + again.at("/queued/contacts").asInt()).isZero();
            assertThat(again.at("/skipped/reasons/duplicate").asInt()).isEqualTo(3);
            assertThat(mixed.at("/queued/contacts").asInt()).isEqualTo(1);
            assertThat(mixed.at("/queued/events").asInt()).isEqualTo(1);
            assertThat(mixed.at("/skipped/reasons/duplicate").asInt()).isEqualTo(3);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(3));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(intercom.requests()).filteredOn(call -> call.body().toString().contains("\"c1\""))
                    .extracting(RecordedRequest::kind)
                    .containsExactly(CallKind.CONTACT_CREATE, CallKind.EVENT, CallKind.EVENT);
            assertThat(intercom.swallowedEvents()).isEmpty();
            assertThat(bundle.dead()).isEmpty();
            assertThat(bundle.folder().resolve("data/journal")).as("no broker of our own").doesNotExist();
        }
    }

    /** Which costs a call for each event: Intercom ignores the second one, and a contact without news costs none. */
    @Test
    void deliversOverClassicWhichTakesADuplicateLikeAnythingElse() throws Exception {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(classic.factory());
        try (Bundle bundle = on(pool).start()) {
            String known = Batches.of("c1", 2).toString();
            bundle.send(known);
            JsonNode again = bundle.send(known);

            assertThat(again.at("/queued/events").asInt()).isEqualTo(2);
            assertThat(again.at("/skipped/reasons").isEmpty()).isTrue();
            await().untilAsserted(() -> assertThat(intercom.swallowedEvents()).hasSize(2));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(intercom.events()).hasSize(2);
            assertThat(intercom.contacts()).hasSize(1);
            assertThat(intercom.calls(CallKind.CONTACT_CREATE)).isEqualTo(1);
            assertThat(bundle.dead()).isEmpty();
            assertThat(bundle.folder().resolve("data/journal")).as("no broker of our own").doesNotExist();
        } finally {
            pool.stop();
        }
    }

    @Test
    void keepsTheOrderOfEveryUser() throws Exception {
        try (Bundle bundle = on(classic.factory()).start()) {
            IntStream.range(0, 50).forEach(i -> bundle.send(Batches.of("user-" + i % 10, 4)));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(200));

            for (int user = 0; user < 10; user++) {
                assertThat(times("user-" + user)).hasSize(20).isSorted();
            }
        }
    }

    @Test
    void harmsNothingWithADuplicateAfterARestart(@TempDir Path folder) throws Exception {
        String batch = Batches.of("c1", 2).toString();
        try (Bundle bundle = on(classic.factory()).in(folder).start()) {
            bundle.send(batch);
        }
        try (Bundle bundle = on(classic.factory()).in(folder).start()) {
            assertThat(bundle.send(batch).at("/queued/events").asInt()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(intercom.swallowedEvents()).hasSize(2));
            assertThat(intercom.events()).hasSize(2);
            assertThat(intercom.contacts()).hasSize(1);
        }
    }

    @Test
    void knowsNothingOfWhatTheBrokerDidNotTake() throws Exception {
        String batch = Batches.of("c1", 2).toString();
        try (Bundle bundle = on(classic.factory()).start()) {
            classic.refuseCommits(1);
            assertThatThrownBy(() -> bundle.send(batch)).isInstanceOf(CamelExecutionException.class);
            assertThat(bundle.waiting()).isEmpty();

            assertThat(bundle.send(batch).at("/queued/events").asInt()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
        }
    }

    @Test
    void losesNoJmsMessageWhoseCommitFails() throws Exception {
        try (Bundle bundle = on(classic.factory()).set("jms.enabled", "true").start(); Connection sender = bundle.connect()) {
            bundle.context().getRouteController().suspendRoute("mparticle-intercom-deliver");
            Session session = sender.createSession();
            classic.refuseCommits(2);
            for (int copies = 0; copies < 2; copies++) {
                session.createProducer(session.createQueue("mparticle.batches"))
                        .send(session.createTextMessage(Batches.signup("once")));
            }
            session.createProducer(session.createQueue("mparticle.batches")).send(session.createMapMessage());
            await().untilAsserted(() -> assertThat(bundle.browse("mparticle.batches")).isEmpty());
            assertThat(bundle.waiting()).as("two requests of each copy").hasSize(4);

            bundle.context().getRouteController().resumeRoute("mparticle-intercom-deliver");
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
            assertThat(bundle.dead().get(0).getBody(byte[].class)).asString().isEqualTo("{\"map_message\":{}}");
        }
    }

    @Test
    void losesNothingHoweverOftenTheCredentialIsRefused() throws Exception {
        try (Bundle bundle = on(classic.factory()).start()) {
            intercom.settings().revokeToken(SandboxConfig.DEFAULT_TOKEN);
            IntStream.range(0, 5).forEach(user -> bundle.send(Batches.of("c" + user, 1)));
            for (int refusals = 0; refusals < 7; refusals++) {
                await().untilAsserted(() -> assertThat(bundle.context().getRouteController()
                        .getRouteStatus("mparticle-intercom-deliver")).isEqualTo(ServiceStatus.Suspended));
                bundle.context().createProducerTemplate().sendBody("direct:mparticle-intercom-resume", null);
                int seen = intercom.answered(401);
                await().until(() -> intercom.answered(401) > seen);
            }
            await().untilAsserted(() -> assertThat(bundle.context().getRouteController()
                    .getRouteStatus("mparticle-intercom-deliver")).isEqualTo(ServiceStatus.Suspended));
            intercom.settings().restoreToken(SandboxConfig.DEFAULT_TOKEN);
            bundle.context().createProducerTemplate().sendBody("direct:mparticle-intercom-resume", null);

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(5));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(bundle.browse("ActiveMQ.DLQ")).isEmpty();
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void listsShowsReplaysAndDiscardsDeadLetters() throws Exception {
        try (Bundle bundle = on(classic.factory()).set("http.enabled", "true").set("api.enabled", "true").start()) {
            var refusal = intercom.fault(Fault.status(422).on(CallKind.EVENT).always());
            IntStream.range(0, 5).forEach(user -> bundle.send(Batches.of("c" + user, 6)));
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(30));
            refusal.remove();
            bundle.send("{no json");

            JsonNode list = Post.to(bundle, "/dead-letters").as("GET").send("").json();
            assertThat(list.path("total").asInt()).isEqualTo(31);
            String last = list.at("/dead_letters/30/id").asText();
            assertThat(Post.to(bundle, "/dead-letters/" + last).as("GET").send("").raw().body()).contains("{no json");
            assertThat(Post.to(bundle, "/dead-letters/replay?reason=intercom-refused").send("").json().path("replayed").asInt())
                    .isEqualTo(30);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(30));
            for (int user = 0; user < 5; user++) {
                assertThat(times("c" + user)).hasSize(6).isSorted();
            }
            assertThat(Post.to(bundle, "/dead-letters/" + last).as("DELETE").send("").json().path("discarded").asInt()).isEqualTo(1);
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void namesTheSettingWhenThereIsNoSuchFactory() {
        assertThatThrownBy(() -> Bundle.builder().set("broker.connection-factory", "nobody").start())
                .hasStackTraceContaining("mparticle-intercom.broker.connection-factory is 'nobody', but there is no such bean.");
        assertThatThrownBy(() -> Bundle.builder().set("broker.connection-factory", "text").bind("text", "x").start())
                .hasStackTraceContaining("is 'text', which is no jakarta.jms.ConnectionFactory but a java.lang.String.");
    }

    @Test
    void keepsADataFolderToOneInstance(@TempDir Path folder) throws Exception {
        try (Bundle bundle = on(classic.factory()).in(folder).start()) {
            assertThatThrownBy(() -> on(classic.factory()).in(folder).start())
                    .hasStackTraceContaining("which another instance uses.");
            assertThat(Files.exists(folder.resolve("data/in-use"))).isTrue();
        }
    }

    private Bundle.Builder on(ConnectionFactory factory) {
        return Bundle.builder().to(intercom).set("broker.connection-factory", "hostsFactory").bind("hostsFactory", factory);
    }

    private List<Long> times(String user) {
        return intercom.events(intercom.contactByExternalId(user).orElseThrow().id()).stream()
                .map(event -> event.createdAt()).toList();
    }
}
