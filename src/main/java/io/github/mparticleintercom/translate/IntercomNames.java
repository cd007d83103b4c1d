package io.github.mparticleintercom.translate;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of attributes: which of them Intercom takes, and how they are shown to people. */
final class IntercomNames {

    /** mParticle's reserved user attributes, which lose their {@code $} without a word about it. */
    private static final Set<String> RESERVED =
            Set.of("$age", "$gender", "$country", "$zip", "$city", "$state", "$address");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");
    private static final int MAX_SHOWN_CHARS = 200;

    private IntercomNames() {
    }

    /**
     * Without a leading {@code $}, and with {@code _} for every other character that Intercom does not allow: no {@code .} or
     * {@code $} (Intercom help, "Custom attributes"), and no control characters. The same text where it is legal.
     */
    static String legal(String name) {
        if (isLegal(name)) {
            return name;
        }
        String bare = isReserved(name) ? name.toLowerCase(Locale.ROOT) : name;
        if (bare.startsWith("$") && bare.length() > 1) {
            bare = bare.substring(1);
        }
        StringBuilder legal = new StringBuilder(bare.strip());
        for (int i = 0; i < legal.length(); i++) {
            if (!isLegal(legal.charAt(i))) {
                legal.setCharAt(i, '_');
            }
        }
        return legal.isEmpty() ? "_" : legal.toString();
    }

    /** With {@code _} for every control character, which no name at Intercom may hold. The same text where there is none. */
    static String withoutControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return CONTROLS.matcher(text).replaceAll("_");
            }
        }
        return text;
    }

    /** Whether it is one of mParticle's reserved user attributes, in whichever case it is written. */
    static boolean isReserved(String name) {
        return name.startsWith("$") && RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** An attribute's place in a request, for people; a name without end is not shown to its end. */
    static String field(String prefix, String name) {
        return prefix + shorten(name, MAX_SHOWN_CHARS);
    }

    /** Shortens to so many code points, without splitting a character that takes two Java chars. */
    static String shorten(String text, int maxChars) {
        return isWithin(text, maxChars) ? text : text.substring(0, text.offsetByCodePoints(0, maxChars));
    }

    /** Whether a text has at most so many code points. */
    static boolean isWithin(String text, int maxChars) {
        return text.length() <= maxChars || text.codePointCount(0, text.length()) <= maxChars;
    }

    private static boolean isLegal(String name) {
        int length = name.length();
        if (length == 0 || Character.isWhitespace(name.codePointAt(0)) || Character.isWhitespace(name.codePointBefore(length))) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isLegal(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLegal(char c) {
        return c != '.' && c != '$' && !Character.isISOControl(c);
    }
}
