package io.github.mparticleintercom.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mparticle-intercom resume}. */
@Command(name = "resume", description = "Start delivery again after Intercom refused the credential.")
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private ClientOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.out().println("Delivery: " + options.client().post("/delivery/resume", null).path("delivery").asText());
        return 0;
    }
}
