package io.github.mparticleintercom.sandbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults in force, in order of adding. */
final class FaultQueue {

    private final List<ActiveFault> faults = new CopyOnWriteArrayList<>();

    ActiveFault add(Fault fault) {
        ActiveFault active = new ActiveFault(fault);
        faults.add(active);
        return active;
    }

    /** The fault that acts on this request, or null. */
    ActiveFault claim(RecordedRequest request) {
        for (ActiveFault fault : faults) {
            if (fault.claim(request)) {
                return fault;
            }
        }
        return null;
    }

    /** Removes all; hanging requests are processed or given up. */
    void clear(boolean proceed) {
        List<ActiveFault> removed = List.copyOf(faults);
        faults.removeAll(removed);
        removed.forEach(proceed ? ActiveFault::release : ActiveFault::abandon);
    }
}
