package io.github.mparticleintercom.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an event costs from its post to Intercom's answer: processor time and garbage of the bundle's process, and how many
 * events a second that makes on this machine, beside a loop that does nothing but call the same sandbox. Bundle and sandbox run in
 * processes of their own, with the embedded broker on the disk that this folder is on. Run it on a built distribution with {@code mvn -B test -Dtest=CostBenchmark}. {@code -Dcost.dist=FOLDER} is what to measure instead of {@code target/dist};
 * {@code -Dcost.baseline=FOLDER} is another to measure in turn with it; {@code cost.sizes}, {@code cost.rounds}, {@code cost.warmup},
 * {@code cost.events} and {@code cost.connections} say how.
 */
class CostBenchmark {

    private static final int ROUNDS = Integer.getInteger("cost.rounds", 2);
    private static final int WARMUP = Integer.getInteger("cost.warmup", 20_000);
    private static final int EVENTS = Integer.getInteger("cost.events", 20_000);
    private static final int CONNECTIONS = Integer.getInteger("cost.connections", 8);
    private static final Duration BARE_WARMUP = Duration.ofSeconds(2);
    private static final Duration BARE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static List<Integer> sizes() {
        return List.of(System.getProperty("cost.sizes", "20,1").split(",")).stream().map(Integer::valueOf).toList();
    }

    /** For posts of so many events each. */
    @ParameterizedTest
    @MethodSource("sizes")
    void costOfAnEvent(int size) throws Exception {
        CostTable table = new CostTable("%d event(s) a post, %,d of them after %,d, %d connections, %d round(s)"
                .formatted(size, EVENTS, WARMUP, CONNECTIONS, ROUNDS));
        for (int round = 0; round < ROUNDS; round++) {
            for (Distribution distribution : Distribution.all()) {
                table.add(distribution.name(), measure(distribution, size));
            }
        }
        System.out.print(table);
    }

    private static CostTable.Result measure(Distribution distribution, int size) throws IOException, InterruptedException {
        Traffic traffic = new Traffic();
        Client client = new Client(CONNECTIONS);
        try (WorkFolder folder = WorkFolder.create("cost"); SandboxProcess intercom = SandboxProcess.start()) {
            Expense expense;
            double seconds;
            long others;
            var environment = ProductProcess.environment(distribution, folder.path(), intercom);
            try (ProductProcess product = ProductProcess.start(distribution, folder.path(), environment, traffic.batch(1));
                    Expense.Meter meter = new Expense.Meter(product.pid())) {
                int sent = 1 + post(client, product, traffic, size, WARMUP);
                intercom.awaitEvents(sent, PATIENCE);
                others = intercom.others();
                meter.lap();
                long start = System.nanoTime();
                sent += post(client, product, traffic, size, EVENTS);
                intercom.awaitEvents(sent, PATIENCE);
                seconds = (System.nanoTime() - start) / 1e9;
                expense = meter.lap();
                others = intercom.others() - others;
            }
            client.callsPerSecond(intercom.eventsUrl(), Traffic.INTERCOM_EVENT, BARE_WARMUP);
            double bare = client.callsPerSecond(intercom.eventsUrl(), Traffic.INTERCOM_EVENT, BARE);
            double bareOfOne = new Client(1).callsPerSecond(intercom.eventsUrl(), Traffic.INTERCOM_EVENT, BARE);
            return new CostTable.Result(expense, EVENTS, seconds, others, bare, bareOfOne);
        }
    }

    private static int post(Client client, ProductProcess product, Traffic traffic, int size, int events)
            throws InterruptedException {
        client.post(product.events(), events / size, i -> traffic.batch(size));
        return events / size * size;
    }
}
