package io.github.mparticleintercom.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Something that goes wrong for matching requests. Start with one of the static methods, then narrow it down; the
 * result is immutable. Without narrowing it acts once, on the next request.
 */
public final class Fault {

    enum Action { STATUS, DELAY, DROP_BEFORE, DROP_AFTER, HANG, RAW }

    private final Action action;
    private int status;
    private String body;
    private Map<String, String> headers = Map.of();
    private Duration latency = Duration.ZERO;
    private Predicate<RecordedRequest> matcher = request -> true;
    private int times = 1;

    private Fault(Action action) {
        this.action = action;
    }

    /** Answers with a status and, unless given, a fitting error body; the request is not processed. */
    public static Fault status(int status) {
        Fault fault = new Fault(Action.STATUS);
        fault.status = status;
        return fault;
    }

    /** Processes the request on arrival, but answers late. */
    public static Fault latency(Duration latency) {
        return new Fault(Action.DELAY).after(latency);
    }

    /** Closes the connection without processing the request. */
    public static Fault dropBefore() {
        return new Fault(Action.DROP_BEFORE);
    }

    /** Processes the request, then closes the connection, so that the caller cannot know. */
    public static Fault dropAfter() {
        return new Fault(Action.DROP_AFTER);
    }

    /** Neither processes nor answers the request until {@link ActiveFault#release()}. */
    public static Fault hang() {
        return new Fault(Action.HANG);
    }

    /** Sends these characters, one byte each, in place of an answer, and closes the connection; the request is not processed. */
    public static Fault raw(String characters) {
        return new Fault(Action.RAW).body(characters);
    }

    /** Sets the body of the answer as text, sent as it is. */
    public Fault body(String text) {
        Fault copy = copy();
        copy.body = text;
        return copy;
    }

    /** Adds a header to the answer; it wins over one the sandbox would send. */
    public Fault header(String name, String value) {
        Fault copy = copy();
        copy.headers = new LinkedHashMap<>(headers);
        copy.headers.put(name, value);
        return copy;
    }

    /** Acts this much later, in addition to the general latency. */
    public Fault after(Duration delay) {
        Fault copy = copy();
        copy.latency = delay;
        return copy;
    }

    /** Acts only on this method and exactly this path. */
    public Fault on(String method, String path) {
        return matching(request -> request.method().equals(method) && request.path().equals(path));
    }

    /** Acts only on requests of this kind. */
    public Fault on(CallKind kind) {
        return matching(request -> request.kind() == kind);
    }

    /** Acts only on requests that also meet this condition. */
    public Fault matching(Predicate<RecordedRequest> condition) {
        Fault copy = copy();
        copy.matcher = matcher.and(condition);
        return copy;
    }

    /** Acts on this many requests. */
    public Fault times(int count) {
        Fault copy = copy();
        copy.times = count;
        return copy;
    }

    /** Acts until it is removed. */
    public Fault always() {
        return times(Integer.MAX_VALUE);
    }

    Action action() {
        return action;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }

    Duration latency() {
        return latency;
    }

    boolean matches(RecordedRequest request) {
        return matcher.test(request);
    }

    int times() {
        return times;
    }

    private Fault copy() {
        Fault copy = new Fault(action);
        copy.status = status;
        copy.body = body;
        copy.headers = headers;
        copy.latency = latency;
        copy.matcher = matcher;
        copy.times = times;
        return copy;
    }
}
