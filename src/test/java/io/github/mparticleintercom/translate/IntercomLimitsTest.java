package io.github.mparticleintercom.translate;

import static io.github.mparticleintercom.translate.Requests.contact;
import static io.github.mparticleintercom.translate.Requests.event;
import static io.github.mparticleintercom.translate.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntercomLimitsTest {

    private static final String FACE = "\uD83D\uDE00";

    @Test
    void leavesWhatFitsAsItIs() {
        IntercomRequest request = event(json("{'a':1,'b':'x','c':12.5,'due_date':1717200000}"));
        ObjectNode attributes = request.attributes();

        assertThat(limits().truncate(request)).isSameAs(request);
        assertThat(request.attributes()).isSameAs(attributes).isEqualTo(json("{'a':1,'b':'x','c':12.5,'due_date':1717200000}"));
        assertThat(request.changes()).isEmpty();
    }

    @Test
    void keepsTheFirstAttributesAndReportsTheRest() {
        IntercomRequest request = limits().truncate(event(json("{'a':1,'b':2,'c':3,'d':4,'e':5,'f':6,'g':7}")));

        assertThat(request.attributes()).isEqualTo(json("{'a':1,'b':2,'c':3,'d':4,'e':5}"));
        assertThat(request.changes()).containsExactly(new Change(Reason.TOO_MANY_ATTRIBUTES, "metadata.f"),
                new Change(Reason.TOO_MANY_ATTRIBUTES, "metadata.g"));
    }

    @Test
    void keepsListedAttributesBeforeAllOthersInTheOrderTheyCame() {
        IntercomLimits limits = limits();
        limits.setEventAttributes(2);
        limits.setUserAttributes(2);
        limits.setEventPriority("c, missing");
        limits.setUserPriority("d,c,a");

        assertThat(limits.truncate(event(json("{'a':1,'b':2,'c':3,'d':4}"))).attributes()).hasToString("{\"a\":1,\"c\":3}");
        assertThat(limits.truncate(contact(json("{'a':1,'b':2,'c':3,'d':4}"))).attributes()).hasToString("{\"c\":3,\"d\":4}");
    }

    @Test
    void mayLeaveNoAttributeAtAll() {
        IntercomLimits limits = limits();
        limits.setEventAttributes(0);
        IntercomRequest request = limits.truncate(event(json("{'a':1}")));

        assertThat(request.body().has("metadata")).isFalse();
        assertThat(request.changes()).hasSize(1);
        assertThat(limits().truncate(event(json("{'a':null}"))).body().has("metadata")).isFalse();
    }

    @Test
    void keepsTheFirstOfTwoNamesThatAreOneAfterCleaning() {
        IntercomRequest request = limits().truncate(contact(json("{'a.b':1,'a$b':2,'a_b':3}")));

        assertThat(request.attributes()).isEqualTo(json("{'a_b':1}"));
        assertThat(request.changes()).containsExactlyInAnyOrder(new Change(Reason.NAME_CLEANED, "custom_attributes.a.b"),
                new Change(Reason.NAME_CLEANED, "custom_attributes.a$b"),
                new Change(Reason.NAME_COLLISION, "custom_attributes.a$b"),
                new Change(Reason.NAME_COLLISION, "custom_attributes.a_b"));
    }

    @Test
    void keepsTheFirstOfTwoNamesThatAreOneAfterTruncation() {
        IntercomLimits limits = limits();
        limits.setNameChars(3);
        IntercomRequest request = limits.truncate(contact(json("{'abc':1,'abcd':2,'abce':3,'xyz1':4}")));

        assertThat(request.attributes()).isEqualTo(json("{'abc':1,'xyz':4}"));
        assertThat(request.changes()).containsExactly(new Change(Reason.NAME_COLLISION, "custom_attributes.abcd"),
                new Change(Reason.NAME_COLLISION, "custom_attributes.abce"), new Change(Reason.NAME_TOO_LONG, "custom_attributes.xyz"));
    }

    @Test
    void saysNothingAboutReservedNames() {
        assertThat(limits().truncate(contact(json("{'$City':'Lisboa'}"))).changes()).isEmpty();
    }

    @Test
    void keepsTheOrderWhateverHasToChange() {
        assertThat(limits().truncate(event(json("{'a':1,'b.c':2,'d':null,'e':true,'f':[1]}"))).attributes())
                .hasToString("{\"a\":1,\"b_c\":2,\"e\":\"true\",\"f\":\"1\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'2024-06-01'|1717200000", "1717200000|1717200000",
        "1717200000999|1717200000", "1717200000999123|1717200000", "'1717200000999'|1717200000", "'2024-06-01T02:00:00.5+02:00'|1717200000",
        "1717200000.5|1717200000", "'2024-06-01 00:00:00'|1717200000"})
    void makesSecondsOfTimesWhereIntercomReadsThem(String given, long seconds) {
        IntercomRequest event = limits().truncate(event(json("{'due_date':" + given + ",'due_at':" + given + "}")));
        assertThat(event.attributes().get("due_date").isIntegralNumber()).isTrue();
        assertThat(event.attributes().get("due_date").asLong()).isEqualTo(seconds);
        assertThat(event.attributes().get("due_at")).isEqualTo(json("{'v':" + given + "}").get("v"));
        IntercomRequest contact = limits().truncate(contact(json("{'due_date':" + given + ",'due_at':" + given + "}")));
        assertThat(contact.attributes().get("due_at").isIntegralNumber()).isTrue();
        assertThat(contact.attributes().get("due_at").asLong()).isEqualTo(seconds);
        assertThat(contact.attributes().get("due_date")).isEqualTo(json("{'v':" + given + "}").get("v"));
        assertThat(event.changes()).isEmpty();
        assertThat(contact.changes()).isEmpty();
    }

    @Test
    void renamesWhatIsNoTimeAndClearsWhatIsToBeCleared() {
        IntercomRequest event = limits().truncate(event(json("{'odd_date':'soon','flag_date':true}")));
        assertThat(event.attributes()).hasToString("{\"odd_date_text\":\"soon\",\"flag_date_text\":\"true\"}");
        assertThat(event.changes()).containsOnly(new Change(Reason.NOT_A_DATE, "metadata.odd_date"),
                new Change(Reason.NOT_A_DATE, "metadata.flag_date"));

        IntercomRequest contact = limits().truncate(contact(json("{'odd_at':'soon','gone_at':null,'at':'x'}")));
        assertThat(contact.attributes()).hasToString("{\"odd_at_text\":\"soon\",\"gone_at\":null,\"at\":\"x\"}");
        assertThat(contact.changes()).containsOnly(new Change(Reason.NOT_A_DATE, "custom_attributes.odd_at"));
    }

    @Test
    void makesNoTimeOfANameThatIsTruncated() {
        IntercomLimits limits = limits();
        limits.setNameChars(10);

        assertThat(limits.truncate(event(json("{'start_date_text':'x'}"))).attributes()).isEqualTo(json("{'start_dat':'x'}"));
        assertThat(limits.truncate(event(json("{'start_date':1}"))).attributes()).isEqualTo(json("{'start_date':1}"));
        assertThat(limits.truncate(contact(json("{'start_date_text':'x'}"))).attributes()).isEqualTo(json("{'start_date':'x'}"));
        assertThat(limits.truncate(contact(json("{'started_at_home':'x'}"))).attributes()).isEqualTo(json("{'started_a':'x'}"));
    }

    @Test
    void truncatesTextsOnWholeCharacters() {
        IntercomLimits limits = limits();
        limits.setValueChars(3);
        ObjectNode body = json("{'external_id':'c1','role':'user','name':'Ana Souza','phone':'12','avatar':'https'}");
        body.set("custom_attributes", Json.object().put("a", "ab" + FACE + "d").put("b", 12345).put("c", "abc"));
        IntercomRequest request = limits.truncate(Requests.contactOf(body));

        ObjectNode truncated = json("{'external_id':'c1','role':'user','name':'Ana','phone':'12','avatar':'htt'}");
        truncated.putObject("custom_attributes").put("a", "ab" + FACE).put("b", 12345).put("c", "abc");
        assertThat(request.body()).isEqualTo(truncated);
        assertThat(request.changes()).containsExactlyInAnyOrder(new Change(Reason.VALUE_TOO_LONG, "name"),
                new Change(Reason.VALUE_TOO_LONG, "avatar"), new Change(Reason.VALUE_TOO_LONG, "custom_attributes.a"));
    }

    @Test
    void truncatesTheNameOfAnEventButNeverWhatNamesTheUser() {
        IntercomRequest request = limits().truncate(event("c".repeat(300), "p".repeat(191), 1, "e1"));

        assertThat(request.body().get("user_id").asText()).hasSize(300);
        assertThat(request.eventName()).hasSize(190);
        assertThat(request.changes()).containsExactly(new Change(Reason.NAME_TOO_LONG, "event_name"));
    }

    @Test
    void givesARequestRichValuesOfItsOwn() {
        ObjectNode given = json("{'price':{'amount':1250,'currency':'usd'}}");
        IntercomRequest request = limits().truncate(event(given));
        request.attributes().withObject("price").put("amount", 1);

        assertThat(given.at("/price/amount").asInt()).isEqualTo(1250);
    }

    @Test
    void refusesLimitsThatLeaveNoRoom() {
        assertThatIllegalArgumentException().isThrownBy(() -> limits().setNameChars(0))
                .withMessage("mparticle-intercom.limits.name-chars must be 1 or more, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> limits().setValueChars(0)).withMessageContaining("limits.value-chars");
        assertThatIllegalArgumentException().isThrownBy(() -> limits().setEventAttributes(-1))
                .withMessage("mparticle-intercom.limits.event-attributes must be 0 or more, not -1");
        assertThatIllegalArgumentException().isThrownBy(() -> limits().setUserAttributes(-1))
                .withMessageContaining("limits.user-attributes");
    }

    /** Whatever the attributes, the result is within the limits, and truncating it again changes nothing. */
    @Property(tries = 300)
    void staysWithinTheLimits(@ForAll @Characters String first, @ForAll @Characters String second, @ForAll @Characters String value,
            @ForAll @IntRange(min = 1, max = 6) int chars) {
        IntercomLimits limits = limits();
        limits.setNameChars(chars);
        limits.setValueChars(chars);
        limits.setEventAttributes(2);
        ObjectNode attributes = Json.object().put("x", value).put(first, 1).put(second, value).put(first + second, true).put("a_date", value);
        IntercomRequest once = limits.truncate(event(attributes));
        ObjectNode result = once.body().deepCopy();

        if (once.attributes() != null) {
            assertThat(once.attributes().size()).isLessThanOrEqualTo(2);
            once.attributes().properties().forEach(attribute -> {
                assertThat(attribute.getKey().codePointCount(0, attribute.getKey().length())).isLessThanOrEqualTo(chars);
                assertThat(attribute.getKey()).doesNotContain(".", "$");
            });
        }
        once.changes().clear();
        assertThat(limits.truncate(once).body()).isEqualTo(result);
    }

    private static IntercomLimits limits() {
        return new IntercomLimits();
    }
}
