package io.github.mparticleintercom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mparticle-intercom demo}. */
@Command(name = "demo", description = "Run without an account, with sample batches, and show what is made of them.")
final class DemoCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        Demo demo = Demo.create();
        return new Program().with(demo.settings()).with(demo).run();
    }
}
