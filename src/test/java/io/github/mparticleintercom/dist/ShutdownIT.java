package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked to end, as systemd and Kubernetes do it, it finishes what is under way and keeps the rest. */
class ShutdownIT {

    private static final int TERMINATED = 128 + 15;
    private static final int USERS = 30;

    @TempDir
    Path folder;

    @Test
    void finishesTheCallsThatAreUnderWay() throws Exception {
        SandboxConfig config = SandboxConfig.builder().latency(Duration.ofSeconds(2)).build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config)) {
            Map<String, String> settings = BundleProcess.to(intercom,
                    "MPARTICLE_INTERCOM_DELIVER_CONCURRENCY", "8");
            try (BundleProcess bundle = BundleProcess.start(folder, settings)) {
                for (int user = 0; user < USERS; user++) {
                    post(bundle, user);
                }
                await().until(() -> intercom.requests().stream()
                        .filter(call -> call.status() == RecordedRequest.NOT_ANSWERED).count() > 3);
                bundle.terminate();

                assertThat(bundle.exitCode()).isEqualTo(TERMINATED);
                int left = USERS - intercom.calls(CallKind.CONTACT_CREATE);
                assertThat(left).isPositive();
                assertThat(bundle.log()).contains("Stopping: what is under way is finished")
                        .endsWith("Stopped; " + left + " requests wait, 0 dead letters\n");
            }
            assertThat(intercom.requests()).extracting(RecordedRequest::status).doesNotContain(RecordedRequest.NOT_ANSWERED);

            try (BundleProcess next = BundleProcess.start(folder, settings)) {
                await().atMost(Duration.ofMinutes(1)).until(() -> intercom.contacts().size() == USERS);
                assertThat(next.log()).doesNotContain("did not start");
            }
            // a call that was broken off would have been made again
            assertThat(intercom.calls(CallKind.CONTACT_CREATE)).isEqualTo(USERS);
        }
    }

    /** Camel would wait for twenty seconds, and then break off whatever it is. */
    @Test
    void breaksOffCallsThatGetNoAnswerAndKeepsTheirRequests() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start()) {
            ActiveFault hangs = intercom.fault(Fault.hang().always());
            Map<String, String> settings = BundleProcess.to(intercom, "MPARTICLE_INTERCOM_DELIVER_CONCURRENCY", "8");
            try (BundleProcess bundle = BundleProcess.start(folder, settings)) {
                for (int user = 0; user < USERS; user++) {
                    post(bundle, user);
                }
                await().until(() -> hangs.hits() >= 8);
                bundle.terminate();

                assertThat(bundle.exitCode()).isEqualTo(TERMINATED);
                assertThat(bundle.log()).doesNotContain("Exception").doesNotContain("not yet shutdown").doesNotContain("Dead-lettered");
            }
            hangs.remove();
            try (BundleProcess next = BundleProcess.start(folder, settings)) {
                await().atMost(Duration.ofMinutes(1)).until(() -> intercom.contacts().size() == USERS);
                assertThat(next.log()).doesNotContain("did not start");
            }
        }
    }

    private static void post(BundleProcess bundle, int user) throws Exception {
        assertThat(bundle.post("{\"user_identities\": {\"customer_id\": \"u" + user
                + "\"}, \"user_attributes\": {\"$firstname\": \"Ada\"}}").statusCode()).isEqualTo(202);
    }
}
