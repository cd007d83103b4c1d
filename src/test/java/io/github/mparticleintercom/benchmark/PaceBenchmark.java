package io.github.mparticleintercom.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.bundle.Bundle;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How much of Intercom's allowance is used, and how often it is exceeded, over a minute of full queues: one and three
 * instances against windows of 1,666 calls in ten seconds and answers after 200 ms. The settings are those of the
 * bundle. Run it with {@code mvn -B test -Dtest=PaceBenchmark}.
 */
class PaceBenchmark {

    private static final int LIMIT = 1666;
    private static final long WINDOW_MILLIS = 10_000;
    private static final int WINDOWS = 6;
    private static final int EVENTS_PER_USER = 4;
    private static final long TIME = 1_700_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void allowanceUsed(int instances) throws Exception {
        SandboxConfig config = SandboxConfig.builder().latency(Duration.ofMillis(200)).build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config)) {
            List<Bundle> bundles = new ArrayList<>();
            try {
                for (int i = 0; i < instances; i++) {
                    bundles.add(filled(intercom, i, 2 * LIMIT * (WINDOWS + 2) / instances));
                }
                for (Bundle bundle : bundles) {
                    bundle.context().getRouteController().resumeRoute("mparticle-intercom-deliver");
                }
                // not the window that runs, nor the next: from a cold start the pace must find itself first
                long from = (System.currentTimeMillis() / WINDOW_MILLIS + 2) * WINDOW_MILLIS;
                long to = from + WINDOWS * WINDOW_MILLIS;
                Thread.sleep(to + 1000 - System.currentTimeMillis());
                report(instances, intercom.requests(), from, to);
            } finally {
                for (Bundle bundle : bundles) {
                    bundle.close();
                }
            }
        }
    }

    /** A bundle with so many requests in its queue, whose delivery is suspended. */
    private static Bundle filled(IntercomSandbox intercom, int instance, int requests) throws Exception {
        Bundle bundle = Bundle.builder().to(intercom).set("deliver.concurrency", "64").start();
        bundle.context().getRouteController().suspendRoute("mparticle-intercom-deliver");
        for (int user = 0; user < requests / (EVENTS_PER_USER + 1); user++) {
            bundle.send(batch(instance + "-" + user, user));
        }
        return bundle;
    }

    private static String batch(String user, long id) {
        var batch = Json.object().put("batch_id", id);
        batch.putObject("user_identities").put("customer_id", user);
        batch.putObject("user_attributes").put("$firstname", "Ada");
        for (int i = 0; i < EVENTS_PER_USER; i++) {
            batch.withArray("events").addObject().put("event_type", "custom_event").putObject("data")
                    .put("event_id", id * EVENTS_PER_USER + i).put("event_name", "Event " + i)
                    .put("timestamp_unixtime_ms", TIME + i * 1000);
        }
        return batch.toString();
    }

    private static void report(int instances, List<RecordedRequest> all, long from, long to) {
        int[] used = new int[WINDOWS];
        int refused = 0;
        int calls = 0;
        for (RecordedRequest call : all) {
            long at = call.time().toEpochMilli();
            if (at >= from && at < to) {
                calls++;
                if (call.status() == 429) {
                    refused++;
                } else {
                    used[(int) ((at - from) / WINDOW_MILLIS)]++;
                }
            }
        }
        double part = (double) Arrays.stream(used).sum() / (LIMIT * WINDOWS);
        System.out.printf("%d instance(s): %.2f %% of the allowance used (%s of %d a window), %d of %d answers a 429 (%.2f in 1,000)%n",
                instances, 100 * part, Arrays.toString(used), LIMIT, refused, calls, 1000.0 * refused / calls);
        assertThat(part).isGreaterThanOrEqualTo(0.98);
        assertThat(refused).isLessThanOrEqualTo(calls / 1000);
    }
}
