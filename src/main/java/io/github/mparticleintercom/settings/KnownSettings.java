package io.github.mparticleintercom.settings;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Every setting there is, and what each may hold. */
final class KnownSettings {

    private static final String PREFIX = Settings.PREFIX;
    /** By whole key. */
    static final Map<String, Kind> KINDS = new LinkedHashMap<>();
    /** What may be left empty; everything else must say something. */
    static final Set<String> MAY_BE_EMPTY = new HashSet<>();

    static {
        all(Kind.TEXT, "intercom.app-id?", "intercom.access-token?", "platform.web.api-key?", "platform.web.widget-id",
                "platform.ios.api-key?", "platform.android.api-key?", "platform.tvos.api-key?", "http.host",
                "http.authorization?", "messenger.authorization?",
                "platform.ios.sdk-key?", "platform.android.sdk-key?", "platform.tvos.sdk-key?",
                "http.tls.key-store?", "http.tls.key-store-password?",
                "files.inbox", "jms.queue", "events.mapping?", "broker.user?", "broker.password?", "broker.data",
                "broker.tls.key-store?", "broker.tls.key-store-password?",
                "broker.requests-queue", "broker.dead-letter-queue", "broker.connection-factory?",
                "audit.logger", "company.id-attribute?", "company.name-attribute?", "company.plan-attribute?", "company.size-attribute?",
                "company.website-attribute?", "company.monthly-spend-attribute?");
        all(Kind.LIST, "consent.purpose?", "events.types", "events.names?", "events.ignored-attributes?",
                "events.priority-attributes?", "user.standard-fields?", "user.priority-attributes?", "user.tags?", "company.attributes?");
        all(Kind.FOLDER, "secrets.folder?");
        all(Kind.FLAG, "erasure.enabled");
        all(Kind.TEXT, "erasure.authorization?", "erasure.folder?", "erasure.key-store?", "erasure.key-store-password?",
                "erasure.processor-domain?");
        all(Kind.oneOf("delete", "archive"), "erasure.action");
        all(Kind.HOSTS, "erasure.callback-hosts?");
        all(Kind.POSITIVE, "erasure.status-days");
        all(Kind.HTTP_URL, "erasure.certificate-url?");
        all(Kind.FLAG, "dry-run", "http.enabled", "http.tls.enabled", "files.enabled", "files.subfolders", "jms.enabled", "broker.tls.enabled",
                "events.avoid-same-second-collisions", "batches.development", "audit.enabled", "health.intercom", "console.enabled", "api.enabled");
        all(Kind.POSITIVE, "intercom.connect-timeout-millis", "intercom.response-timeout-millis", "http.max-body-bytes",
                "http.client-timeout-millis", "http.bodies-budget-bytes?", "http.max-connections",
                "files.settle-millis", "files.max-batch-bytes", "jms.concurrency",
                "throttle.requests-per-window", "throttle.window-millis", "deliver.concurrency",
                "deliver.retry-delay-millis", "deliver.max-retry-delay-millis", "deliver.max-attempts", "deliver.leave-after", "deliver.retry-concurrency",
                "contacts.remembered", "contacts.remembered-bytes", "contacts.unchanged-minutes",
                "contacts.unknown-attribute-minutes", "events.max-names", "events.warn-names", "events.past-days", "events.future-days",
                "events.remembered-seconds", "broker.duplicate-memory", "broker.memory-bytes", "broker.high-water-mark",
                "health.intercom-millis", "health.queue-millis", "health.dead-letters-millis");
        // Intercom drops what is beyond these without a word, or refuses the whole contact (API descriptions 2.7 to 2.16, help)
        all(Kind.upToIntercoms(0, 10), "limits.event-attributes");
        all(Kind.upToIntercoms(0, 250), "limits.user-attributes");
        all(Kind.upToIntercoms(1, 255), "limits.name-chars", "limits.value-chars");
        all(Kind.PORT, "http.port");
        all(Kind.HTTP_URL, "intercom.base-url?");
        all(Kind.TCP_URL, "broker.listen?");
        all(Kind.BROKER_URL, "broker.url?");
        all(Kind.PAIRS, "events.rename-attributes?", "user.rename?");
        all(Kind.oneOf("us", "eu", "au"), "intercom.region");
        all(Kind.oneOf("summary", "each"), "commerce.products");
        all(Kind.oneOf("unarchive", "dead-letter"), "contacts.archived");
        all(Kind.oneOf("warn", "skip"), "events.far-times");
        all(Kind.oneOf("user", "lead"), "contacts.role-without-customer-id");
        all(Kind.oneOf("drop", "create", "dead-letter"), "contacts.unknown-attributes");
        all(new Kind("a version such as 2.16", text -> text.matches("\\d+\\.\\d+|Preview|Unstable")), "intercom.api-version");
    }

    private KnownSettings() {
    }

    /** Settings of one kind; one with ? behind its key may be left empty. */
    private static void all(Kind kind, String... keys) {
        for (String given : keys) {
            String key = PREFIX + given.replace("?", "");
            KINDS.put(key, kind);
            if (given.endsWith("?")) {
                MAY_BE_EMPTY.add(key);
            }
        }
    }
}
