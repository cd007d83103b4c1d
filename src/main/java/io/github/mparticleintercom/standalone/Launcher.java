package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.check.CamelFailure;
import io.github.mparticleintercom.settings.SettingsException;
import org.apache.camel.main.Main;

/** Runs the routes of the folder {@code routes} with the settings of {@code application.properties}, both in the working folder. */
public final class Launcher {

    /** What a program exits with when its settings will not do (sysexits.h, EX_CONFIG). */
    private static final int BAD_SETTINGS = 78;

    private Launcher() {
    }

    /**
     * Runs until the process is ended.
     *
     * @param arguments nothing, {@code demo}, {@code dev}, or a command of {@link Commands} with its words
     * @throws Exception when Camel cannot start
     */
    public static void main(String... arguments) throws Exception {
        if (arguments.length > 0 && Commands.knows(arguments[0])) {
            System.exit(Commands.run(arguments));
        }
        Main main = Home.main();
        main.addMainListener(new StartCheck());
        main.addMainListener(new ConnectionGuard());
        main.addMainListener(new ManagementGuard());
        HttpServerAnswers answers = new HttpServerAnswers();
        main.addMainListener(answers);
        main.addMainListener(new StartReport());
        if (arguments.length == 1 && arguments[0].equals("demo")) {
            Demo demo = Demo.create();
            ForcedSettings.on(main, demo.settings());
            main.addMainListener(demo);
        } else if (arguments.length == 1 && arguments[0].equals("dev")) {
            ForcedSettings.on(main, DevMode.settings());
            main.addMainListener(new DevMode(answers));
        } else if (arguments.length > 0) {
            System.err.println("Unknown: " + String.join(" ", arguments)
                    + ". Known: nothing (run), demo, dev, check, preview, dead, audit.");
            System.exit(2);
        }
        try {
            main.run(new String[0]);
            System.exit(main.getExitCode());
        } catch (Exception e) {
            System.exit(tell(e));
        }
    }

    /** A setting at fault is told in its sentence; a failure of another kind keeps its whole story. */
    private static int tell(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException) {
                return tell(cause.getMessage());
            }
        }
        if (CamelFailure.isOfRoute(failure)) {
            return tell(CamelFailure.problem(failure, Home.ROUTES).toString());
        }
        System.err.println("mparticle-intercom did not start:");
        failure.printStackTrace();
        return 1;
    }

    private static int tell(String problems) {
        System.err.println("mparticle-intercom did not start:" + (problems.contains("\n") ? "\n" : " ") + problems);
        return BAD_SETTINGS;
    }
}
