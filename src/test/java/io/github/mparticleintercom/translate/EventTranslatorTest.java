package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTranslatorTest {

    private final EventTranslator events = new EventTranslator();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"Viewed {screen_name}|{'screen_name':'Basket'}|Viewed Basket",
        "Viewed {screen_name}|{}|Viewed", "Viewed {screen_name}|{'screen_name':' '}|Viewed",
        "{area}: {screen_name}!|{'screen_name':'Basket','custom_attributes':{'area':'Shop'}}|Shop: Basket!",
        "{screen_name}|{}|screen_view", "{ screen_name } seen|{'screen_name':'A.B'}|A-B seen",
        "Viewed a screen|{'screen_name':'Basket'}|Viewed a screen", "Viewed {screen_name}|{'screen_name':['x']}|Viewed"})
    void namesScreenViewsByATemplate(String template, String data, String name) throws IOException {
        events.setScreenViewName(template);

        assertThat(translate("screen_view", data).eventName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "Viewed {screen_name", "Viewed {}", "Viewed { }", "{a{b}}"})
    void refusesATemplateThatIsNone(String template) {
        assertThatIllegalArgumentException().isThrownBy(() -> events.setScreenViewName(template));
    }

    @Test
    void renamesAttributesWhereverTheyComeFrom() throws IOException {
        events.setRenameAttributes("screen_name=screen,a=b,c=b");
        IntercomRequest request = translate("screen_view", "{'screen_name':'Basket','custom_attributes':{'a':1,'c':2,'b':3,'d':4}}");

        assertThat(request.attributes()).isEqualTo(Requests.json("{'screen':'Basket','b':1,'d':4}"));
        assertThat(request.changes()).containsExactly(new Change(Reason.NAME_COLLISION, "metadata.c"),
                new Change(Reason.NAME_COLLISION, "metadata.b"));
    }

    @Test
    void leavesOutTechnicalAttributes() throws IOException {
        events.setIgnoredAttributes("mParticle Source Feed, other");
        IntercomRequest request = translate("custom_event",
                "{'event_name':'Paid','custom_attributes':{'mParticle Source Feed':'till','n':1,'Other':2}}");

        assertThat(request.attributes()).isEqualTo(Requests.json("{'n':1,'Other':2}"));
        assertThat(request.changes()).containsExactly(new Change(Reason.TECHNICAL_ATTRIBUTE, "metadata.mParticle Source Feed"));
    }

    @Test
    void carriesWhatWasNotReadAsItStands() throws IOException {
        assertThat(translate("custom_event", "{'event_name':'Paid','timestamp_unixtime_ms':1714550390}").changes())
                .containsExactly(new Change(Reason.TIME_UNIT, "created_at"));
    }

    @Test
    void sendsOnlyListedNamesWhereThereIsAList() throws IOException {
        IntercomRequest paid = translate("custom_event", "{'event_name':'Paid'}");
        assertThat(events.isListed(paid)).isTrue();
        events.setNames("Searched, PAID");
        assertThat(events.isListed(paid)).isTrue();
        events.setNames("Searched");
        assertThat(events.isListed(paid)).isFalse();
    }

    @Test
    void leavesTheEventAsItCame() throws IOException {
        MparticleBatch batch = batch("custom_event", "{'event_name':'Paid','custom_attributes':{'a':{'amount':1,'currency':'usd'},'b':[1]}}");
        String before = batch.raw().json().toString();
        IntercomRequest request = new IntercomLimits().truncate(events.translate(batch, batch.events().get(0)));
        request.attributes().put("a", 1).put("c", 1);

        assertThat(batch.raw().json()).hasToString(before);
    }

    @Test
    void showsNothingOfWhatItSays() throws IOException {
        assertThat(translate("custom_event", "{'event_name':'Paid','event_id':5}")).hasToString("IntercomRequest[event, batch 7, event 5]");
    }

    private IntercomRequest translate(String type, String data) throws IOException {
        MparticleBatch batch = batch(type, data);
        return events.translate(batch, batch.events().get(0));
    }

    private static MparticleBatch batch(String type, String data) throws IOException {
        return Requests.batch("{'batch_id':7,'user_identities':{'customer_id':'c1'},'events':[{'event_type':'" + type + "','data':" + data
                + "}]}", "o");
    }
}
