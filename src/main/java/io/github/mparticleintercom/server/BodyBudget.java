package io.github.mparticleintercom.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How many bytes of bodies may be under way together. Who finds no room waits in line, so that no large body starves behind small
 * ones. A body beyond the whole budget goes alone.
 */
final class BodyBudget {

    private final long limit;
    private final Deque<Share> line = new ArrayDeque<>();
    private long used;

    /**
     * An unused budget.
     *
     * @param limit in bytes
     */
    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** The part of the heap that is left to bodies where no setting says otherwise: what is made of a body is many times its size. */
    static long ofHeap(long heapBytes) {
        return heapBytes / 48;
    }

    /**
     * Asks for room.
     *
     * @param bytes   how much
     * @param granted runs once there is room: at once, or in the thread that gives its own back
     * @return to give back in any case, also when it was never granted
     */
    Share take(long bytes, Runnable granted) {
        Share share = new Share(bytes, granted);
        synchronized (this) {
            line.add(share);
        }
        grant();
        return share;
    }

    /** How many bytes are granted at the moment. */
    synchronized long used() {
        return used;
    }

    private void grant() {
        List<Share> next = new ArrayList<>();
        synchronized (this) {
            while (!line.isEmpty() && (used == 0 || used + line.peek().bytes <= limit)) {
                Share share = line.poll();
                share.granted = true;
                used += share.bytes;
                next.add(share);
            }
        }
        next.forEach(share -> share.then.run());
    }

    /** A part of the budget, or a place in the line for it. */
    final class Share {

        private final long bytes;
        private final Runnable then;
        private boolean granted;
        private boolean over;

        private Share(long bytes, Runnable then) {
            this.bytes = bytes;
            this.then = then;
        }

        /** Leaves the line. */
        boolean giveUp() {
            synchronized (BodyBudget.this) {
                if (granted || over) {
                    return false;
                }
                over = true;
                line.remove(this);
            }
            // whoever stood behind may be smaller
            grant();
            return true;
        }

        /** Gives it back, once; or leaves the line. */
        void release() {
            if (giveUp()) {
                return;
            }
            synchronized (BodyBudget.this) {
                if (over) {
                    return;
                }
                over = true;
                used -= bytes;
            }
            grant();
        }
    }
}
