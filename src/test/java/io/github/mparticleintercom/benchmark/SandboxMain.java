package io.github.mparticleintercom.benchmark;

import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** The sandbox with an allowance that no one uses up, for {@link SandboxProcess}. */
public final class SandboxMain {

    static final String TOKEN = "benchmark-token";
    private static final int CALLS_PER_WINDOW = 1_000_000;
    private static final int REQUESTS_KEPT = 1000;

    private SandboxMain() {
    }

    /**
     * Prints its address, answers every line of input with the number of events and of other calls that it has had, and ends with
     * its input.
     *
     * @param arguments none
     * @throws IOException when there is no input to read
     */
    public static void main(String... arguments) throws IOException {
        AtomicLong events = new AtomicLong();
        AtomicLong others = new AtomicLong();
        IntercomSandbox sandbox = IntercomSandbox.start(SandboxConfig.builder().rateLimit(CALLS_PER_WINDOW)
                .token(TOKEN, "benchmark").maxRecordedRequests(REQUESTS_KEPT)
                .onAnswered(call -> (call.kind() == CallKind.EVENT ? events : others).incrementAndGet()).build());
        System.out.println(sandbox.baseUrl());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (input.readLine() != null) {
            System.out.println(events + " " + others);
        }
        sandbox.close();
    }
}
