package io.github.mparticleintercom.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All requests, in order of arrival, with counters that also cover those whose content has been forgotten. */
final class RequestLog {

    /** One line of the log, whose status is filled in when the answer is sent. */
    static final class Entry {
        private final RecordedRequest request;
        private final int generation;
        private int status = RecordedRequest.NOT_ANSWERED;

        private Entry(RecordedRequest request, int generation) {
            this.request = request;
            this.generation = generation;
        }

        RecordedRequest request() {
            return request;
        }
    }

    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<CallKind, Integer> kinds = new EnumMap<>(CallKind.class);
    private final Map<Integer, Integer> statuses = new HashMap<>();
    private int count;
    private int generation;

    RequestLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized Entry add(RecordedRequest request) {
        Entry entry = new Entry(request.numbered(++count), generation);
        entries.addLast(entry);
        if (entries.size() > capacity) {
            entries.removeFirst();
        }
        kinds.merge(request.kind(), 1, Integer::sum);
        return entry;
    }

    /** Notes the answer; returns the request with its status. */
    synchronized RecordedRequest answered(Entry entry, int status) {
        entry.status = status;
        // An answer to a request from before the last reset must not show up in the new counts.
        if (entry.generation == generation) {
            statuses.merge(status, 1, Integer::sum);
        }
        return entry.request.withStatus(status);
    }

    synchronized List<RecordedRequest> snapshot(Predicate<RecordedRequest> wanted) {
        return entries.stream()
                .filter(entry -> wanted.test(entry.request))
                .map(entry -> entry.request.withStatus(entry.status))
                .toList();
    }

    synchronized int count() {
        return count;
    }

    synchronized int count(CallKind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    synchronized int countStatus(int status) {
        return statuses.getOrDefault(status, 0);
    }

    synchronized void clear() {
        entries.clear();
        kinds.clear();
        statuses.clear();
        count = 0;
        generation++;
    }
}
