package io.github.mparticleintercom.cli;

import io.github.mparticleintercom.check.CamelFailure;
import io.github.mparticleintercom.server.HttpServers;
import io.github.mparticleintercom.server.Installation;
import io.github.mparticleintercom.server.RoutesInJmx;
import io.github.mparticleintercom.server.StartCheck;
import io.github.mparticleintercom.server.StartReport;
import io.github.mparticleintercom.server.StopReport;
import io.github.mparticleintercom.settings.SettingsException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListener;
import org.apache.camel.main.MainListenerSupport;

/** The routes and settings of the installation folder, run by Camel until the process is ended. */
final class Program {

    /** What a program exits with when its settings will not do (sysexits.h, EX_CONFIG). */
    private static final int BAD_SETTINGS = 78;
    private static final int NOT_STARTED = 1;

    private final Main main = Installation.main();
    private final HttpServers servers = new HttpServers();
    private final Properties forced = new Properties();

    Program() {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                force(starting.getCamelContext());
            }
        });
        main.addMainListener(new StartCheck());
        main.addMainListener(new RoutesInJmx());
        // before the servers, which wait for callers first
        main.addMainListener(new StopReport());
        main.addMainListener(servers);
        main.addMainListener(new StartReport());
    }

    /** With settings that win over all others, and something that has to be done at certain moments of the program's life. */
    Program with(Map<String, String> settings, MainListener listener) {
        settings.forEach(main::addOverrideProperty);
        forced.putAll(settings);
        main.addMainListener(listener);
        return this;
    }

    /** Camel puts the environment above its own override properties. */
    private void force(CamelContext context) {
        if (!context.resolvePropertyPlaceholders("{{camel.management.enabled:false}}").strip().equals("true")) {
            // the port of the intake is not for them
            forced.setProperty("mparticle-intercom.api.enabled", "false");
            forced.setProperty("mparticle-intercom.console.enabled", "false");
        }
        context.getPropertiesComponent().setLocalProperties(forced);
    }

    /** The HTTP servers that it runs. */
    HttpServers servers() {
        return servers;
    }

    /** Runs it; returns the exit code. */
    int run() {
        try {
            Installation.checkReadable();
            main.run(new String[0]);
            return main.getExitCode();
        } catch (Exception e) {
            return report(e);
        }
    }

    /** A setting at fault is reported in its sentence; a failure of another kind keeps its whole story. */
    private static int report(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException) {
                return report(Installation.placed(cause.getMessage()));
            }
        }
        if (CamelFailure.isOfRoute(failure)) {
            return report(CamelFailure.problem(failure, Installation.ROUTES).toString());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PropertyBindingException binding && binding.getOptionKey() != null) {
                // without its value, which may be a secret
                String prefix = Objects.requireNonNullElse(binding.getOptionPrefix(), "camel").replaceFirst("\\.$", "");
                return report(Installation.placed(prefix + "." + binding.getOptionKey() + " is no setting of Camel's, or its value does"
                        + " not fit."));
            }
        }
        if (isOfSettings(failure)) {
            // without its message, which may hold a secret
            return report("a setting of Camel's cannot be taken (" + failure.getClass().getSimpleName() + "); the check says what is known.");
        }
        System.err.println("mparticle-intercom did not start:");
        failure.printStackTrace();
        return NOT_STARTED;
    }

    /** Whether Camel failed while it took its settings. */
    private static boolean isOfSettings(Throwable failure) {
        return Stream.of(failure.getStackTrace()).anyMatch(frame -> frame.getClassName().equals(BaseMainSupport.class.getName())
                && frame.getMethodName().startsWith("autoConfiguration"));
    }

    private static int report(String problems) {
        System.err.println("mparticle-intercom did not start:" + (problems.contains("\n") ? "\n" : " ") + problems);
        return BAD_SETTINGS;
    }
}
