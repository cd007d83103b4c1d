package io.github.mparticleintercom.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Builds a {@link SandboxConfig}; every setter is explained at the record's component of the same name. */
public final class SandboxConfigBuilder {

    private final Map<String, String> tokens = new LinkedHashMap<>();
    private int port;
    private int rateLimit = 1666;
    private Duration rateWindow = Duration.ofSeconds(10);
    private boolean retryAfter;
    private Duration latency = Duration.ZERO;
    private Duration searchDelay = Duration.ZERO;
    private boolean strictAttributes;
    private int attributeLimit = 250;
    private int eventNameLimit = 120;
    private int metadataKeys = 10;
    private boolean booleanMetadata = true;
    private String appId = "abc123";
    private String region = "US";
    private boolean control;
    private int maxRecordedRequests = Integer.MAX_VALUE;
    private Clock clock = Clock.systemUTC();
    private Consumer<RecordedRequest> onAnswered = request -> { };

    SandboxConfigBuilder() {
    }

    public SandboxConfigBuilder port(int value) {
        port = value;
        return this;
    }

    /** Adds a token recorded under its own text as name. */
    public SandboxConfigBuilder token(String token) {
        return token(token, token);
    }

    /** Adds a token with a name; the default token is known only if none is added. */
    public SandboxConfigBuilder token(String token, String name) {
        tokens.put(token, name);
        return this;
    }

    public SandboxConfigBuilder rateLimit(int value) {
        rateLimit = value;
        return this;
    }

    /** Same as a rate limit of 0. */
    public SandboxConfigBuilder noRateLimit() {
        return rateLimit(0);
    }

    public SandboxConfigBuilder rateWindow(Duration value) {
        rateWindow = value;
        return this;
    }

    public SandboxConfigBuilder retryAfter(boolean value) {
        retryAfter = value;
        return this;
    }

    public SandboxConfigBuilder latency(Duration value) {
        latency = value;
        return this;
    }

    public SandboxConfigBuilder searchDelay(Duration value) {
        searchDelay = value;
        return this;
    }

    public SandboxConfigBuilder strictAttributes(boolean value) {
        strictAttributes = value;
        return this;
    }

    public SandboxConfigBuilder attributeLimit(int value) {
        attributeLimit = value;
        return this;
    }

    public SandboxConfigBuilder eventNameLimit(int value) {
        eventNameLimit = value;
        return this;
    }

    public SandboxConfigBuilder metadataKeys(int value) {
        metadataKeys = value;
        return this;
    }

    public SandboxConfigBuilder booleanMetadata(boolean value) {
        booleanMetadata = value;
        return this;
    }

    public SandboxConfigBuilder appId(String value) {
        appId = value;
        return this;
    }

    public SandboxConfigBuilder region(String value) {
        region = value;
        return this;
    }

    public SandboxConfigBuilder control(boolean value) {
        control = value;
        return this;
    }

    public SandboxConfigBuilder maxRecordedRequests(int value) {
        maxRecordedRequests = value;
        return this;
    }

    public SandboxConfigBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    public SandboxConfigBuilder onAnswered(Consumer<RecordedRequest> value) {
        onAnswered = value;
        return this;
    }

    /** The finished configuration. */
    public SandboxConfig build() {
        Map<String, String> known = tokens.isEmpty()
                ? Map.of(SandboxConfig.DEFAULT_TOKEN, "default") : tokens;
        return new SandboxConfig(port, known, rateLimit, rateWindow, retryAfter, latency, searchDelay,
                strictAttributes, attributeLimit, eventNameLimit, metadataKeys, booleanMetadata, appId, region,
                control, maxRecordedRequests, clock, onAnswered);
    }
}
