package io.github.mparticleintercom.sandbox;

import java.util.ArrayList;
import java.util.List;

/** A fault that has been added to a sandbox. */
public final class ActiveFault {

    /** A request that hangs; it either goes on or is given up. */
    interface Held {
        void proceed();

        void abandon();
    }

    private final Fault fault;
    private final List<Held> held = new ArrayList<>();
    private int hits;
    private boolean removed;

    ActiveFault(Fault fault) {
        this.fault = fault;
    }

    /** How many requests it has acted on. */
    public synchronized int hits() {
        return hits;
    }

    /** How many requests hang at present. */
    public synchronized int waiting() {
        return held.size();
    }

    /** Stops acting on further requests; hanging ones go on hanging. */
    public synchronized void remove() {
        removed = true;
    }

    /** Stops acting on further requests; hanging ones are processed and answered now. */
    public void release() {
        takeHeld().forEach(Held::proceed);
    }

    void abandon() {
        takeHeld().forEach(Held::abandon);
    }

    Fault fault() {
        return fault;
    }

    synchronized boolean claim(RecordedRequest request) {
        if (removed || hits >= fault.times() || !fault.matches(request)) {
            return false;
        }
        hits++;
        return true;
    }

    void hold(Held request) {
        synchronized (this) {
            if (!removed) {
                held.add(request);
                return;
            }
        }
        request.proceed();
    }

    private synchronized List<Held> takeHeld() {
        removed = true;
        List<Held> taken = List.copyOf(held);
        held.clear();
        return taken;
    }
}
