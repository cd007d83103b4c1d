package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

/** The files intake, with delivery stopped so that what it queues stays to be seen. Each test has files and batches of its own. */
class FilesIntakeTest {

    private static OpenInbox open;
    private static Bundle bundle;
    private static Path inbox;

    @BeforeAll
    static void start() throws Exception {
        open = OpenInbox.start();
        bundle = open.bundle();
        inbox = open.path();
    }

    @AfterAll
    static void stop() throws Exception {
        open.close();
    }

    @Test
    void takesAFileOfAnyFormat() throws Exception {
        String batches = Batches.signup("any-1") + "," + Batches.signup("any-2");
        open.drop("any.json", Batches.signup("any-0"));
        open.drop("any.array.json", "[" + batches + "]");
        open.drop("any.ndjson", Batches.signup("any-3") + "\n" + Batches.signup("any-4") + "\n");
        open.drop("any.json.gz", Post.gzip(Batches.signup("any-5").getBytes(StandardCharsets.UTF_8)));

        for (String name : List.of("any.json", "any.array.json", "any.ndjson", "any.json.gz")) {
            open.awaitFile(".done/" + name);
        }

        for (int number = 0; number <= 5; number++) {
            assertThat(queued("any-" + number)).hasSize(2);
        }
    }

    @Test
    void takesAFileOfManyPieces() throws Exception {
        open.drop("pieces.ndjson", String.join("\n", IntStream.range(0, 120).mapToObj(n -> Batches.signup("pieces-" + n)).toList()));

        open.awaitFile(".done/pieces.ndjson");

        assertThat(bundle.waiting()).extracting(message -> OpenInbox.property(message, "batchId"))
                .filteredOn(id -> id.startsWith("pieces-")).hasSize(240);
    }

