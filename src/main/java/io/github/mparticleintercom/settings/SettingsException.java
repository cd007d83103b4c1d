package io.github.mparticleintercom.settings;

/** A setting is missing or wrong. The message is one sentence that names its key. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With that sentence. */
    public SettingsException(String message) {
        super(message);
    }
}
