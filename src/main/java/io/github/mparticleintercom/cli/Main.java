package io.github.mparticleintercom.cli;

import io.github.mparticleintercom.dev.DevMode;
import io.github.mparticleintercom.server.HeldStart;
import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What the start script runs: the program itself, and the commands beside it. It works in the installation folder. */
@Command(name = "mparticle-intercom", description = "Forwards mParticle's batches to Intercom. Without a command it runs.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {CheckCommand.class, PreviewCommand.class, DeadCommand.class, AuditCommand.class},
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "1:nothing found, or what was checked is not in order",
            "2:wrong options or arguments", "3:failed", "78:did not start, because of the settings or routes"})
public final class Main implements Callable<Integer> {

    private static final String CLASSES = "mparticle-intercom.classes";

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
        Settings.findInEveryLanguage();
        // reading all the commands takes a tenth of a start, which needs none
        int code = arguments.length == 0 ? new Main().call() : commandLine().execute(arguments);
        String classes = System.getProperty(CLASSES);
        if (classes != null) {
            load(Path.of(classes));
        }
        System.exit(code);
    }

    /** Loads what the program will need, named by a list as {@code -XX:DumpLoadedClassList} writes it, for the archive made as Java ends. */
    private static void load(Path classes) {
        try (Stream<String> lines = Files.lines(classes)) {
            lines.filter(line -> Character.isLetter(line.charAt(0))).map(line -> line.split(" ")[0].replace('/', '.')).forEach(name -> {
                try {
                    Class.forName(name, false, Main.class.getClassLoader());
                } catch (ClassNotFoundException | LinkageError e) {
                    // another version of Java has others
                }
            });
        } catch (IOException e) {
            // without the list, the archive holds what the command has used
        }
    }

    /** All commands, with what they say when they fail. */
    static CommandLine commandLine() {
        IExecutionExceptionHandler failed = (failure, command, arguments) -> {
            command.getErr().println(failure instanceof CommandFailure || failure instanceof SettingsException
                    ? failure.getMessage() : "It failed: " + failure);
            return failure instanceof CommandFailure known ? known.exitCode() : CommandFailure.FAILED;
        };
        return new CommandLine(new Main()).setExecutionExceptionHandler(failed);
    }

    @Override
    public Integer call() {
        return run(false);
    }

    @Command(name = "run", description = "Run until the process is ended.")
    private int run(@Option(names = "--hold", description = "Start with intake and delivery shut, to look at dead letters and work on"
            + " them or to preview. Start again without it to go on.") boolean hold) {
        Program program = new Program();
        return hold ? program.with(HeldStart.settings(), new HeldStart()).run() : program.run();
    }

    @Command(name = "demo", description = "Run without an account, with sample batches, and show what is made of them.")
    private int demo(@Option(names = "--once", description = "End after the samples.") boolean once) throws IOException {
        Demo demo = new Demo(once);
        return new Program().with(demo.settings(), demo).run();
    }

    @Command(name = "dev", description = "Run, and take edits of routes/ and application.properties while it runs.")
    private int dev() {
        Program program = new Program();
        return program.with(DevMode.settings(), new DevMode(program.servers())).run();
    }

    @Command(name = "resume", description = "Start delivery again after Intercom refused the credential.")
    private int resume(@Mixin ManagementClient client) throws IOException, InterruptedException {
        client.out().println("Delivery: " + client.post("/delivery/resume", null).path("delivery").asText());
        return 0;
    }

    @Command(name = "generate-completion", description = "Print a completion script for bash and zsh. To use it:"
            + " source <(mparticle-intercom generate-completion)")
    private int generateCompletion() {
        spec.commandLine().getOut().println(AutoComplete.bash(spec.name(), spec.commandLine()));
        return 0;
    }
}
