package io.github.mparticleintercom.check;

/**
 * A setting as it takes effect.
 *
 * @param key   its key
 * @param value its value; *** for a secret
 * @param from  where it was set
 */
public record Setting(String key, String value, String from) {
}
