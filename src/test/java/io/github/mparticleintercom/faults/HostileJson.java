package io.github.mparticleintercom.faults;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts that a parser of JSON may stumble over: values where a value stands, and whole documents. */
final class HostileJson {

    /** In a place where a value may stand; most are no JSON, and some are JSON that Java cannot hold or that nobody means. */
    private static final List<String> VALUES = List.of("1e99999999999", "-1e99999999999", "1e-99999999999", "1E+2147483648", "1e400", "-0",
            "-0.0e-0", "00", "01", "-", "+1", ".5", "5.", "1e", "1e+", "0x1F", "1_000", "1,5", "NaN", "-Infinity", "Infinity",
            "9".repeat(5_000), "-" + "9".repeat(5_000), "0." + "3".repeat(5_000), "nul", "True", "undefined", "None", "''", "'a'", "`a`",
            "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u00\"", "\"\\x41\"", "\"\\", "\"a", "\"a\tb\"", "\"a\u0000b\"", "\"\u007f\"",
            "\"\u2028\"", "\"\\uDBFF\\uDFFF\"", "\"" + "x".repeat(70_000) + "\"", "[", "]", "[[", "[]]", "[,]", "[1,]", "[,1]", "[1 2]",
            "[1;2]", "{", "}", "{}}", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{:1}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}",
            "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{\"a\":1,\"a\":2}", "{\"\":1}", "{\"\\u0000\":1}", "{\"__proto__\":{}}", "{\"$ref\":\"#\"}",
            "{\"" + "k".repeat(70_000) + "\":1}", "[".repeat(600) + "]".repeat(600), "[".repeat(20_000), "{\"a\":".repeat(600) + "1" + "}".repeat(600),
            "/* c */ 1", "1 // c", "# c", "<!-- -->", "<a/>", "${jndi:ldap://127.0.0.1/a}", "{{x}}", "%s%n", "\\", "\"\" \"\"", "", " ");

    /** Where in a batch a value stands. */
    private static final List<String> PLACES = List.of("%s", "[%s]", "{\"batch_id\":%s}",
            "{\"user_identities\":{\"customer_id\":\"h\"},\"user_attributes\":{\"a\":%s}}",
            "{\"user_identities\":{\"customer_id\":%s},\"events\":[]}", "{\"user_identities\":%s}",
            "{\"user_identities\":[{\"identity_type\":\"email\",\"identity\":%s}]}",
            "{\"user_identities\":{\"customer_id\":\"h\"},\"events\":%s}",
            "{\"user_identities\":{\"customer_id\":\"h\"},\"events\":[{\"event_type\":\"custom_event\",\"data\":%s}]}",
            "{\"user_identities\":{\"customer_id\":\"h\"},\"timestamp_unixtime_ms\":%s,\"environment\":%s,\"device_info\":{\"platform\":%s}}");

    private static final String GOOD = "{\"user_identities\":{\"customer_id\":\"h\"},\"user_attributes\":{\"a\":\"\u00e9\"}}";

    private HostileJson() {
    }

    /** Every value in every place, and whole documents in other encodings; of {@code part} only one in so many. */
    static List<byte[]> documents(int part) {
        List<byte[]> documents = new ArrayList<>();
        for (String place : PLACES) {
            VALUES.forEach(value -> documents.add(place.replace("%s", value).getBytes(StandardCharsets.UTF_8)));
        }
        for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1", "IBM037")) {
            documents.add(GOOD.getBytes(Charset.forName(charset)));
        }
        documents.add(("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8));
        documents.add(("\uFEFF\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8));
        documents.add((GOOD + "\u0000").getBytes(StandardCharsets.UTF_8));
        documents.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0, (byte) 0x80});
        documents.add(new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'});
        documents.add(new byte[] {'[', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ']'});
        documents.add(new byte[] {0x1f, (byte) 0x8b, 8, 0});
        List<byte[]> some = new ArrayList<>();
        for (int i = 0; i < documents.size(); i += part) {
            some.add(documents.get(i));
        }
        return some;
    }
}
