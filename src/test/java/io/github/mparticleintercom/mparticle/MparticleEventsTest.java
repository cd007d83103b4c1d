package io.github.mparticleintercom.mparticle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MparticleEventsTest {

    private static final Identities NORA = new Identities("c1", null, null, false);
    private static final Identities OMAR = new Identities("c2", null, null, false);
    private static final long MORNING = 1_714_550_400_999L;
    private static final long EVENING = 1_714_590_000_000L;

    @Test
    void namesTheSameEventTheSameInAnotherBatch() throws IOException {
        String event = event("'event_id':5,'event_name':'Paid','timestamp_unixtime_ms':1");

        assertThat(only(event, "b1", NORA, MORNING).stableId()).isEqualTo(only(event, "b2", NORA, EVENING).stableId());
    }

    @Test
    void keepsTheTimeOfReceiptOutOfTheName() throws IOException {
        for (String event : List.of(event("'event_id':5,'event_name':'Paid'"), event("'event_name':'Paid'"))) {
            assertThat(only(event, "b1", NORA, MORNING).stableId()).isEqualTo(only(event, "b1", NORA, EVENING).stableId());
        }
    }

    @Test
    void tellsDifferentEventsApart() throws IOException {
        List<String> data = List.of("'event_id':5,'event_name':'Paid'", "'event_id':6,'event_name':'Paid'",
                "'event_id':5,'event_name':'Paid','timestamp_unixtime_ms':1", "'event_id':5,'event_name':'Searched'",
                "'event_id':-9223372036854775807,'event_name':'Paid'", "'event_id':-9223372036854775806,'event_name':'Paid'",
                "'source_message_id':'m','event_name':'Paid'", "'event_id':5,'source_message_id':'m','event_name':'Paid'");
        StringBuilder events = new StringBuilder();
        data.forEach(one -> events.append(events.isEmpty() ? "" : ",").append(event(one)));

        assertThat(read("[" + events + "]", "b1", NORA, MORNING)).extracting(MparticleEvent::stableId).doesNotHaveDuplicates();
        String same = event(data.get(0));
        assertThat(only(same, "b1", NORA, MORNING).stableId()).isNotEqualTo(only(same, "b1", OMAR, MORNING).stableId());
    }

    @Test
    void tellsEventsWithoutIdsApartByBatchAndPlace() throws IOException {
        String twice = "[" + event("'event_name':'Paid'") + "," + event("'event_name':'Paid'") + "]";
        List<MparticleEvent> first = read(twice, "b1", NORA, MORNING);

        assertThat(first).extracting(MparticleEvent::stableId).doesNotHaveDuplicates();
        assertThat(read(twice, "b1", NORA, EVENING)).extracting(MparticleEvent::stableId)
                .containsExactlyElementsOf(first.stream().map(MparticleEvent::stableId).toList());
        assertThat(read(twice, "b2", NORA, MORNING)).extracting(MparticleEvent::stableId)
                .doesNotContainAnyElementsOf(first.stream().map(MparticleEvent::stableId).toList());
    }

    @Test
    void countsSecondsFromTheEventElseFromTheBatch() throws IOException {
        assertThat(only(event("'event_name':'Paid','timestamp_unixtime_ms':1714550390999"), "b", NORA, MORNING).seconds())
                .isEqualTo(1_714_550_390L);
        for (String none : List.of("null", "''", "0", "-5", "'soon'")) {
            assertThat(only(event("'event_name':'Paid','timestamp_unixtime_ms':" + none), "b", NORA, MORNING).seconds())
                    .isEqualTo(1_714_550_400L);
        }
    }

    private static MparticleEvent only(String event, String batch, Identities user, long millis) throws IOException {
        return read("[" + event + "]", batch, user, millis).get(0);
    }

    private static List<MparticleEvent> read(String events, String batch, Identities user, long millis) throws IOException {
        return new MparticleEvents(batch, user, millis).read(Json.MAPPER.readTree(events.replace('\'', '"')));
    }

    private static String event(String data) {
        return "{'event_type':'custom_event','data':{" + data + "}}";
    }
}
