package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in a process that has only what its broker needs. */
class PlainHostTest extends WithIntercom {

    /** What the client has no use for. */
    private static final String OF_THE_ARTEMIS_SERVER =
            "(activemq-)?artemis-(jakarta-server|server|jdbc-store|lockmanager-api|journal|native|jakarta-service).*";

    @TempDir
    private Path folder;

    @Test
    void needsNoArtemisServerForABrokerOfOurOwn() throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(folder.resolve("broker"));
                PlainHost host = PlainHost.start(jar -> jar.matches(OF_THE_ARTEMIS_SERVER), "", "", settings(Map.of("broker.url", broker.url())))) {
            assertThat(host.send(Batches.signup("c1"))).contains("\"queued\":{\"contacts\":1,\"events\":1}");
            assertThat(host.send(Batches.signup("c1"))).contains("\"reasons\":{\"duplicate\":2}");
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        }
    }

    @Test
    void needsNothingOfArtemisForABrokerOfAnotherMakeAndSurvivesACrash() throws Exception {
        var outage = intercom.fault(Fault.status(503).always());
        try (ClassicBroker broker = ClassicBroker.start()) {
            PlainHost first = onClassic(broker);
            first.send(Batches.signup("c1"));
            await().until(() -> outage.hits() > 1);
            first.kill();
            outage.remove();
            try (PlainHost second = onClassic(broker)) {
                // that broker takes a duplicate, which costs a call that Intercom ignores
                assertThat(second.send(Batches.signup("c1"))).contains("\"queued\":{\"contacts\":1,\"events\":1}");
                second.send(Batches.signup("c2"));
                await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
                await().untilAsserted(() -> assertThat(intercom.swallowedEvents()).hasSize(1));
            }
        }
    }

    private PlainHost onClassic(ClassicBroker broker) throws Exception {
        return PlainHost.start(jar -> jar.contains("artemis"), "org.apache.activemq.ActiveMQConnectionFactory", broker.url(),
                settings(Map.of()));
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("intercom.base-url", intercom.baseUrl(), "intercom.access-token",
                SandboxConfig.DEFAULT_TOKEN, "broker.data", folder.resolve("data").toString()));
        settings.putAll(more);
        return settings;
    }
}
