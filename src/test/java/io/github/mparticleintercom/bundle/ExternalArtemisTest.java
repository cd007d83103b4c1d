package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be configured at an Artemis of somebody else's, as the documents say. */
class ExternalArtemisTest extends WithIntercom {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"-1, 0", "1, 1"})
    void losesToItsBrokerWhatWaitsOutARefusedCredentialUnlessAttemptsAreWithoutEnd(int attempts, int lost) throws Exception {
        AddressSettings addresses = new AddressSettings().setMaxDeliveryAttempts(attempts)
                .setDeadLetterAddress(SimpleString.of("out.of.attempts")).setAutoCreateDeadLetterResources(true)
                .setDeadLetterQueuePrefix(SimpleString.of("")).setAutoDeleteQueues(false);
        try (ExternalBroker broker = ExternalBroker.start(folder, addresses);
                Bundle bundle = Bundle.builder().to(intercom).set("broker.url", broker.url()).start()) {
            intercom.settings().revokeToken(SandboxConfig.DEFAULT_TOKEN);
            bundle.send(Batches.event("c1", "Opened"));
            await().untilAsserted(() -> assertThat(bundle.context().getRouteController()
                    .getRouteStatus("mparticle-intercom-deliver")).isEqualTo(ServiceStatus.Suspended));

            await().untilAsserted(() -> assertThat(bundle.waiting()).hasSize(1 - lost));
            assertThat(bundle.browse("mparticle-intercom.requests")).hasSize(1 - lost);
        }
    }

    @Test
    void dividesABacklogAmongAllConsumersWhenItWaitsForThem() throws Exception {
        AddressSettings addresses = new AddressSettings().setDefaultConsumersBeforeDispatch(10_000)
                .setDefaultDelayBeforeDispatch(2000L).setDefaultGroupBuckets(4096).setAutoDeleteQueues(false);
        SandboxConfig config = SandboxConfig.builder().latency(Duration.ofSeconds(1)).build();
        try (ExternalBroker broker = ExternalBroker.start(folder, addresses);
                IntercomSandbox slow = IntercomSandbox.start(config);
                Bundle bundle = Bundle.builder().to(slow).set("broker.url", broker.url()).set("deliver.concurrency", "4").start()) {
            bundle.context().getRouteController().suspendRoute("mparticle-intercom-deliver");
            IntStream.range(0, 40).forEach(user -> bundle.send(Batches.of("c" + user, 0)));
            bundle.context().getRouteController().resumeRoute("mparticle-intercom-deliver");

            await().untilAsserted(() -> assertThat(slow.requests())
                    .filteredOn(call -> call.status() == RecordedRequest.NOT_ANSWERED).hasSize(4));
        }
    }
}
