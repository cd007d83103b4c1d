package io.github.mparticleintercom.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A distribution that runs, started by its script, with everything it writes in one folder. */
final class ProductProcess implements AutoCloseable {

    /** Under the folder of the process: where it takes files from. */
    static final String INBOX = "inbox";
    private static final String HTTP_PORT = "MPARTICLE_INTERCOM_HTTP_PORT";
    /** Far above what two processors can do; a permit costs memory, so not further. */
    private static final int OUT_OF_THE_WAY = 100_000;
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final URI events;
    private final Duration start;
    private final Duration startCost;

    private ProductProcess(Process process, Path log, URI events, Duration start, Duration startCost) {
        this.process = process;
        this.log = log;
        this.events = events;
        this.start = start;
        this.startCost = startCost;
    }

    /**
     * Starts it and posts a batch until it is accepted.
     *
     * @param folder      where it is started from
     * @param environment settings, with those of {@link #environment}
     * @param first       the batch
     */
    static ProductProcess start(Distribution distribution, Path folder, Map<String, String> environment, String first)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(distribution.script().toString());
        builder.environment().putAll(environment);
        return started(builder, folder, Integer.parseInt(environment.get(HTTP_PORT)), first);
    }

    /** Starts anything that accepts posts at this port, and posts a batch until it does. */
    static ProductProcess started(ProcessBuilder builder, Path folder, int port, String first)
            throws IOException, InterruptedException {
        Path log = folder.resolve("process.log");
        URI events = URI.create("http://127.0.0.1:" + port + "/v2/events");
        long begin = System.nanoTime();
        Process process = builder.directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        // not left behind by a test that is interrupted
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        while (!accepts(events, first)) {
            if (!process.isAlive() || System.nanoTime() - begin > START.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException("It did not start:\n" + Files.readString(log));
            }
            Thread.sleep(10);
        }
        Duration start = Duration.ofNanos(System.nanoTime() - begin);
        return new ProductProcess(process, log, events, start, processorTime(process));
    }

    /** What makes it keep everything in this folder, listen at free ports, and deliver to the sandbox as fast as it can. */
    static Map<String, String> environment(Distribution distribution, Path folder, SandboxProcess intercom)
            throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MPARTICLE_INTERCOM_BROKER_DATA", folder.resolve("data").toString(),
                "MPARTICLE_INTERCOM_FILES_INBOX", folder.resolve(INBOX).toString(),
                "MPARTICLE_INTERCOM_AUDIT_FILE", folder.resolve("audit.jsonl").toString(),
                "MPARTICLE_INTERCOM_INTERCOM_BASE_URL", intercom.url(),
                "MPARTICLE_INTERCOM_INTERCOM_ACCESS_TOKEN", SandboxMain.TOKEN,
                HTTP_PORT, String.valueOf(freePort()),
                "CAMEL_MANAGEMENT_PORT", String.valueOf(freePort())));
        environment.put(distribution.limit(), String.valueOf(OUT_OF_THE_WAY));
        return environment;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A socket first, which takes less of the processors from what starts than a client that fails. */
    private static boolean accepts(URI address, String batch) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected() && Client.post(address, batch).statusCode() == 202;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where it takes batches. */
    URI events() {
        return events;
    }

    /** From the command to the first batch that was accepted. */
    Duration start() {
        return start;
    }

    /** The processor time that this took, of all its threads. */
    Duration startCost() {
        return startCost;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Everything that it printed. */
    String log() throws IOException {
        return Files.readString(log);
    }

    private static Duration processorTime(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it in order. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
    }
}
