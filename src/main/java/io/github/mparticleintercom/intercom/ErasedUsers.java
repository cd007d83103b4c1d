package io.github.mparticleintercom.intercom;

import io.github.mparticleintercom.Json;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which users are to be forgotten, and since when: what was accepted of them before goes nowhere any more. Users are known here by
 * names that cannot be read back.
 */
public final class ErasedUsers {

    private final Queue<QueuedRequest> late = new ConcurrentLinkedQueue<>();
    private volatile Map<String, Since> users = Map.of();

    /**
     * Until when requests of a user are dropped.
     *
     * @param id      the request to forget the user
     * @param millis   those that were accepted before, in Unix milliseconds
     * @param byEmail  whether the user is an email address, which drops the requests of others who have it, too
     */
    public record Since(String id, long millis, boolean byEmail) {
    }

    /** The name under which the user with this key is known here. */
    public static String name(String userKey) {
        return Json.fingerprint(userKey);
    }

    /** From now on these users are to be forgotten, and no others. */
    public void set(Map<String, Since> erased) {
        users = Map.copyOf(erased);
    }

    /** Whether this request goes nowhere, because its user asked to be forgotten after it was accepted. */
    public boolean covers(QueuedRequest request) {
        return since(request) != null;
    }

    /** Since when this request goes nowhere; null where it does go. */
    public Since since(QueuedRequest request) {
        Map<String, Since> now = users;
        // nearly always
        if (now.isEmpty() || request.userKey() == null || request.operation() == IntercomRequest.Operation.ERASURE) {
            return null;
        }
        Since own = now.get(name(request.userKey()));
        if (own != null && request.acceptedAt() < own.millis()) {
            return own;
        }
        Since other = request.otherUserKey() == null ? null : now.get(name(request.otherUserKey()));
        return other != null && other.byEmail() && request.acceptedAt() < other.millis() ? other : null;
    }

    /**
     * Intercom took this request. It may have been on its way there when its email was forgotten, in whose order it does not stand: what
     * it made has to go, too.
     */
    public void delivered(QueuedRequest request) {
        if (covers(request) && !users.containsKey(name(request.userKey()))) {
            late.add(request);
        }
    }

    /** A request that Intercom took too late, each once; null where there is none. */
    public QueuedRequest late() {
        return late.poll();
    }
}
