package io.github.mparticleintercom.http;

/** A query as it was sent. */
final class Query {

    private Query() {
    }

    /**
     * The first value of a parameter.
     *
     * @param query the query; null if there was none
     * @param name  the parameter's name
     * @return what it is; "" where nothing follows its name, null where it is not there
     */
    static String parameter(String query, String name) {
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (SentHeader.decode(parts[0]).equals(name)) {
                return parts.length == 1 ? "" : SentHeader.decode(parts[1]);
            }
        }
        return null;
    }
}
