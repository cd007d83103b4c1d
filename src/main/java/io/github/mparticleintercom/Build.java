package io.github.mparticleintercom;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Which build of mparticle-intercom this is, as the manifest beside its classes says. */
public final class Build {

    private static final String UNKNOWN = "unknown";
    private static final Attributes MANIFEST = manifest();

    private Build() {
    }

    /** The version, such as {@code 1.0.0}; "unknown" where the classes were packed into another jar. */
    public static String version() {
        return value("Implementation-Version");
    }

    /** The commit that it was built from; "unknown" also where it was built outside of Git. */
    public static String commit() {
        return value("Git-SHA");
    }

    private static String value(String name) {
        String value = MANIFEST.getValue(name);
        return value == null || value.isBlank() ? UNKNOWN : value;
    }

    private static Attributes manifest() {
        String here = Build.class.getResource("Build.class").toString();
        String root = here.substring(0, here.length() - (Build.class.getName().length() + ".class".length()));
        try (InputStream file = URI.create(root + "META-INF/MANIFEST.MF").toURL().openStream()) {
            Attributes found = new Manifest(file).getMainAttributes();
            return "mparticle-intercom".equals(found.getValue("Implementation-Title")) ? found : new Attributes();
        } catch (IOException e) {
            return new Attributes();
        }
    }
}
