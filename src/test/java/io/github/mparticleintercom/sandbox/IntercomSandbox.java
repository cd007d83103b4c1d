package io.github.mparticleintercom.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * A strict stand-in for Intercom's REST API, listening on 127.0.0.1 only. It checks what the real service is
 * documented to check, keeps contacts and events in memory, records every request and misbehaves on demand.
 *
 * <p>All methods may be called from any thread while requests are being served.
 */
public final class IntercomSandbox implements AutoCloseable {

    private final SandboxConfig config;
    private final SandboxState state;
    private final SandboxServer server;

    private IntercomSandbox(SandboxConfig config) {
        this.config = config;
        this.state = new SandboxState(config);
        this.server = SandboxServer.start(config, state, this::reset);
    }

    /** Starts a sandbox with the default configuration on a free port. */
    public static IntercomSandbox start() {
        return start(SandboxConfig.defaults());
    }

    /** Starts a sandbox; returns when it accepts connections. */
    public static IntercomSandbox start(SandboxConfig config) {
        return new IntercomSandbox(config);
    }

    /** The configuration the sandbox was started with. */
    public SandboxConfig config() {
        return config;
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** The address to use as base of all calls, without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** What can be changed while it runs: limits, latency, tokens, strictness. */
    public SandboxSettings settings() {
        return state.settings();
    }

    /** Puts data into the workspace without a request. */
    public SandboxSeed seed() {
        return state.seed();
    }

    /** Adds a fault; the first fault in order of adding that matches a request is the one that acts. */
    public ActiveFault fault(Fault fault) {
        return state.faults().add(fault);
    }

    /** Removes all faults; requests held by a hanging fault are processed and answered now. */
    public void clearFaults() {
        state.faults().clear(true);
    }

    /** All requests in order of arrival, including those not answered yet. */
    public List<RecordedRequest> requests() {
        return state.log().snapshot(request -> true);
    }

    /** The requests with this method whose path starts with the prefix. */
    public List<RecordedRequest> requests(String method, String pathPrefix) {
        return state.log().snapshot(r -> r.method().equals(method) && r.path().startsWith(pathPrefix));
    }

    /** The requests of one kind. */
    public List<RecordedRequest> requests(CallKind kind) {
        return state.log().snapshot(request -> request.kind() == kind);
    }

    /** How many requests of this kind arrived, whatever the answer was. */
    public int calls(CallKind kind) {
        return state.log().count(kind);
    }

    /** How many requests arrived in all. */
    public int calls() {
        return state.log().count();
    }

    /** How many requests were answered with status 429. */
    public int tooManyRequests() {
        return state.log().countStatus(429);
    }

    /** How many requests were answered with this status. */
    public int answered(int status) {
        return state.log().countStatus(status);
    }

    /** How many connections have been opened since the start or the last reset. */
    public int connections() {
        return server.connections();
    }

    /** All contacts, archived and merged ones included, oldest first. */
    public List<SandboxContact> contacts() {
        return state.contacts().all();
    }

    /** The contact with this Intercom id. */
    public Optional<SandboxContact> contact(String id) {
        return state.contacts().byId(id);
    }

    /** The contact with this external id. */
    public Optional<SandboxContact> contactByExternalId(String externalId) {
        return state.contacts().byExternalId(externalId);
    }

    /** The oldest contact (user or lead) with this email address, compared without regard to case. */
    public Optional<SandboxContact> contactByEmail(String email) {
        return contactsByEmail(email).stream().findFirst();
    }

    /** All contacts with this email address, oldest first. */
    public List<SandboxContact> contactsByEmail(String email) {
        return state.contacts().byEmail(email);
    }

    /** The events as stored, in order of arrival. */
    public List<StoredEvent> events() {
        return state.events().stored();
    }

    /** The events stored for one contact, by its Intercom id. */
    public List<StoredEvent> events(String contactId) {
        return events().stream().filter(event -> event.contactId().equals(contactId)).toList();
    }

    /** The events that were answered with 202 but not stored, because they repeated an earlier one. */
    public List<StoredEvent> swallowedEvents() {
        return state.events().swallowed();
    }

    /** The companies of the workspace. */
    public List<SandboxCompany> companies() {
        return state.companies().all();
    }

    /** The companies that a contact is attached to, by its Intercom id. */
    public List<SandboxCompany> companies(String contactId) {
        return state.companies().of(contactId);
    }

    /** The names of the tags that a contact has, by its Intercom id. */
    public List<String> tags(String contactId) {
        return state.tags().of(contactId);
    }

    /** The custom data attributes known to the workspace. */
    public List<DataAttribute> dataAttributes() {
        return state.dataAttributes().all();
    }

    /** Forgets records, data and faults and goes back to the settings of the start; the port stays the same. */
    public void reset() {
        state.reset();
        server.resetConnections();
    }

    /** Stops listening and closes all connections. */
    @Override
    public void close() {
        state.faults().clear(false);
        server.close();
    }
}
