package io.github.mparticleintercom.ratelimit;

/**
 * The right to make one call to Intercom.
 *
 * @param number  how many permits this instance had taken before
 * @param takenAt when it was taken, in nanoseconds of this machine
 * @param reset   when, by what was known then, the window ends that the call counts in, in nanoseconds of Intercom's clock
 */
public record Permit(long number, long takenAt, long reset) {

    /** A call that takes along its permit, so that the answer can be distinguished from those to earlier calls. */
    public interface Holder {
        /** This is the permit. */
        void permit(Permit permit);
    }
}
