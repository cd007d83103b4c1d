package io.github.mparticleintercom.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mparticle-intercom generate-completion}. */
@Command(name = "generate-completion", description = "Print a completion script for bash and zsh. To use it:"
        + " source <(mparticle-intercom generate-completion)")
final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        CommandSpec root = command.root();
        command.commandLine().getOut().println(AutoComplete.bash(root.name(), root.commandLine()));
    }
}
