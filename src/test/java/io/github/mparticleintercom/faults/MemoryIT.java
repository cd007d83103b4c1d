package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.dist.BundleProcess;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** More bodies at once than there is memory for cost nobody anything but a moment. */
@ExtendWith(Faults.class)
class MemoryIT {

    private static final String SECRET = "Bearer let-me-in";
    private static final int STRANGERS = 80;
    private static final int POSTS = 30;
    private static final byte[] BODY = " ".repeat(4_800_000).getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path folder;

    @Test
    void isNotUsedUpByBodies() throws Exception {
        try (Site site = new Site(folder, SandboxConfig.builder().noRateLimit().build(), "HTTP_AUTHORIZATION", SECRET)) {
            site.set("JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1");
            BundleProcess bundle = site.start("one");
            URI address = URI.create(bundle.url());
            List<Socket> strangers = new ArrayList<>();
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(stranger(address));
            }
            assertThat(bundle.post(Load.batch("u0-0"), "Authorization", SECRET).statusCode()).isEqualTo(202);

            Set<String> accepted = ConcurrentHashMap.newKeySet();
            accepted.add("u0-0");
            ExecutorService senders = Executors.newFixedThreadPool(POSTS);
            List<Future<?>> answers = new ArrayList<>();
            for (int post = 0; post < POSTS; post++) {
                String name = "u" + (post + 1) + "-0";
                answers.add(senders.submit(() -> {
                    send(bundle, name);
                    return accepted.add(name);
                }));
            }
            senders.shutdown();
            for (Future<?> answer : answers) {
                answer.get();
            }
            for (Socket stranger : strangers) {
                stranger.close();
            }
            assertThat(bundle.isAlive()).isTrue();
            assertThat(bundle.log()).doesNotContain("OutOfMemory");
            site.settle("-Xmx256m, " + STRANGERS + " strangers and " + POSTS + " posts of 4.8 MB at once", accepted);
        }
    }

    /** Sends most of what it says, without a right to. */
    private static Socket stranger(URI address) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        try {
            socket.getOutputStream().write(("POST /v2/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 4900000\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(BODY);
        } catch (IOException e) {
            // refused meanwhile
        }
        return socket;
    }

    /** Until it is accepted; in between it may only be asked to come again. */
    private static void send(BundleProcess bundle, String name) throws Exception {
        String batch = Load.batch(name).replaceFirst("\\{", "{\"user_attributes\": {\"about\": \"" + "x".repeat(4_800_000) + "\"}, ");
        for (HttpResponse<String> answer = bundle.post(batch, "Authorization", SECRET); answer.statusCode() != 202;
                answer = bundle.post(batch, "Authorization", SECRET)) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }
}
