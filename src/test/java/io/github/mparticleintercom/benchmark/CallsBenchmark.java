package io.github.mparticleintercom.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.bundle.Bundle;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How many calls to Intercom an event costs: a day's trace of 10,000 single-event webhook posts from 1,000 users, each post
 * with the whole profile, from a cold start. Run it with {@code mvn -B test -Dtest=CallsBenchmark}.
 */
class CallsBenchmark {

    private static final int USERS = 1000;
    private static final int EVENTS = 10_000;
    private static final long START = 1_700_000_000_000L;
    private static final long DAY_MILLIS = 86_400_000L;

    @Test
    void callsPerEvent() throws Exception {
        Random random = new Random(1);
        try (IntercomSandbox intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build());
                Bundle bundle = Bundle.builder().to(intercom).set("deliver.concurrency", "20")
                        .set("throttle.requests-per-window", "1000000").start()) {
            for (int i = 0; i < EVENTS; i++) {
                bundle.send(post(i, random.nextInt(USERS)));
            }
            await().atMost(Duration.ofMinutes(10)).untilAsserted(() -> assertThat(intercom.events()).hasSize(EVENTS));
            System.out.printf("%d events of %d users: %d calls (%d contacts created, %d updated, %d events), %.3f calls an event%n",
                    EVENTS, intercom.contacts().size(), intercom.calls(), intercom.calls(CallKind.CONTACT_CREATE),
                    intercom.calls(CallKind.CONTACT_UPDATE), intercom.calls(CallKind.EVENT),
                    (double) intercom.calls() / EVENTS);
            assertThat(intercom.calls()).isLessThanOrEqualTo(EVENTS * 115 / 100);
        }
    }

    private static String post(int number, int user) {
        return """
                {"environment": "production", "batch_id": %d, "mpid": %d, "device_info": {"platform": "web"},
                 "user_identities": [{"identity_type": "customer_id", "identity": "user-%d"},
                  {"identity_type": "email", "identity": "user-%d@example.com"}],
                 "user_attributes": {"$firstname": "User", "$lastname": "%d", "plan": "team", "seats": %d},
                 "events": [{"event_type": "custom_event", "data": {"event_id": %d, "event_name": "Event %d",
                  "custom_event_type": "other", "timestamp_unixtime_ms": %d, "custom_attributes": {"n": %d}}}]}
                """.formatted(number, user, user, user, user, user % 10, number + 1_000_000, number % 20,
                START + number * (DAY_MILLIS / EVENTS), number);
    }
}
