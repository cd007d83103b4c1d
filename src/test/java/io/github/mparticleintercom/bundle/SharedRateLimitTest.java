package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How instances share the allowance of one workspace. */
class SharedRateLimitTest {

    @Test
    void sharesOneAllowanceBetweenTwoInstancesThatDoNotKnowOfEachOther() throws Exception {
        SandboxConfig config = SandboxConfig.builder().rateLimit(50).rateWindow(Duration.ofSeconds(1))
                .latency(Duration.ofMillis(20)).token("one").token("two").build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config);
                Bundle one = instance(intercom, "one");
                Bundle two = instance(intercom, "two")) {
            IntStream.range(0, 100).forEach(user -> {
                one.send(Batches.of("one-" + user, 1));
                two.send(Batches.of("two-" + user, 1));
            });
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(intercom.events()).hasSize(200));

            assertThat(intercom.calls() - intercom.tooManyRequests()).isEqualTo(400);
            assertThat(intercom.tooManyRequests()).isLessThanOrEqualTo(20);
            assertThat(intercom.requests().subList(0, 300)).extracting(RecordedRequest::tokenName)
                    .filteredOn("one"::equals).hasSizeBetween(75, 225);
            assertThat(one.dead()).isEmpty();
            assertThat(two.dead()).isEmpty();
        }
    }

    private static Bundle instance(IntercomSandbox intercom, String token) throws Exception {
        return Bundle.builder().to(intercom).set("intercom.access-token", token).set("throttle.window-millis", "1000").start();
    }
}
