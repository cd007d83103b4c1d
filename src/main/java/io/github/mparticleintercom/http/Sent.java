package io.github.mparticleintercom.http;

import io.github.mparticleintercom.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What a caller sent, apart: Camel puts the parameters of the query among the headers, behind a header of the same name. */
public final class Sent {

    private Sent() {
    }

    /**
     * A header without what the query added to it.
     *
     * @param value one value or a list of them; null if there is none
     * @param name  the header's name
     * @param query the query as it was sent; null if there was none
     * @return the value, several joined by a comma; null if the sender set none
     */
    static String header(Object value, String name, String query) {
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        long own = values.size() - pairs(query, "[&;]").filter(pair -> name.equalsIgnoreCase(decode(pair[0]))).count();
        return own <= 0 ? null : String.join(",", values.stream().limit(own).map(String::valueOf).toList());
    }

    /**
     * The first value of a parameter of the query.
     *
     * @param query the query; null if there was none
     * @param name  the parameter's name
     * @return what it is; "" where nothing follows its name, null where it is not there
     */
    public static String parameter(String query, String name) {
        return pairs(query, "&").filter(pair -> decode(pair[0]).equals(name)).map(pair -> pair.length == 1 ? "" : decode(pair[1]))
                .findFirst().orElse(null);
    }

    /**
     * Makes sure that a body is JSON: a form, for one, would arrive as something else than was sent.
     *
     * @param type the content type; null if there is none
     * @throws HttpRefusal for any other
     */
    public static void checkJson(String type) throws HttpRefusal {
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new HttpRefusal(415, Reason.UNSUPPORTED_MEDIA_TYPE, "Content-Type");
        }
    }

    private static Stream<String[]> pairs(String query, String between) {
        return query == null ? Stream.empty() : Stream.of(query.split(between)).map(pair -> pair.split("=", 2));
    }

    /** A part of a query as it was meant; what is no code for a character stays as it is. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
