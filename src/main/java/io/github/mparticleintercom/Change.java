package io.github.mparticleintercom;

/**
 * One thing about a request that is not as mParticle sent it.
 *
 * @param reason what was done
 * @param field  to which field, named as Intercom would name it; never a value
 */
public record Change(Reason reason, String field) {
}
