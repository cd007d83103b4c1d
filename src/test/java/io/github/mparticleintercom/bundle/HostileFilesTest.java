package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may drop files into the inbox reaches nothing beside it, and blocks nobody. */
class HostileFilesTest {

    private static OpenInbox open;
    private static Bundle bundle;
    private static Path inbox;

    @TempDir
    private Path outside;

    @BeforeAll
    static void start() throws Exception {
        open = OpenInbox.start();
        bundle = open.bundle();
        inbox = open.path();
    }

    @AfterAll
    static void stop() throws IOException {
        open.close();
    }

    @Test
    void leavesAloneWhatIsNoFileOfItsOwn() throws Exception {
        OpenInbox.settle(Files.writeString(outside.resolve("secret.json"), Batches.signup("outside")));
        Files.createSymbolicLink(inbox.resolve("link.json"), outside.resolve("secret.json"));
        Files.createSymbolicLink(inbox.resolve("folder"), outside);
        Files.createSymbolicLink(inbox.resolve("nowhere.json"), outside.resolve("nothing.json"));
        run("mkfifo", inbox.resolve("pipe.json").toString());
        run("touch", "-t", "202001010000", inbox.resolve("pipe.json").toString());

        // a name that is not UTF-8
        run("sh", "-c", "printf x > \"$0/$(printf 'caf\\351.json')\" && touch -t 202001010000 \"$0\"/caf*", inbox.toString());

        try (AuditLines log = new AuditLines("mparticle-intercom.files")) {
            open.drop("behind.json", Batches.signup("behind"));
            open.awaitFile(".done/behind.json");
            assertThat(log.texts()).anyMatch(line -> line.endsWith(".json: left alone, its name is not UTF-8"));
        }
        try (Stream<Path> left = Files.list(inbox)) {
            assertThat(left.map(path -> path.getFileName().toString())).contains("link.json", "folder", "nowhere.json", "pipe.json");
        }
        assertThat(queued()).contains("behind").doesNotContain("outside");
        assertThat(bundle.dead()).isEmpty();
        assertThat(outside.resolve("secret.json")).exists();
        for (String name : List.of("link.json", "folder", "nowhere.json", "pipe.json")) {
            Files.delete(inbox.resolve(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".done", ".failed"})
    void movesNothingThroughALink(String place) throws Exception {
        if (Files.exists(inbox.resolve(place))) {
            Files.move(inbox.resolve(place), inbox.resolve(place + "-before"));
        }
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
        open.drop("good" + place, Batches.signup("good" + place));
        open.drop("bad" + place, "nothing in it");

        assertThat(tried.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(outside).isEmptyDirectory();
        assertThat(queued()).doesNotContain("good" + place);
        Files.delete(inbox.resolve(place));
        open.awaitFile(".done/good" + place);
        open.awaitFile(".failed/bad" + place);
    }

    @Test
    void takesALongNameAndLeavesALongerOneAlone() throws Exception {
        String longest = "\u6771".repeat(78) + "n";
        String longer = longest + "n";
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(235);
        open.drop(longer, Batches.signup("longer"));
        open.drop("n".repeat(255), Batches.signup("longer"));
        open.drop(longest, Batches.signup("longest"));
        open.awaitFile(".done/" + longest);
        open.drop(longest, Batches.signup("longest"));
        open.awaitFile(".done/" + longest + ".2");
        open.drop(longest, "nothing in it");
        open.awaitFile(".failed/" + longest + ".reason.txt");
        open.drop(longest, "nothing in it");
        open.awaitFile(".failed/" + longest + ".2.reason.txt");

        assertThat(inbox.resolve(longer)).exists();
        assertThat(inbox.resolve("n".repeat(255))).exists();
        assertThat(queued()).contains("longest").doesNotContain("longer");
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    /** The batches of which something waits. */
    private List<String> queued() {
        return bundle.waiting().stream().map(message -> OpenInbox.property(message, "batchId")).distinct().toList();
    }
}
