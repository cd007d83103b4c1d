package io.github.mparticleintercom.bundle;

import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A bundle with its files intake open, and with delivery stopped so that what it queues stays to be seen.
 *
 * @param bundle the bundle
 * @param path   its inbox
 */
record OpenInbox(Bundle bundle, Path path) implements AutoCloseable {

    /** Starts the bundle. */
    static OpenInbox start() throws Exception {
        Bundle bundle = settings().start();
        bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");
        return new OpenInbox(bundle, Files.createDirectories(bundle.folder().resolve("inbox")));
    }

    /** What such a bundle is set to. */
    static Bundle.Builder settings() {
        // files are dated back instead of being waited for
        return Bundle.builder().set("files.enabled", "true").set("files.settle-millis", "600000").set("dry-run", "true");
    }

    void drop(String name, String text) throws IOException {
        drop(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Under its name at once, as a rename does. */
    void drop(String name, byte[] bytes) throws IOException {
        Path elsewhere = Files.createTempFile(bundle.folder(), "drop", null);
        settle(Files.write(elsewhere, bytes));
        Files.move(elsewhere, path.resolve(name));
    }

    /** Dates a file back. */
    static void settle(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS)));
    }

    void awaitFile(String place) {
        await().alias(place).until(() -> Files.exists(path.resolve(place)));
    }

    static String property(Message message, String name) {
        try {
            return message.getStringProperty(name);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        bundle.close();
    }
}
