package io.github.mparticleintercom.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A header as the sender set it. Camel puts query parameters among the headers, behind a header of the same name. */
final class SentHeader {

    private SentHeader() {
    }

    /**
     * The header without what the query added to it.
     *
     * @param value one value or a list of them; null if there is none
     * @param name  the header's name
     * @param query the query as it was sent; null if there was none
     * @return the value, several joined by a comma; null if the sender set none
     */
    static String read(Object value, String name, String query) {
        List<String> values = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(entry -> values.add(String.valueOf(entry)));
        } else if (value != null) {
            values.add(value.toString());
        }
        int own = values.size() - parameters(name, query);
        return own <= 0 ? null : String.join(",", values.subList(0, own));
    }

    private static int parameters(String name, String query) {
        int found = 0;
        for (String pair : query == null ? new String[0] : query.split("[&;]")) {
            if (name.equalsIgnoreCase(decode(pair.split("=", 2)[0]))) {
                found++;
            }
        }
        return found;
    }

    /** A part of a query as it was meant; what is no code for a character stays as it is. */
    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
