package io.github.mparticleintercom.translate;

import static io.github.mparticleintercom.translate.Requests.contact;
import static io.github.mparticleintercom.translate.Requests.event;
import static io.github.mparticleintercom.translate.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntercomAttributesTest {

    private final IntercomAttributes attributes = new IntercomAttributes();

    @ParameterizedTest
    @CsvSource({"plan, plan", "$City, city", "$AGE, age", "$tier, tier", "a.b$c, a_b_c", "' plan ', plan", "$, _", "$$, _", "., _",
        "'', _", "Straße 1, Straße 1", "mParticle Source Feed, mParticle Source Feed"})
    void makesNamesLegal(String given, String legal) {
        assertThat(IntercomAttributes.legalName(given)).isEqualTo(legal);
    }

    @Test
    void keepsTheFirstOfTwoNamesThatAreOneAfterCleaning() {
        IntercomRequest clean = attributes.clean(contact(json("{'a.b':1,'a$b':2,'a_b':3}")));

        assertThat(clean.attributes()).isEqualTo(json("{'a_b':1}"));
        assertThat(clean.changes()).containsExactlyInAnyOrder(new Change(Reason.NAME_CLEANED, "custom_attributes.a.b"),
                new Change(Reason.NAME_CLEANED, "custom_attributes.a$b"),
                new Change(Reason.NAME_COLLISION, "custom_attributes.a$b"),
                new Change(Reason.NAME_COLLISION, "custom_attributes.a_b"));
    }

    @Test
    void saysNothingAboutReservedNames() {
        assertThat(attributes.clean(contact(json("{'$City':'Lisboa'}"))).changes()).isEmpty();
    }

    @Test
    void makesSecondsOfDatesOnEventsOnly() {
        assertThat(attributes.clean(event(json("{'due_date':'2024-06-01','odd_date':'soon'}"))).attributes())
                .hasToString("{\"due_date\":1717200000,\"odd_date_text\":\"soon\"}");
        assertThat(attributes.clean(contact(json("{'due_date':'2024-06-01'}"))).attributes())
                .isEqualTo(json("{'due_date':'2024-06-01'}"));
    }

    @Test
    void leavesNoEmptyObjectBehind() {
        assertThat(attributes.clean(event(json("{'a':null}"))).body().has("metadata")).isFalse();
    }

    @Property
    void makesNamesThatIntercomTakes(@ForAll @Characters String name) {
        String legal = IntercomAttributes.legalName(name);

        assertThat(legal).isNotBlank().doesNotContain(".", "$");
        assertThat(legal.chars().anyMatch(Character::isISOControl)).isFalse();
        assertThat(IntercomAttributes.legalName(legal)).isEqualTo(legal);
    }
}
