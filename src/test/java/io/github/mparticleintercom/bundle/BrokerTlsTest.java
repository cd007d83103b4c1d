package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.broker.MessageBroker;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker behind a real certificate, as other instances and other programs see it. */
class BrokerTlsTest {

    private static final String USER = "sender";
    private static final String PASSWORD = "correct horse\\";
    @TempDir
    private static Path folder;
    private static RealCertificate certificate;
    private static Bundle bundle;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        certificate = RealCertificate.make(folder);
        address = "tcp://127.0.0.1:" + ExternalBroker.freePort();
        bundle = Bundle.builder().set("dry-run", "true").set("broker.listen", address)
                .set("broker.user", USER).set("broker.password", PASSWORD).set("broker.tls.enabled", "true")
                .set("broker.tls.key-store", certificate.keyStore().toString())
                .set("broker.tls.key-store-password", RealCertificate.PASSWORD).start();
        bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
    }

    @Test
    void takesAnInstanceThatTrustsIt() throws Exception {
        try (Bundle other = Bundle.builder().set("dry-run", "true").set("broker.url", trusting())
                .set("broker.user", USER).set("broker.password", PASSWORD).start()) {
            other.context().getRouteController().stopRoute("mparticle-intercom-deliver");
            other.send(Batches.signup("over-tls"));

            await().untilAsserted(() -> assertThat(bundle.waiting()).hasSize(2));
            assertThat(other.bean("mparticleIntercomBroker", MessageBroker.class).describe())
                    .isEqualTo("broker " + trusting().replace(RealCertificate.PASSWORD, "***"));
        }
    }

    @Test
    void takesNobodyElse() throws Exception {
        assertThatCode(() -> connect(trusting(), PASSWORD)).doesNotThrowAnyException();

        assertThatThrownBy(() -> connect(trusting(), "wrong")).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connect(address + "?callTimeout=2000", PASSWORD)).as("a plain client").isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connect(address + "?sslEnabled=true", PASSWORD)).as("one that does not trust it")
                .isInstanceOf(JMSException.class);
    }

    @Test
    void saysSo() {
        assertThat(bundle.bean("mparticleIntercomBroker", MessageBroker.class).describe())
                .endsWith(", listening on " + address + " with TLS");
    }

    private static String trusting() {
        return address + "?sslEnabled=true&trustStorePath=" + certificate.trustStore() + "&trustStorePassword="
                + RealCertificate.PASSWORD;
    }

    private static void connect(String url, String password) throws JMSException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url)) {
            factory.createConnection(USER, password).close();
        }
    }
}
