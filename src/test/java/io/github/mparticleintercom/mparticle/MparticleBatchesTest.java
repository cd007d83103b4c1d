package io.github.mparticleintercom.mparticle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MparticleBatchesTest {

    private static final long NOW = 1_714_550_400_999L;

    private final MparticleBatches batches = new MparticleBatches(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @Test
    void takesABatchInAnyForm() throws IOException {
        String text = "{\"batch_id\":7}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (Object body : List.of(text, bytes, new ByteArrayInputStream(bytes), Map.of("batch_id", 7),
                List.of(Map.of("batch_id", 7)), List.of(RawBatch.parse(bytes, "a file")))) {
            assertThat(batches.open(body, null).batches()).singleElement()
                    .satisfies(raw -> assertThat(raw.json().path("batch_id").asInt()).isEqualTo(7));
        }
    }

    @Test
    void takesAnArrayApartInItsOrder() throws IOException {
        assertThat(read("[{'batch_id':1},{'batch_id':2},{'batch_id':3}]")).extracting(MparticleBatch::id)
                .containsExactly("1", "2", "3");
        assertThat(read("[]")).isEmpty();
    }

    @Test
    void fixesTheMomentOfReceiptOnce() throws IOException {
        assertThat(batches.open("{}", null).receivedAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({"batch, '[{}]', NOT_A_BATCH", "array, '{}', NOT_A_BATCH", "array, 'x', INVALID_JSON", "batch, '', INVALID_JSON"})
    void refusesTheWrongFormWhereOneIsExpected(String expected, String body, Reason reason) throws IOException {
        assertThat(batches.open(body, expected).batches()).singleElement().extracting(RawBatch::reason).isEqualTo(reason);
    }

    @Test
    void takesAHundredBatchesInOneRequestAndNoMore() throws IOException {
        String hundred = "[" + "{},".repeat(99) + "{}]";
        String more = "[" + "{},".repeat(100) + "{}]";

        assertThat(batches.open(hundred, "array").batches()).hasSize(100);
        assertThat(batches.open(more, "array").batches()).singleElement().extracting(RawBatch::reason)
                .isEqualTo(Reason.TOO_MANY_BATCHES);
        assertThat(batches.open(more, null).batches()).hasSize(101);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'batch_id':-7,'source_request_id':'r'}|-7", "{'source_request_id':'r'}|r",
        "{'batch_id':' ','source_request_id':'r'}|r"})
    void namesABatchByItsId(String json, String id) throws IOException {
        assertThat(read(json)).singleElement().extracting(MparticleBatch::id).isEqualTo(id);
    }

    @Test
    void namesABatchWithoutAnIdByItsContent() throws IOException {
        String id = read("{'mpid':1}").get(0).id();

        assertThat(id).isEqualTo(read("{'mpid':1}").get(0).id()).isNotEqualTo(read("{'mpid':2}").get(0).id());
    }

    @ParameterizedTest
    @CsvSource({"iOS, ios", "IOS, ios", "tvOS, tvos", "fire_tv, firetv", "FireTV, firetv", "web, web", "' Android ', android"})
    void writesPlatformsInOneWay(String given, String platform) throws IOException {
        assertThat(read("{'mpid':1,'device_info':{'platform':'" + given + "'}}").get(0).platform()).isEqualTo(platform);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'mpid':1}", "{'mpid':1,'device_info':null}", "{'mpid':1,'device_info':'x'}"})
    void knowsNoPlatformWithoutOne(String json) throws IOException {
        assertThat(read(json).get(0).platform()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "user_identities", "user_attributes", "deleted_user_attributes"})
    void namesTheFieldOfTheWrongKind(String field) throws IOException {
        MparticleBatch batch = read("{'" + field + "':'x'}").get(0);

        assertThat(batch.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(batch.field()).isEqualTo(field);
        assertThat(new String(batch.raw().bytes(), StandardCharsets.UTF_8)).contains(field);
    }

    private List<MparticleBatch> read(String json) throws IOException {
        Intake intake = batches.open(json.replace('\'', '"'), null);
        return intake.batches().stream().map(raw -> batches.read(raw, intake)).toList();
    }
}
