package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mapping.EventMapping;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTranslatorTest {

    private final EventTranslator events = new EventTranslator();
    private final Map<String, Object> variables = new HashMap<>();
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"Viewed {screen_name}|{'screen_name':'Basket'}|Viewed Basket",
        "Viewed {screen_name}|{}|screen_view", "Viewed {screen_name}|{'screen_name':' '}|screen_view",
        "{area}: {screen_name}!|{'screen_name':'Basket','custom_attributes':{'area':'Shop'}}|Shop: Basket!",
        "{event.custom_attributes.a.b}|{'custom_attributes':{'a.b':'dots'}}|dots", "{a.b}|{'custom_attributes':{'a':{'b':'deep'}}}|deep",
        "{ screen_name } seen|{'screen_name':'A.B'}|A-B seen", "{user.plan} {batch.batch_id}|{}|pro 7", "{user.nothing}|{}|screen_view",
        "Viewed a screen|{'screen_name':'Basket'}|Viewed a screen", "Viewed {screen_name}|{'screen_name':['x']}|screen_view"})
    void namesEventsByATemplate(String template, String data, String name) throws IOException {
        map("screen_view: {'*': {name: '" + template + "'}}");

        assertThat(translate("screen_view", data).eventName()).isEqualTo(name);
    }

    @Test
    void mapsAttributesOfOneEvent() throws IOException {
        events.setRenameAttributes("a=global,b=of all");
        map("""
                custom_event:
                  Größe. gewählt:
                    rename: {a: own}
                    drop: [secret, "mParticle Source Feed"]
                    add: {plan: user.plan, app: batch.application_info.name, tags: user.tags, none: user.none, blank: event.blank}
                """);
        events.setIgnoredAttributes("mParticle Source Feed");
        String data = "{'event_name':'Größe. gewählt','custom_attributes':"
                + "{'a':1,'b':2,'secret':3,'plan':'event','blank':' ','mParticle Source Feed':'x'}}";

        IntercomRequest request = translate("custom_event", data);
        assertThat(request.attributes().toString()).isEqualTo(
                "{\"plan\":\"pro\",\"app\":\"Shop\",\"tags\":[\"x\",\"y\"],\"own\":1,\"of all\":2,\"blank\":\" \"}");
        assertThat(request.changes()).containsExactly(new Change(Reason.NAME_COLLISION, "metadata.plan"),
                new Change(Reason.NAME_CLEANED, "event_name"));
        assertThat(translate("custom_event", data.replace("Größe. ", "")).attributes()).isEqualTo(Requests.json(
                "{'global':1,'of all':2,'secret':3,'plan':'event','blank':' '}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"custom_event|{'event_name':'A'}|yes", "custom_event|{'event_name':'B'}|no",
        "custom_event|{'event_name':'a'}|yes", "screen_view|{'screen_name':'A'}|no", "screen_view|{'screen_name':'B'}|yes",
        "commerce_event|{'product_action':{'action':'A'}}|yes"})
    void sendsWhatTheMappingSends(String type, String data, String listed) throws IOException {
        map("{custom_event: {B: {send: false}}, screen_view: {'*': {send: false}, B: {}}}");

        translate(type, data);
        assertThat(variables).containsEntry("listed", listed);
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"|yes", "Searched, PAID|yes", "Searched|no"})
    void sendsOnlyListedNamesWhereThereIsAList(String names, String listed) throws IOException {
        events.setNames(names);

        translate("custom_event", "{'event_name':'Paid'}");
        assertThat(variables).containsEntry("listed", listed);
    }

    @Test
    void leavesTheEventAsItCame() throws IOException {
        MparticleBatch batch = batch("custom_event", "{'event_name':'Paid','custom_attributes':{'a':{'amount':1,'currency':'usd'},'b':[1]}}");
        String before = batch.raw().json().toString();
        IntercomRequest request = new IntercomLimits().truncate(events.translate(batch, batch.events().get(0), variables));
        request.attributes().put("a", 1).put("c", 1);

        assertThat(batch.raw().json()).hasToString(before);
    }

    @Test
    void showsNothingOfWhatItSays() throws IOException {
        assertThat(translate("custom_event", "{'event_name':'Paid','event_id':5}")).hasToString("IntercomRequest[event, batch 7, event 5]");
    }

    private void map(String yaml) throws IOException {
        EventMapping mapping = new EventMapping();
        mapping.setFile(Files.writeString(folder.resolve("mapping.yaml"), yaml).toString());
        events.setMapping(mapping);
    }

    private IntercomRequest translate(String type, String data) throws IOException {
        MparticleBatch batch = batch(type, data);
        return events.translate(batch, batch.events().get(0), variables);
    }

    private static MparticleBatch batch(String type, String data) throws IOException {
        return Requests.batch("{'batch_id':7,'user_identities':{'customer_id':'c1'},'user_attributes':{'plan':'pro','tags':['x','y'],'none':null},"
                + "'application_info':{'name':'Shop'},'events':[{'event_type':'" + type + "','data':" + data
                + "}]}", "o");
    }
}
