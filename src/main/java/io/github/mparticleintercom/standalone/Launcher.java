package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Runs the routes of the folder {@code routes} with the settings of {@code application.properties}, both in the working folder. */
public final class Launcher {

    /** What a program exits with when its settings will not do (sysexits.h, EX_CONFIG). */
    private static final int BAD_SETTINGS = 78;

    private Launcher() {
    }

    /**
     * Runs until the process is ended.
     *
     * @param arguments nothing, {@code demo}, or a command of {@link Commands} with its words
     * @throws Exception when Camel cannot start
     */
    public static void main(String... arguments) throws Exception {
        if (arguments.length > 0 && Commands.knows(arguments[0])) {
            System.exit(Commands.run(arguments));
        }
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:application.properties");
        main.configure().setRoutesIncludePattern("file:routes/*.camel.yaml");
        main.addMainListener(new SettingsCheck());
        main.addMainListener(new StartReport());
        if (arguments.length == 1 && arguments[0].equals("demo")) {
            Demo demo = Demo.create();
            demo.settings().forEach(main::addOverrideProperty);
            main.addMainListener(demo);
        } else if (arguments.length > 0) {
            System.err.println("Unknown: " + String.join(" ", arguments) + ". Known: nothing (run), demo, dead, audit.");
            System.exit(2);
        }
        try {
            main.run(new String[0]);
            System.exit(main.getExitCode());
        } catch (Exception e) {
            System.err.println(sentence(e));
            System.exit(BAD_SETTINGS);
        }
    }

    /** The sentence of a setting at fault; a failure of another kind keeps its whole story. */
    private static String sentence(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException) {
                return "mparticle-intercom did not start: " + cause.getMessage();
            }
        }
        java.io.StringWriter story = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(story));
        return "mparticle-intercom did not start: " + story;
    }

    /** Before anything is made from the settings. */
    private static final class SettingsCheck extends MainListenerSupport {

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            new Settings(key -> context.getPropertiesComponent().resolveProperty(key).orElse("")).check();
            if (resolve(context, "http.enabled").equals("true")) {
                checkPort(resolve(context, "http.host"), Integer.parseInt(resolve(context, "http.port")));
            }
        }

        /** The server would only warn and leave the door shut. */
        private static void checkPort(String host, int port) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(host, port));
            } catch (IOException e) {
                throw new SettingsException("mparticle-intercom.http.port is " + port + ", and " + host + ":" + port
                        + " cannot be opened: " + e.getMessage() + ".");
            }
        }

        private static String resolve(CamelContext context, String key) {
            return context.resolvePropertyPlaceholders("{{mparticle-intercom." + key + ":}}");
        }
    }
}
