package io.github.mparticleintercom.bundle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real browser without a window. */
final class Chromium {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private Chromium() {
    }

    /** Opens a page of this HTML and returns what has become of it once it is quiet. Skips the test where there is no browser. */
    static String open(String html) throws IOException, InterruptedException {
        Optional<Path> browser = Arrays.stream(System.getenv("PATH").split(":")).flatMap(folder -> NAMES.stream()
                .map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst();
        assumeTrue(browser.isPresent(), "Skipped: no Chromium on the path; Debian's package chromium has it");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        Path profile = Files.createTempDirectory("mparticle-intercom-test-browser");
        try (Folder gone = new Folder(profile)) {
            return run(browser.orElseThrow(), gone.path(), "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        } finally {
            server.stop(0);
        }
    }

    private static String run(Path browser, Path profile, String url) throws IOException, InterruptedException {
        Path page = profile.resolve("page.html");
        Process process = new ProcessBuilder(browser.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--user-data-dir=" + profile,
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--virtual-time-budget=5000", "--dump-dom", url)
                .redirectOutput(page.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("The browser did not end");
        }
        return Files.readString(page);
    }

    /** Deleted once it is closed. */
    private record Folder(Path path) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            try (var files = Files.walk(path)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }
}
