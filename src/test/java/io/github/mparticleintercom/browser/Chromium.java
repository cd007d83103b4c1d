package io.github.mparticleintercom.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real headless Chromium, driven over the DevTools protocol (chromedevtools.github.io/devtools-protocol). */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path profile;
    private final DevTools devTools;

    private Chromium(Process process, Path profile, DevTools devTools) {
        this.process = process;
        this.profile = profile;
        this.devTools = devTools;
    }

    /** Starts it; the test that asks is skipped where there is none. */
    public static Chromium start() throws IOException {
        Optional<Path> program = find();
        Assumptions.assumeTrue(program.isPresent(), "Skipped: no Chromium is installed (Debian: apt-get install chromium)");
        Path profile = Files.createTempDirectory("mparticle-intercom-chromium");
        Process process = new ProcessBuilder(program.get().toString(), "--headless=new", "--remote-debugging-port=0",
                "--user-data-dir=" + profile, "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-extensions",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "about:blank")
                .redirectErrorStream(true).redirectOutput(profile.resolve("chromium.log").toFile()).start();
        try {
            return new Chromium(process, profile, connect(profile.resolve("DevToolsActivePort")));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The browser writes down where it listens. */
    private static DevTools connect(Path written) throws IOException {
        Awaitility.await().atMost(START).until(() -> Files.exists(written) && Files.readAllLines(written).size() == 2);
        List<String> lines = Files.readAllLines(written);
        DevTools devTools = new DevTools();
        HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), devTools).join();
        return devTools;
    }

    /** An empty tab. */
    public Tab tab() {
        ObjectNode where = Json.object().put("url", "about:blank");
        String target = devTools.call(null, "Target.createTarget", where).path("targetId").asText();
        ObjectNode attach = Json.object().put("targetId", target).put("flatten", true);
        return new Tab(devTools, devTools.call(null, "Target.attachToTarget", attach).path("sessionId").asText(), target);
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of)
                .flatMap(folder -> NAMES.stream().map(folder::resolve)).filter(Files::isExecutable).findFirst();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        devTools.call(null, "Browser.close", Json.object());
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
