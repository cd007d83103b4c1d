package io.github.mparticleintercom.settings;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a setting may hold.
 *
 * @param expected the words that end "is not ..."
 * @param accepts  whether a text that is not blank is of this kind
 */
record Kind(String expected, Predicate<String> accepts) {

    static final Kind TEXT = new Kind("text", text -> true);
    static final Kind FOLDER = new Kind("a folder", text -> new File(text).getAbsoluteFile().isDirectory());
    static final Kind FLAG = oneOf("true", "false");
    static final Kind POSITIVE = number(1, Integer.MAX_VALUE);
    static final Kind COUNT = number(0, Integer.MAX_VALUE);
    static final Kind PORT = number(0, 65_535);
    static final Kind HTTP_URL = new Kind("an http or https address", text -> text.matches("https?://[^\\s/?#]+[^\\s?#]*"));
    static final Kind TCP_URL = new Kind("of the form tcp://host:port", text -> text.matches("tcp://[^\\s/?#]+:\\d{1,5}"));
    /** One address, or several in parentheses for a pair of brokers, each with its port: Artemis would take 61616 without a word. */
    static final Kind BROKER_URL = new Kind("of the form tcp://host:port", text -> text.matches("\\(?tcp://[^\\s]+")
            && List.of(text.replaceFirst("\\).*|\\?(?![^(]*\\)).*", "").replaceFirst("^\\(", "").split(",")).stream()
                    .allMatch(one -> one.matches("\\s*tcp://[^\\s/?#,]+:\\d{1,5}([/?#].*)?")));
    /** Commas alone name nothing, and what an empty list means, such as that no consent is needed, must not be said by mistake. */
    static final Kind LIST = new Kind("a list with commas between its entries", text -> !text.contains(";") && !entries(text).isEmpty());
    static final Kind HOSTS = new Kind("of the form host,host:port,http://host:port",
            text -> !text.contains(";") && !entries(text).isEmpty() && entries(text).stream().allMatch(Kind::isHost));
    static final Kind PAIRS = new Kind("of the form old=new,old=new",
            text -> LIST.accepts().test(text) && List.of(text.split(",")).stream().allMatch(pair -> pair.matches("\\s*|\\s*[^=\\s][^=]*=\\s*[^\\s].*")));

    /** The entries of a list, without the blanks around them. */
    static List<String> entries(String text) {
        return Stream.of(text.split(",")).map(String::strip).filter(entry -> !entry.isEmpty()).toList();
    }

    private static boolean isHost(String entry) {
        try {
            URI uri = new URI(entry.contains("://") ? entry : "https://" + entry);
            return uri.getScheme().matches("(?i)https?") && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static Kind oneOf(String... words) {
        return new Kind("one of " + String.join(", ", words), List.of(words)::contains);
    }

    static Kind number(int least, int most) {
        return number(least, most, "");
    }

    /** A number up to a limit of Intercom's own. */
    static Kind upToIntercoms(int least, int most) {
        return number(least, most, ", the limit of Intercom itself");
    }

    private static Kind number(int least, int most, String reason) {
        return new Kind("a whole number from " + least + " to " + most + reason, text -> {
            try {
                int value = Integer.parseInt(text);
                return value >= least && value <= most;
            } catch (NumberFormatException e) {
                return false;
            }
        });
    }
}
