package io.github.mparticleintercom.mparticle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is well written and cannot be held harms nothing but itself; what is not well written is no JSON. */
class HostileJsonTest {

    private static final String GOOD = "{\"batch_id\":1,\"user_identities\":{\"customer_id\":\"c1\"}}";

    private final MparticleBatches batches = new MparticleBatches();

    static Stream<String> monsters() {
        return Stream.of("1e99999999999", "-1e99999999999", "1e-99999999999", "1e2147483648", "1E+2147483647", "1e400",
                "9".repeat(1_000_000), "0." + "9".repeat(1_000_000), "1e" + "9".repeat(10_000), "[".repeat(500) + "]".repeat(500),
                "[".repeat(5_000) + "]".repeat(5_000), "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
                "[".repeat(500_000) + "]".repeat(500_000), "{\"" + "x".repeat(100_000) + "\":1}", "\"\\ud800\"", "\"\\u0000\"",
                "\"" + "x".repeat(1_000_000) + "\"");
    }

    @ParameterizedTest
    @MethodSource("monsters")
    void leavesABatchReadableBesideWhatCannotBeHeld(String monster) throws IOException {
        for (String place : List.of("\"user_attributes\":{\"a\":%s,\"plan\":\"x\"}", "\"tomorrow\":%s", "\"mpid\":%s",
                "\"events\":[{\"event_type\":\"custom_event\",\"data\":{\"event_name\":\"x\",\"event_id\":%s}}]",
                "\"timestamp_unixtime_ms\":%s", "\"batch_id\":%s", "\"consent_state\":%s", "\"device_info\":{\"platform\":%s}",
                "\"deleted_user_attributes\":[%s]", "\"user_identities\":{\"email\":%s}")) {
            String json = "{\"user_identities\":{\"customer_id\":\"c1\"}," + place.formatted(monster) + "}";
            MparticleBatch batch = read(json).get(0);

            assertThat(batch.id()).isNotNull().hasSizeLessThan(101);
            assertThat(new String(batch.raw().bytes(), StandardCharsets.UTF_8)).isNotEmpty();
            assertThat(batch.toString()).hasSizeLessThan(200);
            if (batch.reason() == null) {
                assertThat(batch.user()).isNotNull();
            } else {
                assertThat(batch.reason()).isIn(Reason.NOT_A_BATCH, Reason.INVALID_FIELD);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("monsters")
    void harmsNoBatchBesideIt(String monster) throws IOException {
        for (String hostile : List.of(monster, "{\"mpid\":" + monster + "}")) {
            List<MparticleBatch> read = read(" [" + GOOD + ", " + hostile + " ," + GOOD + "]\n");

            assertThat(read).hasSize(3);
            assertThat(List.of(read.get(0), read.get(2))).allSatisfy(good -> {
                assertThat(good.reason()).isNull();
                assertThat(good.user().customerId()).isEqualTo("c1");
            });
            assertThat(read).extracting(batch -> batch.raw().origin()).containsExactly("o#0", "o#1", "o#2");
        }
    }

    @Test
    void keepsTheBytesOfWhatItCannotHold() throws IOException {
        String hostile = "{\"batch_id\":2,\"user_attributes\":{\"big\":1e99999999999}}";

        assertThat(new String(read(hostile).get(0).raw().bytes(), StandardCharsets.UTF_8)).isEqualTo(hostile);
        assertThat(new String(read("[" + GOOD + "," + hostile + "]").get(1).raw().bytes(), StandardCharsets.UTF_8)).isEqualTo(hostile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "{", "[", "{]", "[1,]", "{\"a\":}", "nul", "01", "1e", "'a'", "\"a", "{\"a\":1}}", "{} {}",
        "[1e99999999999", "[1e99999999999,]", "{\"a\":1e99999999999}}", "NaN", "[1e99999999999] x", "\u0000"})
    void knowsWhatIsNoJson(String text) throws IOException {
        assertThat(read(text)).singleElement().extracting(MparticleBatch::reason).isEqualTo(Reason.INVALID_JSON);
    }

    @Test
    void readsOtherEncodingsAndAMarkBeforeTheText() throws IOException {
        assertThat(read("\uFEFF" + GOOD).get(0).reason()).isNull();
        assertThat(batches.takeApart(GOOD.getBytes(StandardCharsets.UTF_16), null, null, "o", 1)).extracting(batches::read)
                .singleElement().extracting(MparticleBatch::reason).isNull();
        assertThat(read("\uFEFF[" + GOOD + ",{\"a\":1e99999999999}]")).hasSize(2);
    }

    /** Whatever the bytes, there is an answer, and no exception. */
    @Test
    void hasAnAnswerToEverything() throws IOException {
        Random random = new Random(7);
        String whole = "[{\"batch_id\":7,\"user_identities\":[{\"identity_type\":\"email\",\"identity\":\"a@b.c\"}],\"user_attributes\":"
                + "{\"a\":[1,2],\"b\":null},\"events\":[{\"event_type\":\"custom_event\",\"data\":{\"event_name\":\"x\",\"custom_attributes\""
                + ":{\"n\":1.5e3}}}],\"consent_state\":{\"gdpr\":{\"m\":{\"consented\":true}}}}]";
        String pieces = "{}[]\",:-+.eE0123456789ntf\\u \u0000\uD800é";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int edits = random.nextInt(4) + 1; edits > 0; edits--) {
                int at = random.nextInt(text.length());
                char piece = pieces.charAt(random.nextInt(pieces.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, piece);
                    case 1 -> text.insert(at, piece);
                    default -> text.deleteCharAt(at);
                }
            }
            assertThat(read(text.toString())).allSatisfy(batch -> {
                assertThat(batch.id()).isNotNull();
                assertThat(batch.reason()).isNotEqualTo(Reason.INTERNAL_ERROR);
            });
        }
    }

    private List<MparticleBatch> read(String text) throws IOException {
        return batches.takeApart(text.getBytes(StandardCharsets.UTF_8), null, null, "o", 1_714_550_400_999L).stream()
                .map(batches::read).toList();
    }
}
