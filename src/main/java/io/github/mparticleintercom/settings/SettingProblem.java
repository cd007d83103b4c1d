package io.github.mparticleintercom.settings;

/**
 * Something that is wrong with a setting.
 *
 * @param key      the whole key of the setting that must be changed
 * @param sentence what is wrong, for a person; it names the key and holds no secret
 */
public record SettingProblem(String key, String sentence) {
}
