package io.github.mparticleintercom.faults;

import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.bundle.ExternalBroker;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Artemis broker in a process of its own, which can be killed and started again on what it held. */
final class ArtemisProcess implements AutoCloseable {

    /** What the documents say to set, as they say it. */
    static final String AS_DOCUMENTED = documented();
    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final Path configuration;
    private final int port;
    private Process process;

    private ArtemisProcess(Path folder, int port) {
        this.folder = folder;
        this.configuration = folder.resolve("broker.xml");
        this.port = port;
    }

    /**
     * Starts a broker.
     *
     * @param settings what stands in its {@code broker.xml} beside folders and acceptor
     */
    static ArtemisProcess start(Path folder, String settings) throws IOException {
        ArtemisProcess broker = new ArtemisProcess(folder, ExternalBroker.freePort());
        broker.configure(folder, "", settings);
        broker.start();
        return broker;
    }

    /** A broker and the one that takes over when it is gone, on one journal; neither is started. */
    static ArtemisProcess[] pair(Path folder, String settings) throws IOException {
        ArtemisProcess live = new ArtemisProcess(folder.resolve("live"), ExternalBroker.freePort());
        ArtemisProcess backup = new ArtemisProcess(folder.resolve("backup"), ExternalBroker.freePort());
        live.configure(folder, policy("<primary><failover-on-shutdown>true</failover-on-shutdown></primary>", live, backup), settings);
        backup.configure(folder, policy("<backup><allow-failback>true</allow-failback></backup>", backup, live), settings);
        return new ArtemisProcess[] {live, backup};
    }

    private static String policy(String role, ArtemisProcess own, ArtemisProcess other) {
        return """
                <ha-policy><shared-store>%s</shared-store></ha-policy>
                <connectors><connector name="own">%s</connector><connector name="other">%s</connector></connectors>
                <cluster-user>c</cluster-user><cluster-password>c</cluster-password>
                <cluster-connections><cluster-connection name="pair"><connector-ref>own</connector-ref>
                <static-connectors><connector-ref>other</connector-ref></static-connectors></cluster-connection></cluster-connections>
                """.formatted(role, own.url(), other.url());
    }

    private void configure(Path data, String policy, String settings) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(configuration, """
                <configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
                <name>broker</name><security-enabled>false</security-enabled><journal-type>NIO</journal-type>
                <journal-directory>%1$s/journal</journal-directory><bindings-directory>%1$s/bindings</bindings-directory>
                <paging-directory>%1$s/paging</paging-directory><large-messages-directory>%1$s/large</large-messages-directory>
                <acceptors><acceptor name="clients">%2$s?protocols=CORE</acceptor></acceptors>
                %3$s
                %4$s
                </core></configuration>""".formatted(data.toAbsolutePath(), url(), policy, settings));
    }

    private static String documented() {
        try {
            Matcher block = Pattern.compile("(?s)```xml\\n(.*?)```").matcher(Files.readString(Path.of("src/main/dist/docs/brokers.md")));
            return block.find() ? block.group(1) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Starts it, or starts it again, and waits until it listens, or waits as the backup that it is. */
    void start() throws IOException {
        Path log = folder.resolve("log.txt");
        Files.deleteIfExists(log);
        // surefire keeps the true class path to itself
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, ArtemisMain.class.getName(), configuration.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await().atMost(START).until(() -> !process.isAlive() || Files.readString(log).contains("started"));
        if (!process.isAlive()) {
            throw new AssertionError(Files.readString(log));
        }
    }

    /** Whether clients can connect; a backup lets them in only once it has taken over. */
    boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
