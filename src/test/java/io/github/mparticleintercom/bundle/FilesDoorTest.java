package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files door, with delivery stopped so that what it queues stays to be seen. Each test has files and batches of its own. */
class FilesDoorTest {

    private static Bundle bundle;
    private static Path inbox;

    @BeforeAll
    static void start() throws Exception {
        bundle = bundle().start();
        bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");
        inbox = bundle.folder().resolve("inbox");
    }

    private static Bundle.Builder bundle() {
        // files are dated back instead of being waited for
        return Bundle.builder().set("files.enabled", "true").set("files.settle-millis", "600000").set("dry-run", "true");
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
    }

    @Test
    void takesAFileOfAnyFormat() throws Exception {
        String batches = Batches.signup("any-1") + "," + Batches.signup("any-2");
        drop("any.json", Batches.signup("any-0"));
        drop("any.array.json", "[" + batches + "]");
        drop("any.ndjson", Batches.signup("any-3") + "\n" + Batches.signup("any-4") + "\n");
        drop("any.json.gz", Post.gzip(Batches.signup("any-5").getBytes(StandardCharsets.UTF_8)));

        for (String name : List.of("any.json", "any.array.json", "any.ndjson", "any.json.gz")) {
            awaitFile(".done/" + name);
        }

        for (int number = 0; number <= 5; number++) {
            assertThat(queued("any-" + number)).hasSize(2);
        }
    }

    @Test
    void takesAFileOfManyPieces() throws Exception {
        drop("pieces.ndjson", String.join("\n", IntStream.range(0, 120).mapToObj(n -> Batches.signup("pieces-" + n)).toList()));

        awaitFile(".done/pieces.ndjson");

        assertThat(bundle.waiting()).extracting(message -> property(message, "batchId"))
                .filteredOn(id -> id.startsWith("pieces-")).hasSize(240);
    }

