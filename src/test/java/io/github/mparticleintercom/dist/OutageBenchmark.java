package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Intercom is unavailable while posts go on: first it answers 503, then it drops connections, then it is back. Prints the heap after
 * collection minute by minute, and what the return was like. Run it on a built distribution with
 * {@code mvn -B test -Dtest=OutageBenchmark}; it takes {@code outage.minutes}, by default 60, and about a quarter more.
 */
class OutageBenchmark {

    private static final int MINUTES = Integer.getInteger("outage.minutes", 60);
    private static final int POSTS_PER_MINUTE = 300;
    private static final int USERS = 200;
    private static final int EVENTS_PER_POST = 3;
    private static final long TIME = 1_700_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void anHourWithoutIntercom() throws Exception {
        SandboxConfig config = SandboxConfig.builder().latency(Duration.ofMillis(200)).build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config);
                BundleProcess bundle = BundleProcess.start(folder, BundleProcess.to(intercom, "JAVA_OPTS", "-Xmx256m"))) {
            var outage = intercom.fault(Fault.status(503).always());
            int calls = 0;
            for (int minute = 0; minute < MINUTES; minute++) {
                if (minute == MINUTES / 2) {
                    outage.remove();
                    outage = intercom.fault(Fault.dropBefore().always());
                }
                postForAMinute(bundle, minute);
                System.out.printf("minute %d: %d calls, heap after collection %d MB%n", minute + 1, intercom.calls() - calls,
                        bundle.heapAfterCollection() >> 20);
                calls = intercom.calls();
            }
            outage.remove();
            long back = System.currentTimeMillis();
            int events = MINUTES * POSTS_PER_MINUTE * EVENTS_PER_POST;
            await().pollInterval(Duration.ofSeconds(10)).atMost(Duration.ofMinutes(10 + MINUTES)).until(() -> {
                System.out.printf("%d s after: %d of %d events, heap after collection %d MB%n",
                        (System.currentTimeMillis() - back) / 1000, intercom.events().size(), events,
                        bundle.heapAfterCollection() >> 20);
                return intercom.events().size() >= events;
            });
            System.out.printf("All there %d s after: %d calls, %d of them answered 429; calls per 10 s: %s%n",
                    (System.currentTimeMillis() - back) / 1000, intercom.calls() - calls, intercom.tooManyRequests(),
                    intercom.requests().stream().filter(call -> call.time().toEpochMilli() >= back)
                            .collect(Collectors.groupingBy(OutageBenchmark::window, TreeMap::new, Collectors.counting())).values());
            assertThat(intercom.events()).hasSize(events);
            assertThat(intercom.swallowedEvents()).isEmpty();
            for (int user = 0; user < USERS; user++) {
                String id = intercom.contactByExternalId("c" + user).orElseThrow().id();
                assertThat(intercom.events(id)).extracting(StoredEvent::createdAt).isSorted();
            }
        }
    }

    private static long window(RecordedRequest call) {
        return call.time().toEpochMilli() / 10_000;
    }

    private void postForAMinute(BundleProcess bundle, int minute) throws Exception {
        long start = System.currentTimeMillis();
        for (int i = 0; i < POSTS_PER_MINUTE; i++) {
            int number = minute * POSTS_PER_MINUTE + i;
            assertThat(bundle.post(batch(number)).statusCode()).isEqualTo(202);
            Thread.sleep(Math.max(0, start + (i + 1) * 60_000L / POSTS_PER_MINUTE - System.currentTimeMillis()));
        }
    }

    /** A profile that changes with every post, and events one second after the other. */
    private static String batch(int number) {
        var batch = Json.object().put("batch_id", number);
        batch.putObject("user_identities").put("customer_id", "c" + number % USERS);
        batch.putObject("user_attributes").put("visits", number);
        for (int i = 0; i < EVENTS_PER_POST; i++) {
            batch.withArray("events").addObject().put("event_type", "custom_event").putObject("data")
                    .put("event_id", (long) number * EVENTS_PER_POST + i).put("event_name", "Event " + i)
                    .put("timestamp_unixtime_ms", TIME + ((long) number * EVENTS_PER_POST + i) * 1000);
        }
        return batch.toString();
    }
}
