package io.github.mparticleintercom.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How long it takes from the command to the first batch that is accepted, beside a Camel Main with one route, the same libraries
 * and the same servers; and how long the commands take. Run it on a built distribution with {@code mvn -B test -Dtest=StartBenchmark};
 * {@code cost.dist} and {@code cost.baseline} are those of {@link CostBenchmark}.
 */
class StartBenchmark {

    private static final int RUNS = Integer.getInteger("start.runs", 5);
    private static final String ONE_ROUTE = """
            - route:
                id: one
                from:
                  uri: platform-http:/v2/events
                  steps:
                    - setHeader:
                        name: CamelHttpResponseCode
                        expression:
                          constant:
                            expression: 202
            """;

    @Test
    void start() throws Exception {
        for (Distribution distribution : Distribution.all()) {
            System.out.printf("%nStart, %s: the median of %d runs%n", distribution.name(), RUNS);
            try (WorkFolder folder = WorkFolder.create("start"); SandboxProcess intercom = SandboxProcess.start()) {
                Map<String, String> environment = ProductProcess.environment(distribution, folder.path(), intercom);
                first(distribution, folder.path(), environment);
                List<ProductProcess> products = new ArrayList<>();
                List<ProductProcess> plain = new ArrayList<>();
                for (int run = 0; run < RUNS; run++) {
                    try (ProductProcess product =
                            ProductProcess.start(distribution, folder.path(), environment, new Traffic().batch(1))) {
                        products.add(product);
                    }
                    try (ProductProcess oneRoute = oneRoute(distribution, folder.path())) {
                        plain.add(oneRoute);
                    }
                }
                double product = report("the distribution", products);
                System.out.printf("%.2f times that of a route%n", product / report("one route", plain));
                commands(distribution, folder.path(), environment, "while it does not run");
                ProductProcess running = ProductProcess.start(distribution, folder.path(), environment, new Traffic().batch(1));
                try (running) {
                    commands(distribution, folder.path(), environment, "while it runs");
                }
            }
        }
    }

    /** Not measured: makes the folders, and leaves something to list. */
    private static void first(Distribution distribution, Path folder, Map<String, String> environment) throws Exception {
        try (ProductProcess product = ProductProcess.start(distribution, folder, environment, new Traffic().batch(1))) {
            Client.post(product.events(), "{ no JSON");
        }
    }

    private static ProductProcess oneRoute(Distribution distribution, Path parent) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(parent.resolve("one-route"));
        int port = ProductProcess.freePort();
        Files.writeString(folder.resolve("one.camel.yaml"), ONE_ROUTE);
        Files.writeString(folder.resolve("application.properties"), """
                camel.main.routes-include-pattern = file:one.camel.yaml
                camel.server.enabled = true
                camel.server.port = %d
                camel.management.enabled = true
                camel.management.port = %d
                camel.management.health-check-enabled = true
                camel.management.metrics-enabled = true
                camel.metrics.enabled = true
                """.formatted(port, ProductProcess.freePort()));
        String classPath = folder + File.pathSeparator + distribution.folder() + File.pathSeparator
                + distribution.folder().resolve("lib") + File.separator + "*";
        return ProductProcess.started(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlog4j2.configurationFile=" + distribution.folder().resolve("log4j2.properties"), "-cp", classPath,
                "org.apache.camel.main.Main"), folder, port, new Traffic().batch(1));
    }

    /** Prints the medians and returns that of the time, in seconds. */
    private static double report(String what, List<ProductProcess> started) {
        double seconds = median(started.stream().mapToDouble(process -> process.start().toMillis() / 1e3).toArray());
        double processor = median(started.stream().mapToDouble(process -> process.startCost().toMillis() / 1e3).toArray());
        System.out.printf("%-40s %.2f s to the first 202, %.2f s of processor time (%s)%n", what, seconds, processor,
                started.stream().map(process -> "%.2f".formatted(process.start().toMillis() / 1e3)).toList());
        return seconds;
    }

    private static void commands(Distribution distribution, Path folder, Map<String, String> environment, String when)
            throws IOException, InterruptedException {
        Path batch = Files.writeString(folder.resolve("batch.json"), new Traffic().batch(20));
        for (List<String> words : List.of(List.of("check"), List.of("preview", batch.toString()), List.of("audit", "1"),
                List.of("dead"))) {
            double[] seconds = new double[RUNS];
            int code = 0;
            for (int run = 0; run < RUNS; run++) {
                List<String> command = new ArrayList<>(List.of(distribution.script().toString()));
                command.addAll(words);
                ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("commands.log").toFile()));
                builder.environment().putAll(environment);
                long begin = System.nanoTime();
                code = builder.start().waitFor();
                seconds[run] = (System.nanoTime() - begin) / 1e9;
            }
            System.out.printf("%-40s %.2f s, ends with %d%n", words.get(0) + " " + when, median(seconds), code);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
