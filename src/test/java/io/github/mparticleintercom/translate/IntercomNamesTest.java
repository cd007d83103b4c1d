package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntercomNamesTest {

    private static final String FACE = "\uD83D\uDE00";

    @ParameterizedTest
    @CsvSource({"plan, plan", "$City, city", "$AGE, age", "$tier, tier", "a.b$c, a_b_c", "' plan ', plan", "$, _", "$$, _", "., _",
        "'', _", "Straße 1, Straße 1", "mParticle Source Feed, mParticle Source Feed"})
    void makesNamesLegal(String given, String legal) {
        assertThat(IntercomNames.legal(given)).isEqualTo(legal);
    }

    @Test
    void countsAnEmojiAsOneCharacter() {
        assertThat(IntercomNames.shorten("abc" + FACE + "d", 4)).isEqualTo("abc" + FACE);
        assertThat(IntercomNames.shorten(FACE.repeat(5), 5)).isEqualTo(FACE.repeat(5));
        assertThat(IntercomNames.shorten(FACE.repeat(6), 5)).isEqualTo(FACE.repeat(5));
    }

    @Test
    void showsNoNameWithoutEnd() {
        assertThat(IntercomNames.field("metadata.", "x".repeat(50_000))).hasSize(209).startsWith("metadata.x");
    }

    @Property
    void makesNamesThatIntercomTakes(@ForAll @Characters String name) {
        String legal = IntercomNames.legal(name);

        assertThat(legal).isNotBlank().doesNotContain(".", "$");
        assertThat(legal.chars().anyMatch(Character::isISOControl)).isFalse();
        assertThat(IntercomNames.legal(legal)).isSameAs(legal);
    }

    @Property
    void shortensToAWholePrefix(@ForAll @Characters String text, @ForAll @IntRange(min = 1, max = 12) int limit) {
        String truncated = IntercomNames.shorten(text, limit);

        assertThat(text).startsWith(truncated);
        assertThat(truncated.codePointCount(0, truncated.length())).isEqualTo(Math.min(limit, text.codePointCount(0, text.length())));
        assertThat(IntercomNames.shorten(truncated, limit)).isEqualTo(truncated);
    }

    @Property
    void neverSplitsACharacter(@ForAll @Characters @NotEmpty String text, @ForAll @IntRange(min = 1, max = 12) int limit) {
        String truncated = IntercomNames.shorten(text, limit);
        boolean split = truncated.length() < text.length() && Character.isHighSurrogate(truncated.charAt(truncated.length() - 1))
                && Character.isLowSurrogate(text.charAt(truncated.length()));

        assertThat(split).isFalse();
    }
}
