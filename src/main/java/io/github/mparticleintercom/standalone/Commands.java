package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.settings.SettingsException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the start script does beside running the routes: each command ends with an exit code. */
final class Commands {

    private static final Map<String, Command> KNOWN =
            Map.of("check", new CheckCommand(), "dead", new DeadCommand(), "preview", new PreviewCommand(), "audit",
                    new AuditCommand());

    private Commands() {
    }

    /** One command. */
    interface Command {

        /**
         * Does it.
         *
         * @param words what follows the command's name
         * @param out   where the answer goes
         * @throws Exception when it fails; a {@link CommandFailure} where a sentence says why
         */
        void run(List<String> words, PrintStream out) throws Exception;
    }

    static boolean knows(String name) {
        return KNOWN.containsKey(name);
    }

    /** Runs the command that the first argument names and returns its exit code. */
    static int run(String... arguments) {
        try {
            KNOWN.get(arguments[0]).run(Arrays.asList(arguments).subList(1, arguments.length), System.out);
            System.out.flush();
            return 0;
        } catch (CommandFailure e) {
            System.err.println(e.getMessage());
            return e.exitCode();
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            return CommandFailure.FAILED;
        } catch (Exception e) {
            System.err.println("It failed: " + e);
            return CommandFailure.FAILED;
        }
    }

    /** A file as the person means it: from the folder in which the command was given, which the start script leaves. */
    static Path file(String name) {
        return Path.of(System.getProperty("mparticle-intercom.from", "")).resolve(name);
    }
}
