package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may drop files into the inbox reaches nothing beside it, and blocks nobody. */
class HostileFilesTest {

    private Bundle bundle;
    private Path inbox;

    @BeforeEach
    void start() throws Exception {
        bundle = Bundle.builder().set("files.enabled", "true").set("files.settle-millis", "600000").set("dry-run", "true").start();
        bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");
        inbox = bundle.folder().resolve("inbox");
        Files.createDirectories(inbox);
    }

    @AfterEach
    void stop() throws IOException {
        bundle.close();
    }

    @Test
    void leavesAloneWhatIsNoFileOfItsOwn() throws Exception {
        Path outside = Files.createDirectory(bundle.folder().resolve("outside"));
        settle(Files.writeString(outside.resolve("secret.json"), Batches.signup("outside")));
        Files.createSymbolicLink(inbox.resolve("link.json"), outside.resolve("secret.json"));
        Files.createSymbolicLink(inbox.resolve("folder"), outside);
        Files.createSymbolicLink(inbox.resolve("nowhere.json"), outside.resolve("nothing.json"));
        run("mkfifo", inbox.resolve("pipe.json").toString());
        run("touch", "-t", "202001010000", inbox.resolve("pipe.json").toString());

        drop("behind.json", Batches.signup("behind"));
        awaitFile(".done/behind.json");

        try (Stream<Path> left = Files.list(inbox)) {
            assertThat(left.map(path -> path.getFileName().toString()).filter(name -> !name.endsWith(".camelLock")))
                    .containsExactlyInAnyOrder("link.json", "folder", "nowhere.json", "pipe.json", ".done");
        }
        assertThat(queued()).containsOnly("behind");
        assertThat(bundle.dead()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".done", ".failed"})
    void movesNothingThroughALink(String place) throws Exception {
        Path outside = Files.createDirectory(bundle.folder().resolve("outside"));
        Files.createSymbolicLink(inbox.resolve(place), outside);
        CountDownLatch tried = new CountDownLatch(2);
        bundle.context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeFailedEvent || event instanceof CamelEvent.ExchangeCompletedEvent) {
                    tried.countDown();
                }
            }
        });
        drop("good.json", Batches.signup("good"));
        drop("bad.json", "nothing in it");

        assertThat(tried.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(outside).isEmptyDirectory();
        assertThat(queued()).isEmpty();
        Files.delete(inbox.resolve(place));
        awaitFile(".done/good.json");
        awaitFile(".failed/bad.json");
    }

    @Test
    void takesALongNameAndLeavesALongerOneAlone() throws Exception {
        String longest = "\u6771".repeat(78) + "n";
        String longer = longest + "n";
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(235);
        drop(longer, Batches.signup("longer"));
        drop("n".repeat(255), Batches.signup("longer"));
        drop(longest, Batches.signup("longest"));
        awaitFile(".done/" + longest);
        drop(longest, Batches.signup("longest"));
        awaitFile(".done/" + longest + ".2");
        drop(longest, "nothing in it");
        awaitFile(".failed/" + longest + ".reason.txt");
        drop(longest, "nothing in it");
        awaitFile(".failed/" + longest + ".2.reason.txt");

        assertThat(inbox.resolve(longer)).exists();
        assertThat(inbox.resolve("n".repeat(255))).exists();
        assertThat(queued()).containsOnly("longest");
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private void awaitFile(String place) {
        await().alias(place).until(() -> Files.exists(inbox.resolve(place)));
    }

    /** The batches of which something waits. */
    private List<String> queued() {
        return bundle.waiting().stream().map(message -> property(message, "batchId")).distinct().toList();
    }

    private void drop(String name, String text) throws IOException {
        Path elsewhere = Files.createTempFile(bundle.folder(), "drop", null);
        settle(Files.writeString(elsewhere, text));
        Files.move(elsewhere, inbox.resolve(name));
    }

    private static void settle(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS)));
    }

    private static String property(Message message, String name) {
        try {
            return message.getStringProperty(name);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
