package io.github.mparticleintercom.queue;

/**
 * How the queues stood at one moment.
 *
 * @param reachable   whether the broker answered; if not, the rest says nothing
 * @param diskFull    whether the embedded broker has too little disk to take more
 * @param waiting     requests that wait for Intercom
 * @param oldestSince since when the oldest of them waits, in milliseconds since 1970; 0 if none does
 * @param dead        letters on the dead queue
 */
public record QueueLook(boolean reachable, boolean diskFull, long waiting, long oldestSince, long dead) {

    static final QueueLook UNREACHABLE = new QueueLook(false, false, 0, 0, 0);
}
