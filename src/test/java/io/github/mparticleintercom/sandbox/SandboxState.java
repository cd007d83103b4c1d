package io.github.mparticleintercom.sandbox;

/** Everything a sandbox remembers. */
final class SandboxState {

    private final TokenRegistry tokens;
    private final RateLimitWindow rateLimit;
    private final SandboxSettings settings;
    private final FaultQueue faults = new FaultQueue();
    private final RequestLog log;
    private final ContactStore contacts;
    private final EventStore events;
    private final DataAttributeStore dataAttributes = new DataAttributeStore();
    private final CustomAttributeRules rules;
    private final Companies companies;
    private final Tags tags;

    SandboxState(SandboxConfig config) {
        this.tokens = new TokenRegistry(config.tokens());
        this.rateLimit = new RateLimitWindow(config);
        this.settings = new SandboxSettings(config, rateLimit, tokens);
        this.log = new RequestLog(config.maxRecordedRequests());
        this.contacts = new ContactStore(config.clock(), settings);
        this.events = new EventStore(settings);
        this.rules = new CustomAttributeRules(settings, dataAttributes);
        this.companies = new Companies(contacts, rules);
        this.tags = new Tags(contacts);
    }

    TokenRegistry tokens() {
        return tokens;
    }

    RateLimitWindow rateLimit() {
        return rateLimit;
    }

    SandboxSettings settings() {
        return settings;
    }

    FaultQueue faults() {
        return faults;
    }

    RequestLog log() {
        return log;
    }

    ContactStore contacts() {
        return contacts;
    }

    EventStore events() {
        return events;
    }

    DataAttributeStore dataAttributes() {
        return dataAttributes;
    }

    CustomAttributeRules rules() {
        return rules;
    }

    Companies companies() {
        return companies;
    }

    Tags tags() {
        return tags;
    }

    SandboxSeed seed() {
        return new SandboxSeed(this);
    }

    void reset() {
        faults.clear(false);
        settings.reset();
        log.clear();
        contacts.clear();
        events.clear();
        dataAttributes.clear();
        companies.clear();
        tags.clear();
    }
}
