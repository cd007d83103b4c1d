package com.example.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.StoredEvent;
import jakarta.jms.ConnectionFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.RestConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.transaction.TransactionManager;

/** The host forwards a batch, and everything of its own is as it would be without the bundle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HostChecks {

    private static final String BATCH = """
            {"batch_id": "%1$s", "user_identities": {"customer_id": "%1$s"}, "user_attributes": {"plan": "pro"},
             "events": [{"event_type": "custom_event", "data": {"event_id": "%1$s-1", "event_name": "Signed up",
             "timestamp_unixtime_ms": 1700000000123}}]}
            """;

    private static final long A_FEW_SECONDS = 3_000;

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    private IntercomSandbox intercom;
    private CamelContext camel;

    /** Starts the host as its own {@code main} does. */
    protected abstract CamelContext start() throws Exception;

    /** Stops the host in order. */
    protected abstract void stop() throws Exception;

    @BeforeAll
    void startHost() throws Exception {
        intercom = IntercomSandbox.start();
        System.setProperty("mparticle-intercom.intercom.base-url", intercom.baseUrl());
        System.setProperty("mparticle-intercom.intercom.access-token", SandboxConfig.DEFAULT_TOKEN);
        System.setProperty("mparticle-intercom.broker.data", Files.createTempDirectory(Path.of("target"), "data").toString());
        System.setProperty("mparticle-intercom.deliver.concurrency", "2");
        camel = start();
    }

    @AfterAll
    void stopHost() throws Exception {
        stop();
        intercom.close();
    }

    @Test
    void forwardsABatchAndGetsTheReceipt() throws IOException {
        JsonNode receipt = new ObjectMapper().readTree(ask("customer-changed", BATCH.formatted("forwarded")));

        assertThat(receipt.at("/queued/contacts").asInt()).isEqualTo(1);
        assertThat(receipt.at("/queued/events").asInt()).isEqualTo(1);
        awaitEventOf("forwarded");
        assertThat(intercom.contactByExternalId("forwarded")).isPresent();
    }

    @Test
    void ruleOfTheHouseIsForTheHousesFailures() {
        int before = bean("ledger", Ledger.class).failures();

        assertThat(ask("break-down", "")).isEqualTo("the house took care of it");
        assertThat(bean("ledger", Ledger.class).failures()).isEqualTo(before + 1);
    }

    @Test
    void ruleOfTheHouseIsNotForTheBundle() throws Exception {
        Ledger ledger = bean("ledger", Ledger.class);
        int failures = ledger.failures();
        int steps = ledger.steps();
        int completions = ledger.completions();
        ActiveFault refusal = intercom.fault(Fault.status(422).always());

        camel.createProducerTemplate().requestBody("direct:mparticle-intercom", BATCH.formatted("refused"));

        await().untilAsserted(() -> assertThat(intercom.answered(422)).isGreaterThanOrEqualTo(2));
        refusal.remove();
        camel.createProducerTemplate().requestBody("direct:mparticle-intercom", BATCH.formatted("after-refused"));
        awaitEventOf("after-refused");
        assertThat(ledger.failures()).isEqualTo(failures);
        assertThat(ledger.steps()).isEqualTo(steps);
        assertThat(ledger.completions()).isEqualTo(completions);
    }

    @Test
    void componentsOfTheHouseKeepTheirSettings() {
        assertThat(camel.getComponent("http", HttpComponent.class).getConnectionsPerRoute()).isEqualTo(7);
        JmsComponent jms = camel.getComponent("jms", JmsComponent.class);
        assertThat(jms.getConfiguration().getConnectionFactory()).isSameAs(bean("houseBroker", HouseBroker.class));
        assertThat(jms.getConfiguration().isTransacted()).isFalse();
        assertThat(camel.getEndpoints()).filteredOn(endpoint -> endpoint.getEndpointUri().matches("(http|jms):.*"))
                .extracting("endpointUri").containsExactlyInAnyOrder("http://127.0.0.1:1", "jms://queue:letters");
        assertThat(bean("houseBroker", HouseBroker.class).asked()).isZero();
    }

    @Test
    void nothingOfTheBundleIsFoundByItsType() {
        assertThat(camel.getRegistry().findByType(ConnectionFactory.class)).containsExactly(bean("houseBroker", HouseBroker.class));
        assertThat(camel.getRegistry().findByType(TransactionManager.class)).isEmpty();
        assertThat(ask("in-transaction", "")).isEqualTo("worked");
        assertThat(bean("housePolicy", HousePolicy.class).routes()).containsExactly("in-transaction");
    }

    @Test
    void opensNoDoorThatNobodyAskedFor() {
        assertThat(camel.getRoutes()).extracting(route -> route.getEndpoint().getEndpointUri().split("[:?]")[0])
                .containsOnly("direct", "timer", "mparticleIntercomJms");
        assertThat(camel.getComponentNames()).doesNotContain("platform-http", "rest");
        assertThat(camel.getRestConfiguration()).usingRecursiveComparison().comparingOnlyFields("component", "apiComponent", "host",
                "port", "contextPath", "bindingMode").isEqualTo(new RestConfiguration());
        assertThat(Path.of("inbox")).doesNotExist();
    }

    @Test
    void shadowsNoFileOfTheHost() throws IOException {
        for (String name : Set.of("application.properties", "application.yml", "log4j2.properties", "log4j2.xml", "logback.xml",
                "logback-test.xml", "simplelogger.properties", "META-INF/services/org.slf4j.spi.SLF4JServiceProvider")) {
            assertThat(Collections.list(getClass().getClassLoader().getResources(name))).extracting("path").asString()
                    .doesNotContain("mparticle-intercom-routes");
        }
        assertThat(camel.resolvePropertyPlaceholders("{{house.name}}")).isEqualTo("our house");
    }

    @Test
    void bringsAlongOnlyWhatTheRoutesNeed() {
        assertThat(List.of(System.getProperty("java.class.path").split(File.pathSeparator)))
                .noneMatch(jar -> jar.matches(".*/(log4j-(core|slf4j2|layout)|camel-platform-http|camel-management-[0-9]|vertx-web|camel-kamelet).*"));
    }

    @Test
    void clientAndServerOfTheBrokerFitTogether() {
        assertThat(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(jar -> jar.replaceFirst(".*/", ""))
                .filter(jar -> jar.startsWith("artemis-")).map(jar -> jar.replaceFirst("^[a-z-]+", ""))).hasSizeGreaterThan(5)
                .satisfies(versions -> assertThat(Set.copyOf(versions)).hasSize(1));
    }

    @Test
    void healthTellsOfDelivery() {
        assertThat(HealthCheckRegistry.get(camel).getCheck("mparticle-intercom-delivery")).hasValueSatisfying(
                check -> assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP));
    }

    @Test
    void suspendedHostGoesOnLater() {
        camel.suspend();
        assertThat(camel.getStatus()).isEqualTo(ServiceStatus.Suspended);
        camel.resume();

        ask("customer-changed", BATCH.formatted("resumed"));
        awaitEventOf("resumed");
    }

    @Test
    void restartedHostLosesNothing() throws Exception {
        ActiveFault slowness = intercom.fault(Fault.latency(Duration.ofMillis(200)).always());
        int before = intercom.calls();
        for (int user = 0; user < 5; user++) {
            ask("customer-changed", BATCH.formatted("kept-" + user));
        }
        await().untilAsserted(() -> assertThat(intercom.calls()).isGreaterThan(before));
        stop();
        assertThat(endlessThreads()).as("threads without which the process would have ended").isEmpty();
        slowness.remove();
        camel = start();

        for (int user = 0; user < 5; user++) {
            awaitEventOf("kept-" + user);
        }
    }

    /**
     * Those that are no daemons, were not there before the host, are neither the sandbox's nor the one with which Spring Boot keeps a
     * process on purpose, and do not end within some seconds.
     */
    private List<String> endlessThreads() throws InterruptedException {
        List<String> endless = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.isDaemon() && !threadsBefore.contains(thread) && !thread.getName().matches("vert\\.x-.*|CamelMainRunController")) {
                thread.join(A_FEW_SECONDS);
                if (thread.isAlive()) {
                    endless.add(thread.getName());
                }
            }
        }
        return endless;
    }

    private String ask(String route, Object body) {
        return camel.createProducerTemplate().requestBody("direct:" + route, body, String.class);
    }

    private <T> T bean(String name, Class<T> type) {
        return camel.getRegistry().lookupByNameAndType(name, type);
    }

    private void awaitEventOf(String user) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(intercom.contactByExternalId(user)).isPresent();
            assertThat(intercom.events(intercom.contactByExternalId(user).orElseThrow().id()))
                    .extracting(StoredEvent::name).containsExactly("Signed up");
        });
    }
}
