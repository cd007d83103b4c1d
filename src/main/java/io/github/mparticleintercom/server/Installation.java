package io.github.mparticleintercom.server;

import io.github.mparticleintercom.check.OfflineCheck;
import io.github.mparticleintercom.check.Problem;
import io.github.mparticleintercom.settings.MountedSecrets;
import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The folder of the installation, to which the start script changes: the routes and settings in it. */
public final class Installation {

    /** The settings. */
    public static final Path FILE = Path.of("application.properties");
    /** The folder of the route files. */
    public static final Path ROUTES = Path.of("routes");
    /** Where Camel finds the settings. */
    public static final String SETTINGS = "file:" + FILE;

    private Installation() {
    }

    /** Camel, about to start with the routes and settings of this folder. */
    public static Main main() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations(SETTINGS);
        main.configure().setRoutesIncludePattern("file:" + ROUTES + "/*.camel.yaml");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                MountedSecrets.addTo(starting.getCamelContext());
            }
        });
        return main;
    }

    /** What knows the settings, of {@code application.properties}, mounted files and the environment, without starting anything. */
    public static DefaultCamelContext settings() {
        checkReadable();
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setLocation(SETTINGS);
        MountedSecrets.addTo(context);
        return context;
    }

    /** Throws a {@link SettingsException} with every line that keeps Java from reading the settings file. */
    public static void checkReadable() {
        List<Problem> problems = OfflineCheck.unreadable(FILE);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
    }

    /** A check of this folder, with settings as this context knows them. */
    public static OfflineCheck check(CamelContext context) {
        return new OfflineCheck(context, FILE, ROUTES);
    }

    /** A sentence about a setting behind the place from which that comes; one that does not begin with a key as it is. */
    public static String placed(String sentence) {
        if (!sentence.startsWith(Settings.PREFIX) && !sentence.startsWith("camel.")) {
            return sentence;
        }
        try (DefaultCamelContext context = settings()) {
            return OfflineCheck.placed(context, FILE, sentence).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether one of our settings is true. */
    public static boolean isOn(CamelContext context, String key) {
        return setting(context, key).equals("true");
    }

    /** One of our settings by its key without the prefix; "" where it is not set. */
    public static String setting(CamelContext context, String key) {
        return setting(context, key, "");
    }

    /** The same, or something else where it is not set. */
    static String setting(CamelContext context, String key, String otherwise) {
        // Camel loses a backslash in the last two characters
        return context.resolvePropertyPlaceholders("{{" + Settings.PREFIX + key + ":" + otherwise + "}}  ").strip();
    }
}
