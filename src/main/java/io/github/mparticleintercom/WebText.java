package io.github.mparticleintercom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts for browsers: those that lie in the jar, and what is put into them. */
public final class WebText {

    private static final String FOLDER = "/mparticle-intercom/";

    private WebText() {
    }

    /** The file of this name in the jar. */
    public static String file(String name) {
        try (InputStream file = WebText.class.getResourceAsStream(FOLDER + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON of a value, in which no character is left that could end a script. */
    public static String json(Object value) {
        return Json.write(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
                .replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }
}
