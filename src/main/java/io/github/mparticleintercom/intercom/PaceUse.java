package io.github.mparticleintercom.intercom;

/**
 * What is known of Intercom's allowance.
 *
 * @param allowed calls in the running window; 0 until an answer told
 * @param used    calls of them that are used, by this instance or by others
 */
public record PaceUse(long allowed, long used) {
}