    @Test
    void deadLettersABadLineAndTakesTheRest() throws Exception {
        open.drop("line.ndjson", Batches.signup("line-1") + "\n{oops\n" + Batches.signup("line-2") + "\n");

        open.awaitFile(".done/line.ndjson");

        assertThat(queued("line-1")).hasSize(2);
        assertThat(queued("line-2")).hasSize(2);
        List<Message> deadLettered = bundle.dead().stream().filter(message -> OpenInbox.property(message, "source") != null
                && OpenInbox.property(message, "source").equals("line.ndjson line 2")).toList();
        assertThat(deadLettered).singleElement().satisfies(message -> {
            assertThat(message.getStringProperty("reason")).isEqualTo("invalid-json");
            assertThat(message.getBody(byte[].class)).isEqualTo("{oops".getBytes(StandardCharsets.UTF_8));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"part.json.gz", "part.json"})
    void keepsAFileWhoseRestCannotBeReadForSomebodyToLookAt(String name) throws Exception {
        String lines = IntStream.range(0, 500).mapToObj(n -> Batches.signup(name + "-" + n + "-" + Math.pow(n, 3)))
                .collect(Collectors.joining(",\n", "[", "]"));
        byte[] whole = name.endsWith(".gz") ? Post.gzip(lines.getBytes(StandardCharsets.UTF_8)) : lines.getBytes(StandardCharsets.UTF_8);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        OpenInbox.settle(Files.write(inbox.resolve(name), half));

        open.awaitFile(".failed/" + name);

        assertThat(inbox.resolve(".failed").resolve(name)).hasBinaryContent(half);
        assertThat(inbox.resolve(".done").resolve(name)).doesNotExist();
        assertThat(Files.readString(inbox.resolve(".failed").resolve(name + ".reason.txt"))).startsWith("invalid-json: ")
                .contains("The rest of " + name, "what stands before it was taken");
        assertThat(queued(name + "-0-0.0")).hasSize(2);
        assertThat(queued(name + "-499-" + Math.pow(499, 3))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no batch at all", "{\"name\": \"some other JSON\"}"})
    void movesAFileInWhichNothingCanBeRead(String text) throws Exception {
        String name = "nothing-" + text.length();
        open.drop(name, text);

        open.awaitFile(".failed/" + name);

        assertThat(inbox.resolve(".failed").resolve(name)).hasContent(text);
        assertThat(Files.readString(inbox.resolve(".failed").resolve(name + ".reason.txt")))
                .matches("(invalid-json|not-a-batch): .+ \\(.+\\)");
    }

    @Test
    void overwritesNoFailedFileAndNoReason() throws Exception {
        // the second would like the name of the first one's reason
        open.drop("same", "first");
        open.awaitFile(".failed/same");
        open.drop("same.reason.txt", "second");
        open.awaitFile(".failed/same.reason.txt.2");
        open.drop("same", "third");
        open.awaitFile(".failed/same.2");

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
        open.drop("twice.json", Batches.signup("twice"));
        open.awaitFile(".done/twice.json");
        open.drop("twice.json", Batches.signup("twice"));
        open.awaitFile(".done/twice.json.2");

        assertThat(queued("twice")).hasSize(2);
        assertThat(inbox.resolve(".done/twice.json")).hasContent(Batches.signup("twice"));
    }

    @Test
    void leavesAFileAloneThatIsStillBeingWritten() throws Exception {
        String batch = Batches.signup("slow");
        Path slow = inbox.resolve("slow.json");
        Files.writeString(slow, batch.substring(0, 40));
        open.drop("quick-1.json", Batches.signup("quick-1"));
        open.awaitFile(".done/quick-1.json");
        Files.writeString(slow, batch.substring(40), StandardOpenOption.APPEND);
        open.drop("quick-2.json", Batches.signup("quick-2"));
        open.awaitFile(".done/quick-2.json");

        assertThat(slow).hasContent(batch);
        assertThat(queued("slow")).isEmpty();

        OpenInbox.settle(slow);
        open.awaitFile(".done/slow.json");
        assertThat(queued("slow")).hasSize(2);
    }

    @Test
    void readsFoldersOfTheInboxWhereThatIsSet() throws Exception {
        Path date = Files.createDirectories(inbox.resolve("2026/11/26"));
        OpenInbox.settle(Files.writeString(date.resolve("hour.json"), Batches.signup("dated")));
        open.drop("beside-folders.json", Batches.signup("beside-folders"));
        open.awaitFile(".done/beside-folders.json");
        assertThat(date.resolve("hour.json")).exists();

        try (Bundle bundle = OpenInbox.settings().set("files.subfolders", "true").set("files.inbox", inbox.toString()).start()) {
            OpenInbox.settle(Files.writeString(date.resolve("bad.json"), "no json"));
            open.awaitFile(".done/2026/11/26/hour.json");
            open.awaitFile(".failed/2026/11/26/bad.json");
            assertThat(inbox.resolve(".failed/2026/11/26/bad.json.reason.txt")).exists();
        }
    }

    @Test
    void leavesHiddenAndPartialFilesAlone() throws Exception {
        List<String> names = List.of(".hidden.json", "half.json.part", "half.json.tmp", "half.json.partial",
                "half.json.crdownload", "half.json.filepart");
        for (String name : names) {
            OpenInbox.settle(Files.writeString(inbox.resolve(name), Batches.signup("left-alone")));
        }
        open.drop("beside.json", Batches.signup("beside"));
        open.awaitFile(".done/beside.json");

        assertThat(names).allMatch(name -> Files.exists(inbox.resolve(name)));
        assertThat(queued("left-alone")).isEmpty();

        Files.move(inbox.resolve("half.json.part"), inbox.resolve("whole.json"));
        open.awaitFile(".done/whole.json");
        assertThat(queued("left-alone")).hasSize(2);
    }

    @Test
    void takesFilesOfAnyName() throws Exception {
        List<String> names = Stream.of("with space .json", "\"quoted\" 'names'.json", "dots..json", "a..", "-rf",
                "${sys:user.name}.json", "${bean:mparticleFiles?method=none}", "$simple{body}",
                "{{mparticle-intercom.http.port}}.json", "%2e%2e%2fup.json", "RAW(x)&move=up", "new\nline.json",
                "k\u00f6ln-\u041a\u0438\u0457\u0432-\u6771\u4eac.json", "semi;colon|pipe<>*?")
                .filter(FilesIntakeTest::isNameHere).toList();
        for (String name : names) {
            open.drop(name, Batches.signup("name " + name.hashCode()));
        }
        for (String name : names) {
            open.awaitFile(".done/" + name);
            assertThat(queued("name " + name.hashCode())).as(name).hasSize(2);
        }

        for (String name : names) {
            open.drop(name, "nothing in it");
        }
        for (String name : names) {
            open.awaitFile(".failed/" + name);
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
        OpenInbox.settle(Files.writeString(outside, Batches.signup("outside")));
        String name = "folder\\..\\..\\outside.json";
        open.drop(name, Batches.signup("backslash"));
        open.drop("behind.json", Batches.signup("behind"));
        open.awaitFile(".done/behind.json");

        assertThat(outside).exists();
        assertThat(inbox.resolve(name)).exists();
        assertThat(queued("outside")).isEmpty();
    }

    @Test
    void readsAFileWhoseReaderWasKilled(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("inbox"));
        OpenInbox.settle(Files.writeString(home.resolve("inbox/killed.json"), Batches.signup("killed")));
        Files.createFile(home.resolve("inbox/killed.json.camelLock"));

        try (Bundle next = OpenInbox.settings().in(home).start()) {
            await().until(() -> Files.exists(home.resolve("inbox/.done/killed.json")));
            await().until(() -> Files.notExists(home.resolve("inbox/killed.json.camelLock")));
        }
    }

    @Test
    void goesOnWhereItWasWhenTheBrokerIsBack(@TempDir Path home) throws Exception {
        List<String> lines = new ArrayList<>(IntStream.range(0, 120).mapToObj(n -> Batches.signup("outage-" + n)).toList());
        lines.set(10, "bad in the first piece");
        lines.set(60, "bad in the second piece");
        try (ExternalBroker broker = ExternalBroker.start(home.resolve("broker"));
                Bundle remote = OpenInbox.settings().in(home).set("broker.url", broker.url()).start()) {
            remote.context().getRouteController().stopRoute("mparticle-intercom-deliver");
            CountDownLatch triedAgain = new CountDownLatch(1);
            remote.context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
                private boolean unavailable;

                @Override
                public void notify(CamelEvent event) throws Exception {
                    if (!unavailable && event instanceof ExchangeSentEvent sent
                            && sent.getEndpoint().getEndpointUri().equals("direct://mparticle-intercom")) {
                        unavailable = true;
                        broker.becomeUnavailable();
                    } else if (event instanceof ExchangeRedeliveryEvent) {
                        triedAgain.countDown();
                    }
                }
            });

            OpenInbox.settle(Files.writeString(home.resolve("inbox/outage.ndjson"), String.join("\n", lines)));
            assertThat(triedAgain.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(home.resolve("inbox/outage.ndjson")).exists();
            broker.comeBack();
            await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(home.resolve("inbox/.done/outage.ndjson")));

            assertThat(remote.waiting()).extracting(message -> OpenInbox.property(message, "stableId"))
                    .doesNotHaveDuplicates().hasSize(2 * 118);
            assertThat(remote.dead()).extracting(message -> OpenInbox.property(message, "source"))
                    .containsExactly("outage.ndjson line 11", "outage.ndjson line 61");
        }
    }

    @Test
    void leavesTheFileInTheInboxWhenItHasToStop(@TempDir Path home) throws Exception {
        Path file = home.resolve("inbox/stopped.json");
        try (ExternalBroker broker = ExternalBroker.start(home.resolve("broker"))) {
            try (Bundle remote = OpenInbox.settings().in(home).set("broker.url", broker.url()).camel("camel.main.shutdown-timeout", "1")
                    .start()) {
                broker.becomeUnavailable();
                OpenInbox.settle(Files.writeString(file, Batches.signup("stopped")));
                await().until(() -> Files.exists(home.resolve("inbox/stopped.json.camelLock")));
            }
            assertThat(file).exists();
            assertThat(home.resolve("inbox/.failed")).doesNotExist();

            broker.comeBack();
            try (Bundle next = OpenInbox.settings().in(home).set("broker.url", broker.url()).start()) {
                await().until(() -> Files.exists(home.resolve("inbox/.done/stopped.json")));
            }
        }
    }

    /** The stable ids of what waits of a batch. */
    private static List<String> queued(String batch) {
        return bundle.waiting().stream().filter(message -> batch.equals(OpenInbox.property(message, "batchId")))
                .map(message -> OpenInbox.property(message, "stableId")).toList();
    }
}
