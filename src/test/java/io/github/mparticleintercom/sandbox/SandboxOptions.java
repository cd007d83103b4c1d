package io.github.mparticleintercom.sandbox;

import java.time.Duration;

/** Turns the command line into a configuration; every option takes a value. */
final class SandboxOptions {

    static final String USAGE = "Options: --port N  --token TOKEN  --limit N  --window-millis N"
            + "  --latency-millis N  --app-id ID  --region US|EU|AU";

    private SandboxOptions() {
    }

    /** Applies the options; throws IllegalArgumentException with a message for the user. */
    static SandboxConfigBuilder parse(String... args) {
        SandboxConfigBuilder config = SandboxConfig.builder();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            apply(config, args[i], args[i + 1]);
        }
        return config;
    }

    private static void apply(SandboxConfigBuilder config, String name, String value) {
        switch (name) {
            case "--port" -> config.port(number(name, value));
            case "--token" -> config.token(value, "command-line");
            case "--limit" -> config.rateLimit(number(name, value));
            case "--window-millis" -> config.rateWindow(Duration.ofMillis(Math.max(1, number(name, value))));
            case "--latency-millis" -> config.latency(Duration.ofMillis(number(name, value)));
            case "--app-id" -> config.appId(value);
            case "--region" -> config.region(value);
            default -> throw new IllegalArgumentException("Unknown option " + name);
        }
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + " needs a number, not " + value, notANumber);
        }
    }
}
