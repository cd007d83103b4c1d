package io.github.mparticleintercom.benchmark;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The sandbox in a process of its own, so that what it takes of the machine is not the bundle's. */
final class SandboxProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final OutputStream questions;
    private final String url;

    private SandboxProcess(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader();
        this.questions = process.getOutputStream();
        this.url = answers.readLine();
    }

    static SandboxProcess start() throws IOException {
        // surefire keeps the true class path to itself
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new SandboxProcess(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", classPath, SandboxMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    String url() {
        return url;
    }

    /** Where it takes events. */
    URI eventsUrl() {
        return URI.create(url + "/events");
    }

    /** How many events it has had. */
    long events() {
        return count(0);
    }

    /** How many other calls it has had: contacts, and those of the health check. */
    long others() {
        return count(1);
    }

    private long count(int index) {
        try {
            questions.write('\n');
            questions.flush();
            return Long.parseLong(answers.readLine().split(" ")[index]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has had so many events. */
    void awaitEvents(long count, Duration atMost) {
        await().pollInterval(Duration.ofMillis(20)).atMost(atMost).until(() -> events() >= count);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
