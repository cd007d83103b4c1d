package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An intake that is open on loopback takes nothing from a web page that calls this machine by a name of its own. */
class IntakeHostTest {

    @Test
    void takesOnlyWhatCallsItByItsName() throws Exception {
        try (Bundle bundle = Bundle.builder().set("dry-run", "true").set("http.enabled", "true").start()) {
            assertThat(post(bundle, "evil.example", "")).startsWith("HTTP/1.1 403").contains("wrong-host");
            assertThat(post(bundle, "127.0.0.1.evil.example:80", "")).startsWith("HTTP/1.1 403");
            assertThat(post(bundle, "localhost", "")).startsWith("HTTP/1.1 202");
            assertThat(post(bundle, "127.0.0.1:" + URI.create(bundle.url()).getPort(), "")).startsWith("HTTP/1.1 202");
        }
        try (Bundle bundle = Bundle.builder().set("dry-run", "true").set("http.enabled", "true")
                .set("http.authorization", "Bearer secret").start()) {
            assertThat(post(bundle, "batches.example", "Authorization: Bearer secret\r\n")).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void looksAtTheNameAlone() throws Exception {
        try (Bundle bundle = Bundle.builder().set("dry-run", "true").set("http.enabled", "true").start()) {
            assertThat(post(bundle, "/v2/events?a=%zz", "localhost", "")).doesNotContain("wrong-host").doesNotStartWith("HTTP/1.1 5");
        }
    }

    @Test
    void refusesAHeadThatNamesNoPlace() throws Exception {
        try (Bundle bundle = Bundle.builder().set("dry-run", "true").set("http.enabled", "true").start()) {
            for (String head : List.of("POST /%zz HTTP/1.1\r\nHost: localhost", "POST /v2/events/%zz HTTP/1.1\r\nHost: localhost",
                    "GET /% HTTP/1.1\r\nHost: localhost", "POST /opendsr/v3/requests/%e HTTP/1.1\r\nHost: localhost",
                    "POST /v2/events HTTP/1.0", "POST /v2/events HTTP/1.1")) {
                String answer = exchange(bundle, head);

                assertThat(answer).as(head).matches("(?s)HTTP/1\\.[01] 400 .*").contains("\r\n\r\n{").doesNotContain("Retry-After");
            }
        }
    }

    private static String post(Bundle bundle, String host, String header) throws IOException {
        return post(bundle, "/v2/events", host, header);
    }

    private static String post(Bundle bundle, String path, String host, String header) throws IOException {
        return exchange(bundle, "POST " + path + " HTTP/1.1\r\nHost: " + host + (header.isEmpty() ? "" : "\r\n" + header.strip()));
    }

    private static String exchange(Bundle bundle, String head) throws IOException {
        byte[] body = Batches.event("c1", "Opened").toString().getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", URI.create(bundle.url()).getPort())) {
            socket.getOutputStream().write((head + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
