package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IntercomRequestTest {

    private static final String EVENT = "{\"user_id\":\"c1\",\"event_name\":\"Paid\",\"created_at\":100,\"metadata\":{\"n\":12.50}}";

    @Test
    void comesBackAsItWasStored() throws IOException {
        IntercomRequest request = IntercomRequest.stored("event", "ios", "c1", "s", "b", "e", EVENT);

        assertThat(request.operation()).isEqualTo(IntercomRequest.Operation.EVENT);
        assertThat(request.json()).isEqualTo(EVENT);
        assertThat(new String(request.bytes(), StandardCharsets.UTF_8)).isEqualTo(EVENT);
        assertThat(request.eventName()).isEqualTo("Paid");
        assertThat(request.attributes().size()).isEqualTo(1);
        assertThat(IntercomRequest.stored("contact", "", "c1", "s", "b", null, "{}").attributes()).isNull();
    }

    @Test
    void isWrittenAsItWasChanged() throws IOException {
        IntercomRequest request = IntercomRequest.stored("event", "ios", "c1", "s", "b", "e", EVENT);
        request.body().put("created_at", 101);
        request.changed(Reason.SAME_SECOND, "created_at");

        assertThat(request.json()).contains("\"created_at\":101");
        assertThat(request.changes()).containsExactly(new Change(Reason.SAME_SECOND, "created_at"));
    }

    @Test
    void saysNothingWhereItOnlyNamesTheUserWhomOthersName() throws IOException {
        String who = "{\"external_id\":\"c1\",\"role\":\"user\"}";

        assertThat(contact(who).othersFollow(true).saysNothing()).isTrue();
        assertThat(contact(who).othersFollow(false).saysNothing()).isFalse();
        assertThat(contact("{\"external_id\":\"c1\",\"role\":\"user\",\"name\":\"Ann\"}").othersFollow(true).saysNothing()).isFalse();
        assertThat(contact("{\"external_id\":\"c1\",\"email\":\"a\"}").othersFollow(true).saysNothing()).isFalse();
        assertThat(IntercomRequest.stored("tags", "", "c1", "s", "b", null, who).othersFollow(true).saysNothing()).isFalse();
    }

    @Test
    void showsItsIdsAlone() throws IOException {
        assertThat(contact("{\"name\":\"Ann\"}")).hasToString("IntercomRequest[contact, batch b]");
        assertThat(IntercomRequest.stored("event", "ios", "c1", "s", "b", "e", EVENT)).hasToString("IntercomRequest[event, batch b, event e]");
    }

    private static IntercomRequest contact(String json) throws IOException {
        return IntercomRequest.stored("contact", "", "c1", "s", "b", null, json);
    }

    @Test
    void writesHalfACharacterWithoutAWord() throws IOException {
        IntercomRequest request = IntercomRequest.stored("contact", "", "c1", "s", "b", null, "{\"name\":\"a\\ud800b\"}");

        assertThat(new String(request.bytes(), StandardCharsets.UTF_8)).startsWith("{\"name\":\"a");
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertThatIOException().isThrownBy(() -> IntercomRequest.stored("event", "", "c1", "s", "b", "e", "[]"));
        assertThatIOException().isThrownBy(() -> IntercomRequest.stored("event", "", "c1", "s", "b", "e", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> IntercomRequest.stored("other", "", "c1", "s", "b", "e", "{}"));
    }
}
