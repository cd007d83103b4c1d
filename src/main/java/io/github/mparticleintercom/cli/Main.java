package io.github.mparticleintercom.cli;

import io.github.mparticleintercom.settings.EnvironmentVariables;
import io.github.mparticleintercom.settings.SettingsException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What the start script runs: the program itself, and the commands beside it. It works in the installation folder. */
@Command(name = "mparticle-intercom", description = "Forwards mParticle's batches to Intercom. Without a command it runs.",
        synopsisSubcommandLabel = "[COMMAND]", subcommands = {RunCommand.class, DemoCommand.class, DevCommand.class,
            CheckCommand.class, PreviewCommand.class, DeadCommand.class, ResumeCommand.class, AuditCommand.class,
            CompletionCommand.class},
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "1:nothing found, or what was checked is not in order",
            "2:wrong options or arguments", "3:failed", "78:did not start, because of the settings or routes"})
public final class Main implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show what it takes and end.")
    private boolean help;

    /**
     * Runs the command that the arguments name, and ends the process with its exit code.
     *
     * @param arguments a command with its options and arguments; nothing to run
     */
    public static void main(String... arguments) {
        EnvironmentVariables.findInEveryLanguage();
        System.exit(commandLine().execute(arguments));
    }

    /** All commands, with what they say when they fail. */
    static CommandLine commandLine() {
        IExecutionExceptionHandler failed = (failure, command, arguments) -> {
            if (failure instanceof CommandFailure || failure instanceof SettingsException) {
                command.getErr().println(failure.getMessage());
            } else {
                command.getErr().println("It failed: " + failure);
            }
            return failure instanceof CommandFailure known ? known.exitCode() : CommandFailure.FAILED;
        };
        return new CommandLine(new Main()).setExecutionExceptionHandler(failed);
    }

    @Override
    public Integer call() {
        return spec.subcommands().get("run").execute();
    }
}
