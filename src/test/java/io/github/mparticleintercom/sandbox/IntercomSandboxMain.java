package io.github.mparticleintercom.sandbox;

import java.io.PrintStream;

/** Runs a sandbox on its own, with control by HTTP under {@code /_sandbox/}. */
public final class IntercomSandboxMain {

    private IntercomSandboxMain() {
    }

    /** Starts the sandbox and leaves it running until the process is ended. */
    public static void main(String[] args) {
        try {
            IntercomSandbox sandbox = run(System.out, args);
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        } catch (IllegalArgumentException badOption) {
            System.err.println(badOption.getMessage());
            System.err.println(SandboxOptions.USAGE);
            System.exit(2);
        } catch (IllegalStateException notStarted) {
            System.err.println(notStarted.getMessage());
            System.exit(1);
        }
    }

    static IntercomSandbox run(PrintStream out, String... args) {
        IntercomSandbox sandbox = IntercomSandbox.start(SandboxOptions.parse(args)
                .control(true)
                .onAnswered(request -> out.println(line(request)))
                .build());
        out.println("Intercom sandbox at " + sandbox.baseUrl());
        return sandbox;
    }

    private static String line(RecordedRequest request) {
        String status = request.status() == RecordedRequest.DROPPED ? "dropped" : String.valueOf(request.status());
        return request.method() + " " + request.path() + " " + status;
    }
}
