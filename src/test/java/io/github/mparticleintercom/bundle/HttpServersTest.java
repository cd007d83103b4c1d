package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the servers bound and refuse before a byte of a body is kept. */
class HttpServersTest {

    private static final String SECRET = "Bearer let-me-in";
    private static final int CONNECTIONS = 20;
    private static final int BUDGET = 100_000;
    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        bundle = Bundle.builder().set("http.enabled", "true").set("http.authorization", SECRET).set("dry-run", "true")
                .set("http.client-timeout-millis", "8000").set("http.max-body-bytes", "200000")
                .set("http.bodies-budget-bytes", String.valueOf(BUDGET)).set("http.max-connections", String.valueOf(CONNECTIONS))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
    }

    /** Heads of posts that say more than they send, and what is answered to the head alone. */
    @Test
    void theHeadAloneIsEnoughToRefuse() throws Exception {
        assertThat(answerTo("", "Content-Length: 100000")).startsWith("HTTP/1.1 401 ").contains("missing-authorization");
        assertThat(answerTo("Authorization: Bearer guess", "Content-Length: 100000")).startsWith("HTTP/1.1 403 ");
        assertThat(answerTo("Authorization: Bearer guess", "Transfer-Encoding: chunked")).startsWith("HTTP/1.1 403 ");
        assertThat(answerTo("Authorization: " + SECRET, "Content-Length: 200001")).startsWith("HTTP/1.1 413 ")
                .contains("body-too-large");
        assertThat(answerTo("Authorization: " + SECRET, "Content-Length: 1000\r\nContent-Type: text/plain"))
                .startsWith("HTTP/1.1 415 ");
    }

    @Test
    void nobodyIsToldToGoOnWhoWillBeRefused() throws Exception {
        assertThat(answerTo("Expect: 100-continue", "Content-Length: 1000")).startsWith("HTTP/1.1 401 ")
                .doesNotContain("100 Continue");
    }

    @Test
    void whoMayComeInIsToldToGoOn() throws Exception {
        byte[] batch = Batches.event("c1", "Opened").toString().getBytes(StandardCharsets.UTF_8);
        try (Socket socket = post("/v2/events", "Expect: 100-continue\r\nAuthorization: " + SECRET,
                "Content-Length: " + batch.length)) {
            assertThat(line(socket)).isEqualTo("HTTP/1.1 100 Continue");
            line(socket);
            socket.getOutputStream().write(batch);
            assertThat(line(socket)).isEqualTo("HTTP/1.1 202 Accepted");
        }
    }

    @Test
    void theAnswerArrivesAlthoughTheBodyIsStillBeingSent() throws Exception {
        try (Socket socket = post("/v2/events", "", "Content-Length: 190000")) {
            socket.getOutputStream().write(new byte[190_000]);
            assertThat(line(socket)).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void beyondTheBudgetAPostWaitsForItsTurn() throws Exception {
        try (Socket slow = post("/v2/events", "Authorization: " + SECRET, "Content-Length: " + BUDGET)) {
            slow.getOutputStream().write(' ');
            Post.Reply waited = Post.to(bundle, "/v2/events").with("Authorization", SECRET)
                    .send(Batches.event("c2", "Opened").toString());

            assertThat(waited.status()).isEqualTo(503);
            assertThat(waited.reason()).isEqualTo("server-busy");
            assertThat(waited.header("Retry-After")).isNotEmpty();
        }
        await().untilAsserted(() -> assertThat(Post.to(bundle, "/v2/events").with("Authorization", SECRET)
                .send(Batches.event("c3", "Opened").toString()).status()).isEqualTo(202));
    }

    @Test
    void aPostThatHasToWaitIsTakenOnceThereIsRoom() throws Exception {
        byte[] batch = Batches.event("c4", "Opened").toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = new byte[BUDGET];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(batch, 0, padded, 0, batch.length);
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sockets.add(post("/v2/events", "Authorization: " + SECRET, "Content-Length: " + BUDGET));
        }
        // the last in line first: none of them may have to send before it has its turn
        for (int i = sockets.size() - 1; i >= 0; i--) {
            sockets.get(i).getOutputStream().write(padded);
        }
        for (Socket socket : sockets) {
            assertThat(line(socket)).isEqualTo("HTTP/1.1 202 Accepted");
            socket.close();
        }
    }

    @Test
    void connectionsBeyondTheBoundAreClosed() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            await().until(() -> {
                sockets.add(open());
                return sockets.size() > CONNECTIONS && isClosed(sockets.get(sockets.size() - 1));
            });
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().untilAsserted(() -> assertThat(answerTo("", "Content-Length: 10")).startsWith("HTTP/1.1 401 "));
    }

    /** Camel answers so where a route is stopped under a call, and an engineer's own route where it fails. */
    @ParameterizedTest
    @CsvSource({"500, 503", "501, 501", "502, 502", "400, 400", "202, 202"})
    void asksToComeAgainWhereARouteFails(int answered, int sent) throws Exception {
        bundle.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/answers-" + answered).setHeader(Exchange.HTTP_RESPONSE_CODE, constant(answered)).setBody(constant("x"));
            }
        });
        Post.Reply reply = Post.to(bundle, "/answers-" + answered).with("Authorization", SECRET).send("{}");

        assertThat(reply.status()).isEqualTo(sent);
        assertThat(reply.header("Retry-After") != null).isEqualTo(sent == 503);
    }

    @Test
    void answersOnlyAsTheRoutesDoOrWith503ToTheEnd() throws Exception {
        int port = freePort();
        Bundle second = Bundle.builder().set("http.enabled", "true").set("http.port", String.valueOf(port)).set("dry-run", "true").start();
        List<String> answers = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> call(port, answers));
        caller.start();
        await().until(() -> !answers.isEmpty());
        second.close();
        caller.join();

        assertThat(answers).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer).matches("(?s)HTTP/1.1 (202|503) .*");
            assertThat(Json.MAPPER.readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1)).isObject()).isTrue();
        });
    }

    private static void call(int port, List<String> answers) {
        byte[] batch = Batches.event("c5", "Opened").toString().getBytes(StandardCharsets.UTF_8);
        while (true) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write(("POST /v2/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + batch.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(batch);
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!answer.isEmpty()) {
                    answers.add(answer);
                }
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(200);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String answerTo(String... headers) throws IOException {
        try (Socket socket = post("/v2/events", headers)) {
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("}]}") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                answer.append((char) next);
            }
            return answer.toString();
        }
    }

    private static Socket post(String path, String... headers) throws IOException {
        Socket socket = open();
        OutputStream out = socket.getOutputStream();
        StringBuilder head = new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\nHost: a\r\n");
        if (!String.join("", headers).contains("Content-Type")) {
            head.append("Content-Type: application/json\r\n");
        }
        for (String header : headers) {
            head.append(header).append(header.isEmpty() ? "" : "\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next >= 0 && next != '\n'; next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static Socket open() throws IOException {
        URI address = URI.create(bundle.url());
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }
}
