package io.github.mparticleintercom.dist;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The distribution in a process of its own, started as a user starts it: by its script, from another folder. */
public final class BundleProcess implements AutoCloseable {

    /** Built by {@code mvn package}. */
    static final Path SCRIPT = Path.of("target/dist/bin/mparticle-intercom").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("HTTP: (https?://\\S+:\\d+)/v2/events");
    private static final Pattern MANAGEMENT = Pattern.compile("Management: http://\\S+:(\\d+)/");
    private static final Pattern HEAP = Pattern.compile("heap.* used (\\d+)K");
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;

    private BundleProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it on this folder; returns when it is ready or has ended. */
    public static BundleProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(SCRIPT, folder, environment, arguments);
    }

    /** The same with a script of another place. */
    static BundleProcess start(Path script, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return launch(script, folder, environment, arguments).started();
    }

    /** Starts it on this folder, and does not wait. */
    public static BundleProcess launch(Path folder, Map<String, String> environment) throws IOException {
        return launch(SCRIPT, folder, environment);
    }

    /** Waits until it is ready or has ended. */
    public BundleProcess started() {
        Awaitility.await().atMost(START).until(() -> !process.isAlive() || log().contains("Rate: "));
        return this;
    }

    private static BundleProcess launch(Path script, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        Files.createDirectories(folder);
        Path log = Files.createTempFile(folder, "process", ".log");
        String[] command = new String[arguments.length + 1];
        command[0] = script.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment(folder));
        builder.environment().putAll(environment);
        return new BundleProcess(builder.start(), log);
    }

    /** What makes it work on this folder and free ports. */
    static Map<String, String> environment(Path folder) {
        return Map.of(
                "MPARTICLE_INTERCOM_BROKER_DATA", folder.resolve("data").toString(),
                "MPARTICLE_INTERCOM_FILES_INBOX", folder.resolve("inbox").toString(),
                "MPARTICLE_INTERCOM_HTTP_PORT", "0",
                "MPARTICLE_INTERCOM_AUDIT_FILE", folder.resolve("audit.jsonl").toString(),
                "CAMEL_MANAGEMENT_ENABLED", "false",
                "JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
    }

    /** What makes it deliver to this sandbox, with further settings as names and values. */
    public static Map<String, String> to(IntercomSandbox intercom, String... further) {
        Map<String, String> settings = new HashMap<>();
        settings.put("MPARTICLE_INTERCOM_INTERCOM_BASE_URL", intercom.baseUrl());
        settings.put("MPARTICLE_INTERCOM_INTERCOM_ACCESS_TOKEN", SandboxConfig.DEFAULT_TOKEN);
        for (int i = 0; i < further.length; i += 2) {
            settings.put(further[i], further[i + 1]);
        }
        return settings;
    }

    /** Everything that it printed. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Where its HTTP intake is. */
    public String url() throws IOException {
        Matcher matcher = ADDRESS.matcher(log());
        if (!matcher.find()) {
            throw new AssertionError("It did not start:\n" + log());
        }
        return matcher.group(1);
    }

    /** The port of its management API. */
    public String managementPort() throws IOException {
        Matcher matcher = MANAGEMENT.matcher(log());
        if (!matcher.find()) {
            throw new AssertionError("It did not start:\n" + log());
        }
        return matcher.group(1);
    }

    /** Posts a batch to its HTTP intake, with further headers as names and values, and returns the answer. */
    public HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(url() + "/v2/events"))
                .header("Content-Type", "application/json").timeout(ANSWER).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            post.headers(headers);
        }
        return HTTP.send(post.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What its heap holds after a collection, in bytes. */
    long heapAfterCollection() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher used = HEAP.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new AssertionError("jcmd reports no heap");
        }
        return Long.parseLong(used.group(1)) * 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process asked = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()), command).redirectErrorStream(true).start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        return answer;
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /** Asks it to end, as {@code kill} does. */
    public void terminate() {
        process.destroy();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end and returns the exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("It did not end");
        }
        return process.exitValue();
    }

    /** Ends it in order. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
