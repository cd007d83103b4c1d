package io.github.mparticleintercom.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One command of the start script, run to its end.
 *
 * @param exitCode what it ended with
 * @param output   what it printed
 * @param errors   what it printed to standard error
 */
record Command(int exitCode, String output, String errors) {

    /** Runs it from this folder, whose data it uses. */
    static Command run(Path folder, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        return run(BundleProcess.SCRIPT, folder, environment, words);
    }

    /** The same with a script of another place. */
    static Command run(Path script, Path folder, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "command", ".out");
        Path errors = Files.createTempFile(folder, "command", ".err");
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(BundleProcess.environment(folder));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("It did not end: " + command);
        }
        return new Command(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
