package io.github.mparticleintercom.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mparticleintercom.mapping.EventMappingFile.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake in the file is said with its line. A semicolon stands for the end of a line. */
class EventMappingFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "custom_event:", "custom_event:;  A:", "custom_event: {'A.b c$': {name: B, send: true, drop: x}}",
        "session_end: {'*': {name: '{session_id} ended', fallback: Ended}}", "product: {purchase: {send: 'false', add: {a: user.$age}}}",
        "\uFEFFcustom_event:;  Größe:;    name: Größe", "commerce_event: {purchase: {rename: {a: b, b: a}, add: {c: x.y.z}}}"})
    void takesWhatIsRight(String text) throws IOException {
        assertThat(read(text).faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "custom_evnt: {A: {name: B}} | 1 | mParticle has no event type 'custom_evnt'; did you mean 'custom_event'?",
        "products: {purchase: {name: B}} | 1 | There is no event type 'products'; did you mean 'product'?",
        "custom_event:;  A:;    nmae: B | 3 | 'nmae' is nothing that can be said of an event; did you mean 'name'?",
        "custom_event:;  A:;    colour: B | 3 | 'colour' is nothing that can be said of an event; that is name, fallback, send, rename, drop, add.",
        "custom_event:;  A: {name: B};  A: {name: C} | 3 | 'A' stands in line 2 already.",
        "custom_event:;  A: {};screen_view: {};custom_event: {} | 4 | 'custom_event' stands in line 1 already.",
        "custom_event:;  A:;    name: {b} | 3 | name is no text; one that begins with a brace stands in quotes: \"{action}\".",
        "custom_event:;  A:;    name: | 3 | name has no value.",
        "custom_event:;  A:;    name: [B] | 3 | name has no value.",
        "custom_event:;  A:;    name: B {c | 3 | 'B {c' must name a field in every pair of braces, such as Viewed {screen_name}.",
        "custom_event:;  A:;    name: B {} | 3 | 'B {}' must name a field in every pair of braces, such as Viewed {screen_name}.",
        "custom_event:;  A:;    name: B {usr.c} | 3 | 'usr.c' begins with 'usr'; did you mean 'user.c'? A field of the event that is called so is 'event.usr.c'.",
        "custom_event:;  A:;    send: no | 3 | send is 'no', which is not one of true, false.",
        "custom_event:;  A:;    fallback: B | 3 | fallback is for a name with fields in braces, such as Viewed {screen_name}.",
        "custom_event:;  A:;    name: B {c};    fallback: C {d} | 4 | fallback is a name without fields, for where those of name give none.",
        "custom_event:;  A:;    add:;      x: evnt.b | 4 | 'evnt.b' begins with 'evnt'; did you mean 'event.b'? A field of the event that is called so is 'event.evnt.b'.",
        "custom_event:;  A:;    add:;      x: user. | 4 | 'user.' names no field; a path is such as event.sku, user.plan or batch.device_info.platform.",
        "custom_event:;  A:;    add:;      x: [a] | 4 | x has no value.",
        "custom_event:;  A:;    rename:;      b: x.y | 4 | 'x.y' cannot be an attribute at Intercom, which allows neither . nor $ in its name.",
        "custom_event:;  A:;    rename:;      b: x;      c: x | 5 | Both 'b' and 'c' become 'x': only one of them would be kept.",
        "custom_event:;  A:;    rename: {b: x};    add: {x: user.y} | 4 | Both 'b' and 'user.y' become 'x': only one of them would be kept.",
        "custom_event:;  A:;    rename: {b: x};    drop: [a, b] | 4 | 'b' is both renamed and dropped.",
        "custom_event:;  A:;    drop: [[a]] | 3 | drop has no value.",
        "custom_event:;  A: B | 2 | 'A' holds no keys with a colon behind them and a value each.",
        "custom_event: [A] | 1 | 'custom_event' holds no keys with a colon behind them and a value each.",
        "- custom_event | 1 | The file holds no keys with a colon behind them and a value each.",
        "screen_view:;  *:;    name: B | 2 | The star stands in quotes: \"*\".",
        "custom_event:;  A: 'B | 2 | `This is no YAML: found unexpected end of stream.`"})
    void saysTheLineOfAMistake(String text, int line, String sentence) throws IOException {
        assertThat(read(text).faults()).containsExactly(new Fault(line, sentence));
    }

    @Test
    void saysThatItIsNotInUtf8() throws IOException {
        Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xf6, ':'});

        assertThat(EventMappingFile.read(file.toString()).faults()).containsExactly(new Fault(1, "The file is not in UTF-8."));
    }

    @Test
    void refusesAFileThatIsNotThereOrWrong() throws IOException {
        EventMapping mapping = new EventMapping();
        String file = Files.writeString(folder.resolve("a.yaml"), "custom_event:\n  A:\n    nmae: B\n    send: x\n").toString();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> mapping.setFile("nowhere.yaml"))
                .withMessage("There is no file 'nowhere.yaml' to map events by.");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> mapping.setFile("classpath:nowhere.yaml"))
                .withMessage("There is no resource 'nowhere.yaml' on the class path to map events by.");
        assertThatIllegalArgumentException().isThrownBy(() -> mapping.setFile(file)).withMessage(file
                + ":3: 'nmae' is nothing that can be said of an event; did you mean 'name'?\n" + file
                + ":4: send is 'x', which is not one of true, false.");
    }

    @Test
    void isOnTheClassPathOfAHost() throws IOException {
        EventMapping mapping = new EventMapping();
        mapping.setFile("classpath:cases/event-renamed/event-mapping.yaml");

        assertThat(mapping.of("custom_event", "BTN_PAY")).isNotEqualTo(MappedEvent.NONE);
        mapping.setFile(" ");
        assertThat(mapping.of("custom_event", "BTN_PAY")).isEqualTo(MappedEvent.NONE);
    }

    private EventMappingFile read(String text) throws IOException {
        return EventMappingFile.read(Files.writeString(folder.resolve("mapping.yaml"), text.replace(";", "\n")).toString());
    }
}
