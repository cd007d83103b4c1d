package io.github.mparticleintercom.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Prints one table of all scenarios behind the last of them, and says how much of each to do: a part of it in every build, all of it
 * with {@code mvn -B verify -Pfaults}.
 */
public final class Faults implements BeforeAllCallback {

    private static final boolean WHOLE = Boolean.getBoolean("faults.whole");
    private static final List<String> ROWS = new ArrayList<>();
    private static final String ROW = "| %-66s | %8s | %9s | %13s | %4s | %12s | %10s |%n";

    /** How often or how many: the first number in every build, the second in the whole suite. */
    public static int times(int bounded, int whole) {
        return WHOLE ? whole : bounded;
    }

    /** Adds a row to the table, and checks it. */
    public static synchronized void report(String scenario, Counts counts) {
        ROWS.add(ROW.formatted(scenario, counts.accepted(), counts.delivered(), counts.deadLettered(), counts.lost(), counts.outOfOrder(),
                counts.duplicates()));
        counts.assertKept();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!WHOLE) {
            return;
        }
        context.getRoot().getStore(ExtensionContext.Namespace.create(Faults.class))
                .getOrComputeIfAbsent("table", key -> (ExtensionContext.Store.CloseableResource) Faults::print);
    }

    private static synchronized void print() throws IOException {
        StringBuilder table = new StringBuilder(ROW.formatted("scenario", "accepted", "delivered", "dead-lettered", "lost",
                "out of order", "duplicates"));
        table.append(ROW.formatted("-".repeat(66), "-".repeat(7) + ":", "-".repeat(8) + ":", "-".repeat(12) + ":", "-".repeat(3) + ":",
                "-".repeat(11) + ":", "-".repeat(9) + ":"));
        ROWS.forEach(table::append);
        System.out.println(table);
        Files.writeString(Path.of("target", "faults.md"), table);
    }
}
