package io.github.mparticleintercom.cli;

import io.github.mparticleintercom.dev.DevMode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mparticle-intercom dev}. */
@Command(name = "dev", description = "Run, and take edits of routes/ and application.properties while it runs.")
final class DevCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        Program program = new Program();
        return program.with(DevMode.settings()).with(new DevMode(program.servers())).run();
    }
}
