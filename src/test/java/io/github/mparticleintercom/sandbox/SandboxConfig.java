package io.github.mparticleintercom.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a sandbox starts. Made with {@link #builder()}.
 *
 * @param port                port on 127.0.0.1, 0 for a free one
 * @param tokens              known access tokens, each with the name it is recorded under
 * @param rateLimit           calls per window, 0 for no limit and no rate-limit headers
 * @param rateWindow          length of a window; windows are aligned to the clock
 * @param retryAfter          whether a 429 carries {@code Retry-After}
 * @param latency             delay of every answer
 * @param searchDelay         how long a new contact stays out of search results
 * @param strictAttributes    whether custom attributes must exist as data attributes and fit their type
 * @param attributeLimit      custom attributes per contact, 0 for no limit
 * @param eventNameLimit      active event names in the workspace
 * @param metadataKeys        metadata keys kept per event
 * @param booleanMetadata     whether metadata values may be booleans, which the documentation leaves open
 * @param appId               workspace id answered by {@code /me}
 * @param region              region answered by {@code /me}
 * @param control             whether {@code /_sandbox/} is served
 * @param maxRecordedRequests requests remembered with their content; older ones are forgotten, but still counted
 * @param clock               source of the time for windows, search delay and time stamps
 * @param onAnswered          hears of every request once it is answered or dropped
 */
public record SandboxConfig(
        int port,
        Map<String, String> tokens,
        int rateLimit,
        Duration rateWindow,
        boolean retryAfter,
        Duration latency,
        Duration searchDelay,
        boolean strictAttributes,
        int attributeLimit,
        int eventNameLimit,
        int metadataKeys,
        boolean booleanMetadata,
        String appId,
        String region,
        boolean control,
        int maxRecordedRequests,
        Clock clock,
        Consumer<RecordedRequest> onAnswered) {

    /** The token known to a sandbox that was not given any. */
    public static final String DEFAULT_TOKEN = "sandbox-token";

    /** Keeps an unmodifiable copy of the tokens, in the order given. */
    public SandboxConfig {
        tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
    }

    /** The configuration with nothing set. */
    public static SandboxConfig defaults() {
        return builder().build();
    }

    /** Starts a configuration. */
    public static SandboxConfigBuilder builder() {
        return new SandboxConfigBuilder();
    }
}
