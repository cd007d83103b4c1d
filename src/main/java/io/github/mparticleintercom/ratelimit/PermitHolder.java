package io.github.mparticleintercom.ratelimit;

/** A call that takes along its permit, so that the answer can be distinguished from those to earlier calls. */
public interface PermitHolder {

    /** This is the permit. */
    void permit(Permit permit);
}
