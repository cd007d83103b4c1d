package io.github.mparticleintercom.ratelimit;

/**
 * What is known of Intercom's allowance.
 *
 * @param allowed calls in the running window; 0 until an answer said
 * @param used    calls of them that are used, by this instance or by others
 */
public record Usage(long allowed, long used) {
}
