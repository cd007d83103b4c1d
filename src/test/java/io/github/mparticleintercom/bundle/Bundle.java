package io.github.mparticleintercom.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.broker.MessageBroker;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.server.HttpServers;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;

/**
 * The bundle as it ships: the real routes of {@code routes/} and the settings of {@code application.properties}, started in
 * this process on a data folder of its own. Ports are free ones.
 */
public final class Bundle implements AutoCloseable {

    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final ExecutorService STOPPING = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stopping a bundle");
        thread.setDaemon(true);
        return thread;
    });
    private static final Queue<CompletableFuture<?>> STOPS = new ConcurrentLinkedQueue<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Bundle::awaitStops));
        // most of what tests wait for is there in a few milliseconds
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(25));
    }

    private final Main main = new Main();
    private final Path folder;
    private final boolean keep;
    private final boolean alone;

    private Bundle(Path home, Path folder, boolean keep, boolean alone, Map<String, String> settings, Map<String, Object> beans)
            throws Exception {
        this.folder = folder;
        this.keep = keep;
        this.alone = alone;
        main.setPropertyPlaceholderLocations("file:" + home.resolve("application.properties"));
        main.configure().setRoutesIncludePattern("file:" + home.resolve("routes") + "/*.camel.yaml");
        settings.forEach(main::addOverrideProperty);
        main.addMainListener(new HttpServers());
        beans.forEach(main::bind);
        main.start();
    }

    /** Settings before the start. Keys go without the prefix {@code mparticle-intercom.}. */
    public static final class Builder {
        private final Map<String, String> settings = new HashMap<>();
        private final Map<String, Object> beans = new HashMap<>();
        private Path folder;
        private Path home = Path.of("").toAbsolutePath();

        private Builder() {
            camel("camel.management.enabled", "false");
            camel("camel.metrics.enabled", "false");
            // a third of the work of a start
            camel("camel.main.jmx-enabled", "false");
            camel("camel.main.shutdown-timeout", "10");
            set("http.port", "0");
            set("http.enabled", "false");
            set("files.enabled", "false");
            set("jms.enabled", "false");
            set("health.intercom", "false");
            set("console.enabled", "false");
            set("api.enabled", "false");
            set("deliver.concurrency", "8");
            set("deliver.retry-delay-millis", "50");
            set("deliver.max-retry-delay-millis", "200");
        }

        /** One setting of ours. */
        public Builder set(String key, String value) {
            settings.put("mparticle-intercom." + key, value);
            return this;
        }

        /** One setting of Camel. */
        public Builder camel(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** A bean of the host. */
        public Builder bind(String name, Object bean) {
            beans.put(name, bean);
            return this;
        }

        /** Delivers to the sandbox with its default token. */
        public Builder to(IntercomSandbox sandbox) {
            return set("intercom.base-url", sandbox.baseUrl()).set("intercom.access-token", SandboxConfig.DEFAULT_TOKEN);
        }

        /** With its management API and health on a free port of their own, and with JMX. */
        public Builder watched() {
            return set("api.enabled", "true").camel("camel.management.enabled", "true").camel("camel.management.port", "0")
                    .camel("camel.main.jmx-enabled", "true");
        }

        /** Uses this folder, and leaves it for the next start. */
        public Builder in(Path kept) {
            this.folder = kept;
            return this;
        }

        /** Takes the routes and settings of this folder in place of those that ship. */
        public Builder from(Path changed) {
            this.home = changed.toAbsolutePath();
            return this;
        }

        /** Starts it. */
        public Bundle start() throws Exception {
            Path used = folder == null ? Files.createTempDirectory("mparticle-intercom-test") : folder;
            boolean alone = folder == null && !settings.containsKey("mparticle-intercom.broker.data")
                    && !settings.containsKey("mparticle-intercom.files.inbox")
                    && settings.getOrDefault("camel.management.port", "0").equals("0");
            settings.putIfAbsent("mparticle-intercom.broker.data", used.resolve("data").toString());
            settings.putIfAbsent("mparticle-intercom.files.inbox", used.resolve("inbox").toString());
            return new Bundle(home, used, folder != null, alone, settings, beans);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The Camel context. */
    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Where its data and inbox are. */
    public Path folder() {
        return folder;
    }

    /** The HTTP intake's address. */
    public String url() {
        return "http://127.0.0.1:" + context().hasService(MainHttpServer.class).getRouter().getServer().getPort();
    }

    /** The management port's address. */
    public String managementUrl() {
        return "http://127.0.0.1:" + context().hasService(ManagementHttpServer.class).getRouter().getServer().getPort();
    }

    /** Hands a body to the public entry and returns the receipt. */
    public JsonNode send(Object body) {
        try {
            return Json.MAPPER.readTree(context().createProducerTemplate()
                    .requestBody("direct:mparticle-intercom", body, String.class));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A bean of the bundle. */
    public <T> T bean(String name, Class<T> type) {
        return context().getRegistry().lookupByNameAndType(name, type);
    }

    /** A connection to the bundle's broker. */
    public Connection connect() throws JMSException {
        return bean("mparticleIntercomBroker", MessageBroker.class).connectionFactory().createConnection();
    }

    /** What lies on a queue; what a consumer holds at the moment may be missing. */
    public List<Message> browse(String queue) {
        try (Connection connection = connect()) {
            connection.start();
            Session session = connection.createSession();
            try (QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
                List<Message> found = new ArrayList<>();
                Enumeration<Message> messages = messages(browser);
                long lastAt = System.nanoTime();
                // what the client asked the broker for may be used up before the end of the queue
                while (messages.hasMoreElements()
                        || found.size() < count(connection, queue) && System.nanoTime() - lastAt < PATIENCE_NANOS) {
                    if (messages.hasMoreElements()) {
                        found.add(messages.nextElement());
                        lastAt = System.nanoTime();
                    }
                }
                return found;
            }
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing where only Artemis would know; other brokers' browsers go on to the end by themselves. */
    private static long count(Connection connection, String queue) throws JMSException {
        if (!(connection instanceof ActiveMQConnection)) {
            return 0;
        }
        try {
            return ((ActiveMQConnection) connection).getInitialSession().queueQuery(SimpleString.of(queue))
                    .getMessageCount();
        } catch (ActiveMQException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Enumeration<Message> messages(QueueBrowser browser) throws JMSException {
        return browser.getEnumeration();
    }

    /** What lies on the dead letter queue. */
    public List<Message> dead() {
        return browse("mparticle-intercom.dead-letters");
    }

    /**
     * Replays or discards dead letters as the management API does.
     *
     * @param action      {@code replayed} or {@code discarded}
     * @param ids         their ids
     * @param replacement the body to send in place of their own; null for their own
     */
    public JsonNode deadLetters(String action, List<String> ids, String replacement) throws Exception {
        Exchange answer = context().createProducerTemplate().request("direct:mparticle-intercom-dead-letters-api-each", exchange -> {
            exchange.setVariable("deadLetterIds", ids);
            exchange.setVariable("deadLetterAction", action);
            exchange.setVariable("replacement", replacement);
        });
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return Json.MAPPER.readTree(answer.getMessage().getBody(String.class));
    }

    /** What waits for Intercom. */
    public List<Message> waiting() {
        return browse("mparticle-intercom.requests");
    }

    /**
     * Stops it. Where nobody waits for its folder or port, that happens behind the caller's back: it takes a second, in which
     * consumers give up waiting.
     */
    @Override
    public void close() {
        if (alone) {
            STOPS.add(CompletableFuture.runAsync(this::stop, STOPPING));
        } else {
            stop();
        }
    }

    /** Waits until all that were closed have stopped, for tests that look at what the whole process does. */
    static void awaitStops() {
        for (CompletableFuture<?> stop = STOPS.poll(); stop != null; stop = STOPS.poll()) {
            stop.join();
        }
    }

    private void stop() {
        main.stop();
        main.shutdown();
        if (!keep) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
