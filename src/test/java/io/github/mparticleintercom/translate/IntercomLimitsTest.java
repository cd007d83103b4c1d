package io.github.mparticleintercom.translate;

import static io.github.mparticleintercom.translate.Requests.contact;
import static io.github.mparticleintercom.translate.Requests.event;
import static io.github.mparticleintercom.translate.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class IntercomLimitsTest {

    private static final IntercomLimits LIMITS = new IntercomLimits(5, 100, 190, 255, "", "");
    private static final String FACE = "\uD83D\uDE00";

    @Test
    void leavesWhatFitsAsItIs() {
        IntercomRequest request = event(json("{'a':1,'b':'x','c':true,'d':null,'e':{'amount':1,'currency':'usd'}}"));

        assertThat(LIMITS.cut(request)).isEqualTo(request);
    }

    @Test
    void keepsTheFirstAttributesAndTellsOfTheRest() {
        IntercomRequest cut = LIMITS.cut(event(json("{'a':1,'b':2,'c':3,'d':4,'e':5,'f':6,'g':7}")));

        assertThat(cut.attributes()).isEqualTo(json("{'a':1,'b':2,'c':3,'d':4,'e':5}"));
        assertThat(cut.changes()).containsExactly(new Change(Reason.TOO_MANY_ATTRIBUTES, "metadata.f"),
                new Change(Reason.TOO_MANY_ATTRIBUTES, "metadata.g"));
    }

    @Test
    void keepsListedAttributesBeforeAllOthersInTheOrderTheyCame() {
        IntercomRequest cut = new IntercomLimits(2, 2, 190, 255, "c, missing", "d,c")
                .cut(event(json("{'a':1,'b':2,'c':3,'d':4}")));
        assertThat(cut.attributes().toString()).isEqualTo("{\"a\":1,\"c\":3}");

        cut = new IntercomLimits(2, 2, 190, 255, "c", "d,c").cut(contact(json("{'a':1,'b':2,'c':3,'d':4}")));
        assertThat(cut.attributes().toString()).isEqualTo("{\"c\":3,\"d\":4}");
    }

    @Test
    void mayLeaveNoAttributeAtAll() {
        IntercomRequest cut = new IntercomLimits(0, 0, 190, 255, "", "").cut(event(json("{'a':1}")));

        assertThat(cut.body().has("metadata")).isFalse();
        assertThat(cut.changes()).hasSize(1);
    }

    @Test
    void keepsTheFirstOfTwoNamesThatAreOneAfterTheCut() {
        IntercomRequest cut = new IntercomLimits(5, 100, 3, 255, "", "").cut(contact(json("{'abc':1,'abcd':2,'abce':3}")));

        assertThat(cut.attributes()).isEqualTo(json("{'abc':1}"));
        assertThat(cut.changes()).extracting(Change::reason).containsExactly(Reason.NAME_COLLISION, Reason.NAME_COLLISION);
    }

    @Test
    void makesNoDateOfANameThatIsCut() {
        IntercomLimits limits = new IntercomLimits(5, 100, 10, 255, "", "");

        assertThat(limits.cut(event(json("{'start_date_text':'x'}"))).attributes()).isEqualTo(json("{'start_dat':'x'}"));
        assertThat(limits.cut(event(json("{'start_date':1}"))).attributes()).isEqualTo(json("{'start_date':1}"));
        assertThat(limits.cut(contact(json("{'start_date_text':'x'}"))).attributes()).isEqualTo(json("{'start_date':'x'}"));
    }

    @Test
    void neverCutsWhatNamesTheUser() {
        IntercomRequest request = event("c".repeat(300), "Paid", 1, "e1");

        assertThat(LIMITS.cut(request).body()).isEqualTo(request.body());
    }

    @Test
    void countsAnEmojiAsOneCharacter() {
        assertThat(IntercomLimits.shorten("abc" + FACE + "d", 4)).isEqualTo("abc" + FACE);
        assertThat(IntercomLimits.shorten(FACE.repeat(5), 5)).isEqualTo(FACE.repeat(5));
        assertThat(IntercomLimits.shorten(FACE.repeat(6), 5)).isEqualTo(FACE.repeat(5));
    }

    @Test
    void refusesLimitsThatLeaveNoRoom() {
        assertThatIllegalArgumentException().isThrownBy(() -> new IntercomLimits(5, 100, 0, 255, "", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new IntercomLimits(5, 100, 190, 0, "", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new IntercomLimits(-1, 100, 190, 255, "", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new IntercomLimits(5, -1, 190, 255, "", ""));
    }

    @Property
    void shortensToAWholePrefix(@ForAll @Characters String text, @ForAll @IntRange(min = 1, max = 12) int limit) {
        String cut = IntercomLimits.shorten(text, limit);

        assertThat(text).startsWith(cut);
        assertThat(cut.codePointCount(0, cut.length())).isEqualTo(Math.min(limit, text.codePointCount(0, text.length())));
        assertThat(IntercomLimits.shorten(cut, limit)).isEqualTo(cut);
    }

    @Property
    void neverSplitsACharacter(@ForAll @Characters @NotEmpty String text, @ForAll @IntRange(min = 1, max = 12) int limit) {
        String cut = IntercomLimits.shorten(text, limit);
        boolean split = cut.length() < text.length() && Character.isHighSurrogate(cut.charAt(cut.length() - 1))
                && Character.isLowSurrogate(text.charAt(cut.length()));

        assertThat(split).isFalse();
    }
}
