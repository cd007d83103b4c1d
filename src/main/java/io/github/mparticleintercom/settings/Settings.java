package io.github.mparticleintercom.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Every setting there is, and the checks that a start must pass. */
public final class Settings {

    private static final String PREFIX = "mparticle-intercom.";
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        all(Kind.TEXT, "intercom.app-id", "intercom.access-token", "platform.web.api-key", "platform.ios.api-key",
                "platform.android.api-key", "platform.tvos.api-key", "http.host", "http.authorization",
                "files.inbox", "jms.queue", "events.types", "events.screen-view-name", "events.priority-attributes",
                "user.standard-fields", "user.priority-attributes", "broker.user", "broker.password", "broker.data",
                "broker.requests-queue", "broker.dead-queue");
        all(Kind.FLAG, "dry-run", "http.enabled", "files.enabled", "jms.enabled", "events.keep-seconds-apart",
                "batches.development", "audit.enabled");
        all(Kind.POSITIVE, "intercom.connect-timeout-millis", "intercom.response-timeout-millis", "http.max-body-bytes",
                "files.settle-millis", "files.max-batch-bytes", "jms.concurrency", "limits.name-chars",
                "limits.value-chars", "pace.requests-per-window", "pace.window-millis", "deliver.concurrency",
                "deliver.retry-delay-millis", "deliver.max-retry-delay-millis", "deliver.max-attempts",
                "deliver.remembered-contacts", "broker.duplicate-memory", "broker.high-water-mark");
        all(Kind.COUNT, "limits.event-attributes", "limits.user-attributes");
        all(Kind.PORT, "http.port");
        all(Kind.HTTP_URL, "intercom.base-url");
        all(Kind.TCP_URL, "broker.listen");
        all(Kind.BROKER_URL, "broker.url");
        all(Kind.PAIRS, "events.rename", "user.rename");
        all(Kind.oneOf("us", "eu", "au"), "intercom.region");
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
     * Checks every setting.
     *
     * @throws SettingsException at the first that will not do
     */
    public void check() {
        KINDS.forEach((key, kind) -> {
            String value = value(key);
            if (!value.isEmpty() && !kind.accepts().test(value)) {
                throw new SettingsException(key + " is '" + value + "', which is not " + kind.expected() + ".");
            }
        });
        checkCredentials();
        if (isOn("http.enabled") && value("http.authorization").isEmpty() && isOpen(value("http.host"))) {
            throw new SettingsException(PREFIX + "http.authorization must be set before " + PREFIX
                    + "http.host may be '" + value("http.host") + "', which others can reach.");
        }
        String listen = value("broker.listen");
        if (!listen.isEmpty() && (value("broker.user").isEmpty() || value("broker.password").isEmpty())
                && isOpen(URI.create(listen).getHost())) {
            throw new SettingsException(PREFIX + "broker.user and " + PREFIX + "broker.password must be set before "
                    + PREFIX + "broker.listen may be '" + listen + "', which others can reach.");
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

    private String value(String key) {
        String value = values.apply(key.startsWith(PREFIX) ? key : PREFIX + key);
        return value == null ? "" : value.strip();
    }

    private boolean isOn(String key) {
        return value(key).equals("true");
    }

    private static boolean isOpen(String host) {
        try {
            return host == null || !host.isEmpty() && !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SettingsException("'" + host + "' is not an address of this machine: " + PREFIX + "http.host or "
                    + PREFIX + "broker.listen.");
        }
    }
}
