package io.github.mparticleintercom.mparticle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.LongNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final Identities NORA = new Identities("c1", null, null, false);
    private static final Identities OMAR = new Identities("c2", null, null, false);
    private static final long MORNING = 1_714_550_400_999L;
    private static final long EVENING = 1_714_590_000_000L;

    @Test
    void namesTheSameEventTheSameInAnotherBatch() throws IOException {
        String event = event("'event_id':5,'event_name':'Paid','timestamp_unixtime_ms':1714550390999");

        assertThat(only(event, "b1", NORA, MORNING).stableId()).isEqualTo(only(event, "b2", NORA, EVENING).stableId());
    }

    @Test
    void keepsTheTimeOfReceiptOutOfTheName() throws IOException {
        for (String event : List.of(event("'event_id':5,'event_name':'Paid'"), event("'event_name':'Paid'"))) {
            assertThat(only(event, "b1", NORA, MORNING).stableId()).isEqualTo(only(event, "b1", NORA, EVENING).stableId());
        }
    }

    @Test
    void distinguishesDifferentEvents() throws IOException {
        List<String> data = List.of("'event_id':5,'event_name':'Paid'", "'event_id':6,'event_name':'Paid'",
                "'event_id':5,'event_name':'Paid','timestamp_unixtime_ms':1714550390999", "'event_id':5,'event_name':'Searched'",
                "'event_id':-9223372036854775807,'event_name':'Paid'", "'event_id':-9223372036854775806,'event_name':'Paid'",
                "'source_message_id':'m','event_name':'Paid'", "'event_id':5,'source_message_id':'m','event_name':'Paid'");
        StringBuilder events = new StringBuilder();
        data.forEach(one -> events.append(events.isEmpty() ? "" : ",").append(event(one)));

        assertThat(read("[" + events + "]", "b1", NORA, MORNING)).extracting(MparticleEvent::stableId).doesNotHaveDuplicates();
        String same = event(data.get(0));
        assertThat(only(same, "b1", NORA, MORNING).stableId()).isNotEqualTo(only(same, "b1", OMAR, MORNING).stableId());
    }

    @Test
    void distinguishesEventsWithoutIdsByBatchAndPlace() throws IOException {
        String twice = "[" + event("'event_name':'Paid'") + "," + event("'event_name':'Paid'") + "]";
        List<MparticleEvent> first = read(twice, "b1", NORA, MORNING);

        assertThat(first).extracting(MparticleEvent::stableId).doesNotHaveDuplicates();
        assertThat(first).extracting(MparticleEvent::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{16}"));
        assertThat(read(twice, "b1", NORA, EVENING)).extracting(MparticleEvent::stableId)
                .containsExactlyElementsOf(first.stream().map(MparticleEvent::stableId).toList());
        assertThat(read(twice, "b2", NORA, MORNING)).extracting(MparticleEvent::stableId)
                .doesNotContainAnyElementsOf(first.stream().map(MparticleEvent::stableId).toList());
    }

    /** mParticle's webhook can send the events of a batch one by one, each under the batch's id and in the first place. */
    @Test
    void distinguishesEventsWithoutIdsThatComeOneByOneUnderTheIdOfTheirBatch() throws IOException {
        assertThat(only(event("'event_name':'Paid'"), "b1", NORA, MORNING).stableId())
                .isNotEqualTo(only(event("'event_name':'Searched'"), "b1", NORA, MORNING).stableId());
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "5.0, 5", "5e0, 5", "'''5''', 5", "''' 5 ''', 5"})
    void showsOneSpellingOfAnId(String id, String shown) throws IOException {
        assertThat(only(event("'event_id':" + id + ",'event_name':'Paid'"), "b1", NORA, MORNING).id()).isEqualTo(shown);
    }

    @Test
    void showsNoIdWithoutEnd() throws IOException {
        String id = "7".repeat(300_000);
        MparticleEvent event = only(event("'event_id':'" + id + "','event_name':'Paid'"), "b1", NORA, MORNING);

        assertThat(event.id()).hasSize(16);
        assertThat(event.toString()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"1714550390999, ", "1714550390999.0, ", "1714550390, time-unit",
        "1714550390.25, time-unit", "1714550390999123, time-unit", "1714550390999123456, time-unit",
        "'1714550390999', time-unit", "'2024-05-01T07:59:50Z', time-unit", "'2024-05-01T07:59:50.999123', time-unit",
        "'2024-05-01 09:59:50+02:00', time-unit"})
    void readsATimeAsWhatItIsAndSaysSo(String time, String reason) throws IOException {
        MparticleEvent event = only(event("'event_name':'Paid','timestamp_unixtime_ms':" + time), "b", NORA, MORNING);

        assertThat(event.seconds()).isEqualTo(1_714_550_390L);
        assertThat(event.changes()).isEqualTo(reason == null ? List.of() : List.of(new Change(Reason.of(reason), "created_at")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "'soon'", "12", "99999999", "4102444800000", "99999999999999", "9223372036854775807",
        "18446744073709551617", "1e400", "true", "[1714550390999]", "{'a':1}", "'2150-01-01'", "'1969-12-31'"})
    void putsTheBatchsTimeInThePlaceOfWhatIsNoneAndSaysSo(String time) throws IOException {
        MparticleEvent event = only(event("'event_name':'Paid','timestamp_unixtime_ms':" + time), "b", NORA, MORNING);

        assertThat(event.seconds()).isEqualTo(MORNING / 1000);
        assertThat(event.changes()).containsExactly(new Change(Reason.INVALID_TIME, "created_at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "''", "' '"})
    void takesTheBatchsTimeWhereThereIsNoneWithoutAWord(String time) throws IOException {
        MparticleEvent event = only(event("'event_name':'Paid','timestamp_unixtime_ms':" + time), "b", NORA, MORNING);

        assertThat(event.seconds()).isEqualTo(MORNING / 1000);
        assertThat(event.changes()).isEmpty();
    }

    @Test
    void readsTheBatchsTimeLikeAnEventsButSpeaksOfItOnlyWhereItCounts() throws IOException {
        JsonEvents seconds = (own) -> new EventReader("b", NORA, LongNode.valueOf(1_714_550_390L), EVENING, new FarTimes())
                .read(Json.MAPPER.readTree("[" + event(own).replace('\'', '"') + "]")).get(0);

        MparticleEvent without = seconds.read("'event_name':'Paid'");
        assertThat(without.seconds()).isEqualTo(1_714_550_390L);
        assertThat(without.changes()).containsExactly(new Change(Reason.TIME_UNIT, "created_at"));
        MparticleEvent with = seconds.read("'event_name':'Paid','timestamp_unixtime_ms':1714550400999");
        assertThat(with.seconds()).isEqualTo(MORNING / 1000);
        assertThat(with.changes()).isEmpty();
    }

    @Test
    void takesTheMomentOfReceiptWhereTheBatchsTimeIsNone() throws IOException {
        MparticleEvent event = new EventReader("b", NORA, LongNode.valueOf(-1), EVENING, new FarTimes())
                .read(Json.MAPPER.readTree("[" + event("'event_name':'Paid'").replace('\'', '"') + "]")).get(0);

        assertThat(event.seconds()).isEqualTo(EVENING / 1000);
        assertThat(event.changes()).containsExactly(new Change(Reason.INVALID_TIME, "created_at"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'event_type':'screen_view','data':{'activity_type':'activity_stopped'}}|screen-view-ended",
        "{'event_type':'screen_view','data':{'activity_type':'Activity_Stopped','screen_name':'x'}}|screen-view-ended",
        "{'event_type':'screen_view','activity_type':'activity_stopped','data':{}}|screen-view-ended",
        "{'event_type':'screen_view','data':{'activity_type':'activity_started'}}|",
        "{'event_type':'custom_event','data':{'event_name':'x','activity_type':'activity_stopped'}}|"})
    void knowsTheEndOfAnAndroidScreenView(String json, String reason) throws IOException {
        assertThat(only(json, "b", NORA, MORNING).reason()).isEqualTo(reason == null ? null : Reason.of(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'x'|", "null|", "{}|.event_type", "{'event_type':['x']}|.event_type",
        "{'event_type':'custom_event'}|.data.event_name", "{'event_type':'custom_event','data':'x'}|.data",
        "{'event_type':'screen_view','data':{'custom_attributes':[1]}}|.data.custom_attributes",
        "{'event_type':'commerce_event','data':{}}|.data.product_action"})
    void namesTheFieldAtFault(String json, String field) throws IOException {
        MparticleEvent event = only(json, "b", NORA, MORNING);

        assertThat(event.reason()).isEqualTo(Reason.INVALID_EVENT);
        assertThat(event.field()).isEqualTo("events[0]" + (field == null ? "" : field));
    }

    @FunctionalInterface
    private interface JsonEvents {
        MparticleEvent read(String data) throws IOException;
    }

    private static MparticleEvent only(String event, String batch, Identities user, long millis) throws IOException {
        return read("[" + event + "]", batch, user, millis).get(0);
    }

    private static List<MparticleEvent> read(String events, String batch, Identities user, long millis) throws IOException {
        return new EventReader(batch, user, LongNode.valueOf(millis), EVENING, new FarTimes())
                .read(Json.MAPPER.readTree(events.replace('\'', '"')));
    }

    private static String event(String data) {
        return "{'event_type':'custom_event','data':{" + data + "}}";
    }
}
