package io.github.mparticleintercom.cli;

import io.github.mparticleintercom.check.CamelFailure;
import io.github.mparticleintercom.server.ForcedSettings;
import io.github.mparticleintercom.server.HttpServers;
import io.github.mparticleintercom.server.Installation;
import io.github.mparticleintercom.server.ManagementGuard;
import io.github.mparticleintercom.server.StartCheck;
import io.github.mparticleintercom.server.StartReport;
import io.github.mparticleintercom.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListener;

/** The routes and settings of the installation folder, run by Camel until the process is ended. */
final class Program {

    /** What a program exits with when its settings will not do (sysexits.h, EX_CONFIG). */
    private static final int BAD_SETTINGS = 78;
    private static final int NOT_STARTED = 1;

    private final Main main = Installation.main();
    private final HttpServers servers = new HttpServers();
    private final Map<String, String> forced = new HashMap<>();

    Program() {
        if (!ClientSettings.ofInstallation().get("camel.management.enabled", "false").equals("true")) {
            // the port of the intake is not for them
            forced.put("mparticle-intercom.api.enabled", "false");
            forced.put("mparticle-intercom.console.enabled", "false");
        }
        main.addMainListener(new StartCheck());
        main.addMainListener(servers);
        main.addMainListener(new ManagementGuard());
        main.addMainListener(new StartReport());
    }

    /** Settings that win over all others. */
    Program with(Map<String, String> settings) {
        forced.putAll(settings);
        return this;
    }

    /** Something that has to be done at certain moments of the program's life. */
    Program with(MainListener listener) {
        main.addMainListener(listener);
        return this;
    }

    /** The HTTP servers that it runs. */
    HttpServers servers() {
        return servers;
    }

    /** Runs it; returns the exit code. */
    int run() {
        ForcedSettings.on(main, forced);
        try {
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
                return report(cause.getMessage());
            }
        }
        if (CamelFailure.isOfRoute(failure)) {
            return report(CamelFailure.problem(failure, Installation.ROUTES).toString());
        }
        System.err.println("mparticle-intercom did not start:");
        failure.printStackTrace();
        return NOT_STARTED;
    }

    private static int report(String problems) {
        System.err.println("mparticle-intercom did not start:" + (problems.contains("\n") ? "\n" : " ") + problems);
        return BAD_SETTINGS;
    }
}
