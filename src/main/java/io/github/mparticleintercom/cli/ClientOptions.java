package io.github.mparticleintercom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has that calls the running program. */
final class ClientOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--url", paramLabel = "URL", description = "Where its management API is. By default the settings say it, and"
            + " the authorization in any case.")
    private String url;

    /** The running program. */
    ManagementClient client() {
        return ManagementClient.of(url, ClientSettings.ofInstallation());
    }

    /** Where the answer goes. */
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** A file as the person means it: from the folder in which the command was given, which the start script leaves. */
    static Path file(String name) {
        return Path.of(System.getProperty("mparticle-intercom.from", "")).resolve(name);
    }

    /**
     * What is in such a file.
     *
     * @throws CommandFailure when it cannot be read
     */
    static byte[] read(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, "Cannot read " + file(name));
        }
    }
}
