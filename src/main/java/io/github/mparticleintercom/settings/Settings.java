package io.github.mparticleintercom.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting there is, and the checks that a start must pass. */
public final class Settings {

    private static final String PREFIX = "mparticle-intercom.";
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();
    /** What may be left empty; everything else must say something. */
    private static final Set<String> MAY_BE_EMPTY = Stream.of("intercom.app-id", "intercom.access-token", "intercom.base-url",
            "platform.web.api-key", "platform.ios.api-key", "platform.android.api-key", "platform.tvos.api-key",
            "http.authorization", "http.tls.key-store", "http.tls.key-store-password", "events.names", "events.rename", "events.priority-attributes", "user.rename",
            "user.standard-fields", "user.priority-attributes", "broker.url", "broker.user", "broker.password",
            "broker.listen").map(PREFIX::concat).collect(Collectors.toSet());

    static {
        all(Kind.TEXT, "intercom.app-id", "intercom.access-token", "platform.web.api-key", "platform.web.widget-id",
                "platform.ios.api-key", "platform.android.api-key", "platform.tvos.api-key", "http.host", "http.authorization",
                "http.tls.key-store", "http.tls.key-store-password",
                "files.inbox", "jms.queue", "events.types", "events.names", "events.screen-view-name", "events.priority-attributes",
                "user.standard-fields", "user.priority-attributes", "broker.user", "broker.password", "broker.data",
                "broker.requests-queue", "broker.dead-queue");
        all(Kind.FLAG, "dry-run", "http.enabled", "http.tls.enabled", "files.enabled", "jms.enabled", "events.keep-seconds-apart",
                "batches.development", "audit.enabled");
        all(Kind.POSITIVE, "intercom.connect-timeout-millis", "intercom.response-timeout-millis", "http.max-body-bytes", "http.client-timeout-millis",
                "files.settle-millis", "files.max-batch-bytes", "jms.concurrency", "limits.name-chars",
                "limits.value-chars", "pace.requests-per-window", "pace.window-millis", "deliver.concurrency",
                "deliver.retry-delay-millis", "deliver.max-retry-delay-millis", "deliver.max-attempts",
                "contacts.remembered", "contacts.unchanged-minutes",
                "contacts.unknown-attribute-minutes", "events.max-names", "events.warn-names",
                "events.remembered-seconds", "broker.duplicate-memory", "broker.memory-bytes", "broker.high-water-mark");
        all(Kind.COUNT, "limits.event-attributes", "limits.user-attributes");
        all(Kind.PORT, "http.port");
        all(Kind.HTTP_URL, "intercom.base-url");
        all(Kind.TCP_URL, "broker.listen");
        all(Kind.BROKER_URL, "broker.url");
        all(Kind.PAIRS, "events.rename", "user.rename");
        all(Kind.oneOf("us", "eu", "au"), "intercom.region");
        all(Kind.oneOf("unarchive", "park"), "contacts.archived");
        all(Kind.oneOf("drop", "create", "park"), "contacts.unknown-attributes");
        all(new Kind("a version such as 2.16", text -> text.matches("\\d+\\.\\d+|Preview|Unstable")), "intercom.api-version");
    }

    private final UnaryOperator<String> values;

    /**
     * Settings to check.
     *
     * @param values gives the value of a whole key; null or blank where it is not set
     */
    public Settings(UnaryOperator<String> values) {
        this.values = values;
    }

    private static void all(Kind kind, String... keys) {
        for (String key : keys) {
            KINDS.put(PREFIX + key, kind);
        }
    }

    /** Every key, whole. */
    public static List<String> keys() {
        return List.copyOf(KINDS.keySet());
    }

    /**
     * Checks that every name is that of a setting.
     *
     * @param names whole keys; those without our prefix are others' business
     * @throws SettingsException at the first unknown one, with the one that was probably meant
     */
    public static void checkNames(Collection<String> names) {
        names.stream().filter(name -> name.startsWith(PREFIX) && !KINDS.containsKey(name)).findFirst().ifPresent(name -> {
            throw new SettingsException(name + " is not a setting; did you mean " + NearestKey.of(name, KINDS.keySet()) + "?");
        });
    }

    /**
     * Checks every setting.
     *
     * @throws SettingsException at the first that will not do
     */
    public void check() {
        KINDS.forEach((key, kind) -> {
            String value = value(key);
            // Camel takes it for the end of a bean's argument
            require(!value.contains("\""), key + " holds a quotation mark, which no setting may hold.");
            if (value.isEmpty()) {
                require(MAY_BE_EMPTY.contains(key), key + " is missing.");
            } else {
                require(kind.accepts().test(value), key + " is '" + value + "', which is not " + kind.expected() + ".");
            }
        });
        checkCredentials();
        checkTogether("broker.user", "broker.password");
        checkTogether("broker.password", "broker.user");
        if (isOn("http.enabled") && value("http.authorization").isEmpty()) {
            require(isLoopback("http.host", value("http.host")), PREFIX + "http.authorization must be set before " + PREFIX
                    + "http.host may be '" + value("http.host") + "', which others can reach.");
        }
        String listen = value("broker.listen");
        if (!listen.isEmpty() && value("broker.user").isEmpty()) {
            require(isLoopback("broker.listen", URI.create(listen).getHost()), PREFIX + "broker.user and " + PREFIX
                    + "broker.password must be set before " + PREFIX + "broker.listen may be '" + listen
                    + "', which others can reach.");
        }
    }

    private void checkCredentials() {
        List<String> platforms = List.of("ios", "android", "tvos");
        boolean any = !value("platform.web.api-key").isEmpty()
                || platforms.stream().anyMatch(platform -> !value("platform." + platform + ".api-key").isEmpty());
        if (isOn("dry-run") || !any || !value("intercom.access-token").isEmpty()) {
            return;
        }
        platforms.stream().filter(platform -> value("platform." + platform + ".api-key").isEmpty()).findFirst()
                .ifPresent(platform -> {
                    throw new SettingsException(PREFIX + "platform." + platform + ".api-key is missing, and there is no "
                            + PREFIX + "intercom.access-token to use in its place.");
                });
    }

    private void checkTogether(String key, String other) {
        require(value(key).isEmpty() || !value(other).isEmpty(), PREFIX + other + " is missing, and there is a " + PREFIX
                + key + ".");
    }

    private String value(String key) {
        String value = values.apply(key.startsWith(PREFIX) ? key : PREFIX + key);
        return value == null ? "" : value.strip();
    }

    private boolean isOn(String key) {
        return value(key).equals("true");
    }

    private static boolean isLoopback(String key, String host) {
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SettingsException(PREFIX + key + ": '" + host + "' is not an address of this machine.");
        }
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new SettingsException(otherwise);
        }
    }
}
