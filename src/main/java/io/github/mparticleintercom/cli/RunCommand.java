package io.github.mparticleintercom.cli;

import io.github.mparticleintercom.server.HeldStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mparticle-intercom run}, which is also what happens without a command. */
@Command(name = "run", description = "Run until the process is ended.")
final class RunCommand implements Callable<Integer> {

    @Option(names = "--hold", description = "Start with intake and delivery shut, to look at dead letters and work on them"
            + " or to preview. Start again without it to go on.")
    private boolean hold;

    @Override
    public Integer call() throws Exception {
        Program program = new Program();
        if (hold) {
            program.with(HeldStart.settings()).with(new HeldStart());
        }
        return program.run();
    }
}
