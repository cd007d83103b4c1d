package io.github.mparticleintercom.sandbox;

import java.time.Duration;

/** What can be changed while a sandbox runs. Every setter returns this object, so that calls can be chained. */
public final class SandboxSettings {

    private final SandboxConfig config;
    private final RateLimitWindow rateLimit;
    private final TokenRegistry tokens;
    private volatile Duration latency;
    private volatile Duration searchDelay;
    private volatile boolean strictAttributes;
    private volatile int eventNameLimit;

    SandboxSettings(SandboxConfig config, RateLimitWindow rateLimit, TokenRegistry tokens) {
        this.config = config;
        this.rateLimit = rateLimit;
        this.tokens = tokens;
        reset();
    }

    void reset() {
        rateLimit.reset();
        tokens.reset();
        latency = config.latency();
        searchDelay = config.searchDelay();
        strictAttributes = config.strictAttributes();
        eventNameLimit = config.eventNameLimit();
    }

    /** Sets the calls per window, effective in the running window; 0 for no limit. */
    public SandboxSettings rateLimit(int callsPerWindow) {
        rateLimit.limit(callsPerWindow);
        return this;
    }

    /** Sets the length of a window. */
    public SandboxSettings rateWindow(Duration length) {
        rateLimit.window(length);
        return this;
    }

    /** Uses up calls of the running window, as another app of the same workspace would. */
    public SandboxSettings consumeRateLimit(int calls) {
        rateLimit.consume(calls);
        return this;
    }

    /** Whether a 429 carries {@code Retry-After}. */
    public SandboxSettings retryAfter(boolean value) {
        rateLimit.retryAfter(value);
        return this;
    }

    /** Makes a token invalid: 401. */
    public SandboxSettings revokeToken(String token) {
        tokens.set(token, TokenRegistry.State.REVOKED);
        return this;
    }

    /** Takes a token's permissions: 403. */
    public SandboxSettings forbidToken(String token) {
        tokens.set(token, TokenRegistry.State.FORBIDDEN);
        return this;
    }

    /** Makes a revoked or forbidden token good again. */
    public SandboxSettings restoreToken(String token) {
        tokens.set(token, TokenRegistry.State.ACTIVE);
        return this;
    }

    /** Delay of every answer; a request is processed on arrival and answered after the delay. */
    public SandboxSettings latency(Duration value) {
        latency = value;
        return this;
    }

    /** How long contacts created from now on stay out of search results. */
    public SandboxSettings searchDelay(Duration value) {
        searchDelay = value;
        return this;
    }

    /** Whether custom attributes must exist as data attributes and fit their type. */
    public SandboxSettings strictAttributes(boolean value) {
        strictAttributes = value;
        return this;
    }

    /** How many event names the workspace may have. */
    public SandboxSettings eventNameLimit(int value) {
        eventNameLimit = value;
        return this;
    }

    Duration latency() {
        return latency;
    }

    Duration searchDelay() {
        return searchDelay;
    }

    boolean strictAttributes() {
        return strictAttributes;
    }

    int eventNameLimit() {
        return eventNameLimit;
    }
}
