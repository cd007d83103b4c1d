package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Session;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two workspaces: two instances in one process on one broker, distinguished by their settings alone. */
class TwoWorkspacesTest extends WithIntercom {

    @TempDir
    private Path folder;
    private IntercomSandbox second;

    @BeforeEach
    void startSecondWorkspace() {
        second = IntercomSandbox.start();
    }

    @AfterEach
    void stopSecondWorkspace() {
        second.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingCrossesOver(boolean artemis) throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(folder.resolve("broker"));
                ClassicBroker classic = ClassicBroker.start()) {
            ConnectionFactory factory = artemis ? new ActiveMQConnectionFactory(broker.url()) : classic.factory();
            try (Bundle one = instance("one", intercom, factory).start(); Bundle two = instance("two", second, factory).start();
                    Connection sender = factory.createConnection();
                    AuditLines ofOne = new AuditLines("one.audit"); AuditLines ofTwo = new AuditLines("two.audit")) {
                String batch = Batches.of("both", 2).toString();
                for (Bundle bundle : List.of(one, two, one, two)) {
                    bundle.send(batch);
                }
                put(sender, "one.batches", Batches.signup("of-one"));
                put(sender, "two.batches", Batches.signup("of-two"));
                await().untilAsserted(() -> assertThat(intercom.events()).hasSize(3));
                await().untilAsserted(() -> assertThat(second.events()).hasSize(3));
                assertThat(intercom.contactByExternalId("of-two")).isEmpty();
                assertThat(second.contactByExternalId("of-one")).isEmpty();
                assertThat(intercom.calls(CallKind.CONTACT_CREATE)).as("each knows its own contacts").isEqualTo(2);
                assertThat(second.calls(CallKind.CONTACT_CREATE)).isEqualTo(2);

                assertThat(ofOne.with("user_key", "of-one")).isNotEmpty();
                assertThat(ofOne.with("user_key", "of-two")).isEmpty();
                assertThat(ofTwo.with("user_key", "of-one")).isEmpty();

                intercom.fault(Fault.status(422).on(CallKind.EVENT));
                one.send(Batches.event("both", "Refused"));
                await().untilAsserted(() -> assertThat(one.browse("one.dead")).hasSize(1));
                assertThat(two.browse("two.dead")).isEmpty();
                assertThat(one.dead()).as("the queues of the defaults").isEmpty();
            }
        }
    }

    @Test
    void oneStandsStillWhileTheOtherGoesOn() throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(folder.resolve("broker"));
                Bundle one = instance("one", intercom, new ActiveMQConnectionFactory(broker.url())).start();
                Bundle two = instance("two", second, new ActiveMQConnectionFactory(broker.url())).start()) {
            intercom.settings().revokeToken(SandboxConfig.DEFAULT_TOKEN);
            IntStream.range(0, 5).forEach(user -> {
                one.send(Batches.of("c" + user, 1));
                two.send(Batches.of("c" + user, 1));
            });
            await().untilAsserted(() -> assertThat(status(one)).isEqualTo(ServiceStatus.Suspended));
            await().untilAsserted(() -> assertThat(second.events()).hasSize(5));

            assertThat(status(two)).isEqualTo(ServiceStatus.Started);
            assertThat(down(one)).isTrue();
            assertThat(down(two)).isFalse();
            await().untilAsserted(() -> assertThat(one.browse("one.requests")).hasSize(10));
            for (Bundle bundle : List.of(one, two)) {
                assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("org.apache.camel:context="
                        + bundle.context().getManagementName() + ",type=routes,name=\"mparticle-intercom-deliver\""), null))
                        .hasSize(1);
            }
            assertThat(one.context().getManagementName()).isNotEqualTo(two.context().getManagementName());
        }
    }

    /** What the documents say to set. */
    private Bundle.Builder instance(String name, IntercomSandbox workspace, ConnectionFactory factory) {
        return Bundle.builder().to(workspace).in(folder.resolve(name)).camel("camel.main.name", name)
                .camel("camel.main.jmx-enabled", "true")
                .bind("hostsFactory", factory).set("broker.connection-factory", "hostsFactory")
                .set("audit.logger", name + ".audit")
                .set("broker.requests-queue", name + ".requests").set("broker.dead-letter-queue", name + ".dead")
                .set("jms.enabled", "true").set("jms.queue", name + ".batches").set("jms.concurrency", "1");
    }

    private static void put(Connection sender, String queue, String batch) throws Exception {
        try (Session session = sender.createSession()) {
            session.createProducer(session.createQueue(queue)).send(session.createTextMessage(batch));
        }
    }

    private static ServiceStatus status(Bundle bundle) {
        return bundle.context().getRouteController().getRouteStatus("mparticle-intercom-deliver");
    }

    private static boolean down(Bundle bundle) {
        return HealthCheckHelper.invoke(bundle.context()).stream()
                .anyMatch(result -> result.getCheck().getId().equals("mparticle-intercom-delivery"));
    }
}
