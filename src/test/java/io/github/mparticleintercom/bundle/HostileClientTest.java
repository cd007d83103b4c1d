package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does that means no good, byte by byte. */
class HostileClientTest {

    private static final String SECRET = "Bearer let-me-in";
    /** Whose answers hold nothing that is not public. */
    private static final List<String> PUBLIC = List.of("/messenger/web.js");
    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        bundle = Bundle.builder().set("http.enabled", "true").set("http.authorization", SECRET).set("messenger.authorization", SECRET).set("dry-run", "true")
                .set("http.client-timeout-millis", "1500").set("intercom.app-id", "workspace-1").start();
        bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
    }

    static Stream<PlatformHttpEndpoint> endpoints() {
        return bundle.context().getEndpoints().stream().filter(PlatformHttpEndpoint.class::isInstance)
                .map(PlatformHttpEndpoint.class::cast).filter(endpoint -> !PUBLIC.contains(endpoint.getPath()));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void nothingIsShownOrChangedWithoutAuthorization(PlatformHttpEndpoint endpoint) {
        String path = endpoint.getPath().replaceAll("\\{\\w+}", "ios.json") + "?reason=all&Authorization=Bearer%20let-me-in";
        String method = endpoint.getHttpMethodRestrict();

        assertThat(Post.to(bundle, path).as(method).send("{}").reason()).isEqualTo("missing-authorization");
        assertThat(Post.to(bundle, path).as(method).with("Authorization", "Bearer guess").send("{}").reason())
                .isEqualTo("wrong-authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5\r\nContent-Length: 6",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Content-Length: +5", "Content-Length : 5"})
    void aRequestThatCanBeReadInTwoWaysIsRefused(String framing) throws Exception {
        String answer = exchange("POST /v2/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: " + SECRET
                + "\r\n" + framing + "\r\n\r\n0\r\n\r\nGET /dead-letters HTTP/1.1\r\nHost: a\r\nAuthorization: " + SECRET + "\r\n\r\n");

        assertThat(answer).as("cut off without a word, or refused once").matches("(?s)|HTTP/1.1 4\\d\\d .*")
                .doesNotContain(" 202 ", " 200 ", "letters");
    }

    @Test
    void headersOfCamelAreNoneFromOutside() {
        String batch = Batches.event("c1", "Opened").toString();
        Post.Reply reply = Post.to(bundle, "/v2/events").with("Authorization", SECRET).with("CamelHttpPath", "/dead-letters/replay")
                .with("CamelHttpResponseCode", "418").with("CamelFileName", "../../evil").with("CamelJmsDestinationName", "elsewhere")
                .with("operation", "contact").with("mparticleIntercomExpected", "array").with("JMSXGroupID", "elsewhere").send(batch);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().at("/queued/events").asInt()).isEqualTo(1);
        assertThat(bundle.browse("elsewhere")).isEmpty();
        assertThat(bundle.waiting()).allSatisfy(message -> {
            assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("c1");
            assertThat(Collections.list(message.getPropertyNames())).noneMatch(name -> name.toString().startsWith("Camel"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /v2/eve", "POST /v2/events HTTP/1.1\r\nHost: a\r\nContent-Le"})
    void aClientThatSaysNothingMoreIsCutOff(String beginning) throws Exception {
        try (Socket socket = open()) {
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aTrickleIsCutOff() throws Exception {
        try (Socket socket = open()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v2/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: " + SECRET
                    + "\r\nContent-Length: 100000\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> isClosedAfter(out));
        }
    }

    private static boolean isClosedAfter(OutputStream out) {
        try {
            out.write(' ');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Socket open() throws IOException {
        URI address = URI.create(bundle.url());
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }
}