    @Test
    void parksABadLineAndTakesTheRest() throws Exception {
        drop("line.ndjson", Batches.signup("line-1") + "\n{oops\n" + Batches.signup("line-2") + "\n");

        awaitFile(".done/line.ndjson");

        assertThat(queued("line-1")).hasSize(2);
        assertThat(queued("line-2")).hasSize(2);
        List<Message> parked = bundle.dead().stream().filter(message -> property(message, "source") != null
                && property(message, "source").equals("line.ndjson line 2")).toList();
        assertThat(parked).singleElement().satisfies(message -> {
            assertThat(message.getStringProperty("reason")).isEqualTo("invalid-json");
            assertThat(message.getBody(byte[].class)).isEqualTo("{oops".getBytes(StandardCharsets.UTF_8));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no batch at all", "{\"name\": \"some other JSON\"}"})
    void movesAFileInWhichNothingCanBeRead(String text) throws Exception {
        String name = "nothing-" + text.length();
        drop(name, text);

        awaitFile(".failed/" + name);

        assertThat(inbox.resolve(".failed").resolve(name)).hasContent(text);
        assertThat(Files.readString(inbox.resolve(".failed").resolve(name + ".reason.txt")))
                .matches("(invalid-json|not-a-batch): .+ \\(.+\\)");
    }

    @Test
    void overwritesNoFailedFileAndNoReason() throws Exception {
        // the second would like the name of the first one's reason
        drop("same", "first");
        awaitFile(".failed/same");
        drop("same.reason.txt", "second");
        awaitFile(".failed/same.reason.txt.2");
        drop("same", "third");
        awaitFile(".failed/same.2");

        Path failed = inbox.resolve(".failed");
        assertThat(failed.resolve("same")).hasContent("first");
        assertThat(failed.resolve("same.2")).hasContent("third");
        assertThat(failed.resolve("same.reason.txt.2")).hasContent("second");
        for (String reason : List.of("same.reason.txt", "same.2.reason.txt", "same.reason.txt.2.reason.txt")) {
            assertThat(failed.resolve(reason)).content().contains("(same", " line 1)");
        }
    }

    @Test
    void takesAFileDroppedInTwiceWithoutHarm() throws Exception {
        drop("twice.json", Batches.signup("twice"));
        awaitFile(".done/twice.json");
        drop("twice.json", Batches.signup("twice"));
        awaitFile(".done/twice.json.2");

        assertThat(queued("twice")).hasSize(2);
        assertThat(inbox.resolve(".done/twice.json")).hasContent(Batches.signup("twice"));
    }

    @Test
    void leavesAFileAloneThatIsStillBeingWritten() throws Exception {
        String batch = Batches.signup("slow");
        Path slow = inbox.resolve("slow.json");
        Files.writeString(slow, batch.substring(0, 40));
        drop("quick-1.json", Batches.signup("quick-1"));
        awaitFile(".done/quick-1.json");
        Files.writeString(slow, batch.substring(40), StandardOpenOption.APPEND);
        drop("quick-2.json", Batches.signup("quick-2"));
        awaitFile(".done/quick-2.json");

        assertThat(slow).hasContent(batch);
        assertThat(queued("slow")).isEmpty();

        settle(slow);
        awaitFile(".done/slow.json");
        assertThat(queued("slow")).hasSize(2);
    }

    @Test
    void leavesHiddenAndPartialFilesAlone() throws Exception {
        List<String> names = List.of(".hidden.json", "half.json.part", "half.json.tmp", "half.json.partial",
                "half.json.crdownload", "half.json.filepart");
        for (String name : names) {
            settle(Files.writeString(inbox.resolve(name), Batches.signup("left-alone")));
        }
        drop("beside.json", Batches.signup("beside"));
        awaitFile(".done/beside.json");

        assertThat(names).allMatch(name -> Files.exists(inbox.resolve(name)));
        assertThat(queued("left-alone")).isEmpty();

        Files.move(inbox.resolve("half.json.part"), inbox.resolve("whole.json"));
        awaitFile(".done/whole.json");
        assertThat(queued("left-alone")).hasSize(2);
    }

    @Test
    void takesFilesOfAnyName() throws Exception {
        List<String> names = Stream.of("with space .json", "\"quoted\" 'names'.json", "dots..json", "a..", "-rf",
                "${sys:user.name}.json", "${bean:mparticleFiles?method=none}", "$simple{body}",
                "{{mparticle-intercom.http.port}}.json", "%2e%2e%2fup.json", "RAW(x)&move=up", "new\nline.json",
                "k\u00f6ln-\u041a\u0438\u0457\u0432-\u6771\u4eac.json", "semi;colon|pipe<>*?")
                .filter(FilesDoorTest::isNameHere).toList();
        for (String name : names) {
            drop(name, Batches.signup("name " + name.hashCode()));
        }
        for (String name : names) {
            awaitFile(".done/" + name);
            assertThat(queued("name " + name.hashCode())).as(name).hasSize(2);
        }

        for (String name : names) {
            drop(name, "nothing in it");
        }
        for (String name : names) {
            awaitFile(".failed/" + name);
            assertThat(inbox.resolve(".failed").resolve(name + ".reason.txt")).exists();
        }
    }

    /** Where the locale has plain ASCII only, some names cannot be. */
    private static boolean isNameHere(String name) {
        try {
            Path.of(name);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Test
    void leavesAFileAloneWhoseNameWouldLeadOutOfTheInbox() throws Exception {
        Files.createDirectories(inbox.resolve("folder"));
        Path outside = bundle.folder().resolve("outside.json");
        settle(Files.writeString(outside, Batches.signup("outside")));
        String name = "folder\\..\\..\\outside.json";
        drop(name, Batches.signup("backslash"));
        drop("behind.json", Batches.signup("behind"));
        awaitFile(".done/behind.json");

        assertThat(outside).exists();
        assertThat(inbox.resolve(name)).exists();
        assertThat(queued("outside")).isEmpty();
    }

    @Test
    void readsAFileWhoseReaderWasKilled(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("inbox"));
        settle(Files.writeString(home.resolve("inbox/killed.json"), Batches.signup("killed")));
        Files.createFile(home.resolve("inbox/killed.json.camelLock"));

        try (Bundle next = bundle().in(home).start()) {
            await().until(() -> Files.exists(home.resolve("inbox/.done/killed.json")));
            await().until(() -> Files.notExists(home.resolve("inbox/killed.json.camelLock")));
        }
    }

    @Test
    void goesOnWhereItWasWhenTheBrokerIsBack(@TempDir Path home) throws Exception {
        List<String> lines = new ArrayList<>(IntStream.range(0, 120).mapToObj(n -> Batches.signup("away-" + n)).toList());
        lines.set(10, "bad in the first piece");
        lines.set(60, "bad in the second piece");
        try (ExternalBroker broker = ExternalBroker.start(home.resolve("broker"));
                Bundle remote = bundle().in(home).set("broker.url", broker.url()).start()) {
            remote.context().getRouteController().stopRoute("mparticle-intercom-deliver");
            CountDownLatch triedAgain = new CountDownLatch(1);
            remote.context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
                private boolean away;

                @Override
                public void notify(CamelEvent event) throws Exception {
                    if (!away && event instanceof ExchangeSentEvent sent
                            && sent.getEndpoint().getEndpointUri().equals("direct://mparticle-intercom")) {
                        away = true;
                        broker.goAway();
                    } else if (event instanceof ExchangeRedeliveryEvent) {
                        triedAgain.countDown();
                    }
                }
            });

            settle(Files.writeString(home.resolve("inbox/away.ndjson"), String.join("\n", lines)));
            assertThat(triedAgain.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(home.resolve("inbox/away.ndjson")).exists();
            broker.comeBack();
            await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(home.resolve("inbox/.done/away.ndjson")));

            assertThat(remote.waiting()).extracting(message -> property(message, "stableId"))
                    .doesNotHaveDuplicates().hasSize(2 * 118);
            assertThat(remote.dead()).extracting(message -> property(message, "source"))
                    .containsExactly("away.ndjson line 11", "away.ndjson line 61");
        }
    }

    @Test
    void leavesTheFileInTheInboxWhenItHasToStop(@TempDir Path home) throws Exception {
        Path file = home.resolve("inbox/stopped.json");
        try (ExternalBroker broker = ExternalBroker.start(home.resolve("broker"))) {
            try (Bundle remote = bundle().in(home).set("broker.url", broker.url()).camel("camel.main.shutdown-timeout", "1")
                    .start()) {
                broker.goAway();
                settle(Files.writeString(file, Batches.signup("stopped")));
                await().until(() -> Files.exists(home.resolve("inbox/stopped.json.camelLock")));
            }
            assertThat(file).exists();
            assertThat(home.resolve("inbox/.failed")).doesNotExist();

            broker.comeBack();
            try (Bundle next = bundle().in(home).set("broker.url", broker.url()).start()) {
                await().until(() -> Files.exists(home.resolve("inbox/.done/stopped.json")));
            }
        }
    }

    private static void drop(String name, String text) throws IOException {
        drop(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Under its name at once, as a rename does. */
    private static void drop(String name, byte[] bytes) throws IOException {
        Path elsewhere = Files.createTempFile(bundle.folder(), "drop", null);
        settle(Files.write(elsewhere, bytes));
        Files.move(elsewhere, inbox.resolve(name));
    }

    private static void settle(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS)));
    }

    private static void awaitFile(String place) {
        await().alias(place).until(() -> Files.exists(inbox.resolve(place)));
    }

    /** The stable ids of what waits of a batch. */
    private static List<String> queued(String batch) {
        return bundle.waiting().stream().filter(message -> batch.equals(property(message, "batchId")))
                .map(message -> property(message, "stableId")).toList();
    }

    private static String property(Message message, String name) {
        try {
            return message.getStringProperty(name);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
