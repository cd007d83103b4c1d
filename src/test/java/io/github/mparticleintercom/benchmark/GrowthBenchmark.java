package io.github.mparticleintercom.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether an event costs more because there are many: in one file, in a file that is larger than the heap, behind many that wait.
 * Run it on a built distribution with {@code mvn -B test -Dtest=GrowthBenchmark}, or one of its methods; {@code cost.dist} and
 * {@code cost.baseline} are those of {@link CostBenchmark}.
 */
class GrowthBenchmark {

    private static final int EVENTS_PER_BATCH = 20;
    private static final int WARMUP = Integer.getInteger("growth.warmup", 40_000);
    private static final long LARGE_FILE = Long.getLong("growth.file-bytes", 200_000_000L);
    private static final int LARGE_TEXT = Integer.getInteger("growth.text-chars", 8000);
    private static final int PART = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Sizes up and down again, so that what is still being compiled does not look like the effect of a size. */
    @Test
    void eventsOfOneFile() throws Exception {
        for (Distribution distribution : Distribution.all()) {
            System.out.printf("%nFiles, %s%n", distribution.name());
            try (WorkFolder folder = WorkFolder.create("growth"); SandboxProcess intercom = SandboxProcess.start();
                    Run run = new Run(distribution, folder.path(), intercom, Map.of())) {
                run.file(WARMUP);
                for (List<Integer> files : List.of(List.of(1000, 1000, 1000), List.of(10_000), List.of(100_000), List.of(10_000),
                        List.of(1000, 1000, 1000))) {
                    run.begin();
                    for (int events : files) {
                        run.file(events);
                    }
                    System.out.printf("%d file(s) of %,d events: %s%n", files.size(), files.get(0),
                            run.end(files.stream().mapToInt(Integer::intValue).sum()));
                }
            }
        }
    }

    /** Every line with a text of which only the beginning goes to Intercom. */
    @Test
    void fileLargerThanTheHeap() throws Exception {
        for (Distribution distribution : Distribution.all()) {
            try (WorkFolder folder = WorkFolder.create("growth"); SandboxProcess intercom = SandboxProcess.start();
                    Run run = new Run(distribution, folder.path(), intercom, Map.of("JAVA_OPTS", "-Xmx192m"))) {
                String text = "lorem ip".repeat(LARGE_TEXT / 8);
                int lines = (int) (LARGE_FILE / run.traffic.batch(1, text).length());
                run.begin();
                run.file(() -> run.traffic.batch(1, text), lines, lines);
                System.out.printf("%n%,d MB in %,d lines at -Xmx192m, %s: %s%n", LARGE_FILE / 1_000_000, lines,
                        distribution.name(), run.end(lines));
                assertThat(run.product.log()).doesNotContain("OutOfMemoryError");
                assertThat(run.product.isAlive()).isTrue();
            }
        }
    }

    static Stream<Integer> waiting() {
        return Stream.of(System.getProperty("growth.waiting", "60000,300000").split(",")).map(Integer::valueOf);
    }

    /**
     * So many events wait while Intercom may hardly be called. Then everything is started anew, and what is delivered after the
     * first 20,000 is measured. The few are the measure for the many.
     */
    @ParameterizedTest
    @MethodSource("waiting")
    void eventsThatWait(int waiting) throws Exception {
        for (Distribution distribution : Distribution.all()) {
            try (WorkFolder folder = WorkFolder.create("growth"); SandboxProcess intercom = SandboxProcess.start()) {
                System.out.printf("%n%,d events waiting, %s%n", waiting, distribution.name());
                long stop;
                try (Run run = new Run(distribution, folder.path(), intercom, Map.of(distribution.limit(), "1"))) {
                    run.post(waiting - PART);
                    run.begin();
                    run.post(PART);
                    System.out.printf("intake of the last %,d: %s%n", PART, run.end(PART));
                    stop = System.nanoTime();
                }
                double stopped = (System.nanoTime() - stop) / 1e9;
                try (Run run = new Run(distribution, folder.path(), intercom, Map.of())) {
                    System.out.printf("stopped in %.1f s, from the command to the first 202 %.1f s%n", stopped,
                            run.product.start().toMillis() / 1e3);
                    long delivered = intercom.events();
                    intercom.awaitEvents(delivered + PART, PATIENCE);
                    run.begin();
                    intercom.awaitEvents(delivered + 2 * PART, PATIENCE);
                    System.out.printf("delivery of %,d with up to %,d behind them: %s%n", PART,
                            waiting - delivered - 2 * PART, run.end(PART));
                    run.product.kill();
                }
            }
        }
    }

    /** A process at work, and what it is measured with. */
    private static final class Run implements AutoCloseable {

        final Traffic traffic;
        final ProductProcess product;
        private final Client client = new Client(8);
        private final Path folder;
        private final SandboxProcess intercom;
        private final Expense.Meter meter;
        private long start;

        Run(Distribution distribution, Path folder, SandboxProcess intercom, Map<String, String> further)
                throws IOException, InterruptedException {
            this.folder = folder;
            this.intercom = intercom;
            traffic = new Traffic();
            Map<String, String> environment = ProductProcess.environment(distribution, folder, intercom);
            environment.putAll(further);
            product = ProductProcess.start(distribution, folder, environment, traffic.batch(1));
            meter = new Expense.Meter(product.pid());
        }

        void begin() throws IOException {
            meter.lap();
            start = System.nanoTime();
        }

        String end(int events) throws IOException {
            double seconds = (System.nanoTime() - start) / 1e9;
            Expense expense = meter.lap();
            long compiler = expense.processorNanos().getOrDefault(ThreadKind.COMPILER, 0L);
            return "%.1f s, %,.0f a second, %,.0f µs of processor time an event (%,.0f without the compiler), %.0f kB of garbage"
                    .formatted(seconds, events / seconds, expense.totalProcessorNanos() / 1e3 / events,
                            (expense.totalProcessorNanos() - compiler) / 1e3 / events,
                            expense.totalAllocatedBytes() / 1e3 / events);
        }

        void post(int events) throws InterruptedException {
            client.post(product.events(), events / EVENTS_PER_BATCH, i -> traffic.batch(EVENTS_PER_BATCH));
        }

        /** Drops a file of so many events, and waits until Intercom has them. */
        void file(int events) throws IOException {
            file(() -> traffic.batch(EVENTS_PER_BATCH), events / EVENTS_PER_BATCH, events);
        }

        void file(Supplier<String> batches, int lines, int events) throws IOException {
            long before = intercom.events();
            Path file = Files.createTempFile(folder, "batches", ".jsonl");
            try (BufferedWriter writer = Files.newBufferedWriter(file)) {
                for (int i = 0; i < lines; i++) {
                    writer.write(batches.get());
                    writer.write('\n');
                }
            }
            Files.move(file, folder.resolve(ProductProcess.INBOX).resolve(file.getFileName()));
            intercom.awaitEvents(before + events, PATIENCE);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            try {
                meter.close();
            } catch (IOException processEnded) {
                // nothing is left to measure
            }
            product.close();
        }
    }
}
