package io.github.mparticleintercom.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings and the checks that a start must pass. */
public final class Settings {

    /** What every one of our keys begins with. */
    public static final String PREFIX = "mparticle-intercom.";
    private static final Pattern SECRET = Pattern.compile("(token|api-key|authorization|password|secret)$");
    /** Of a parameter, up to the next, or of a user. Artemis parts parameters with a semicolon as well. */
    private static final Pattern SECRET_IN_ADDRESS = Pattern.compile(
            "([?&;][^=&;]*(?:password|passphrase|secret|token)[^=&;]*=)[^&;]*|(//[^/?@:]*:)[^/?@]*(?=@)",
            Pattern.CASE_INSENSITIVE);

    /** The fields of a contact that others may write (Intercom's OpenAPI description 2.16); later versions may have more. */
    private static final Set<String> FIELDS = Set.of("name", "phone", "email", "avatar", "signed_up_at", "last_seen_at", "owner_id",
            "unsubscribed_from_emails", "language_override");
    /** Written by the rules of identity, never by an attribute. */
    private static final Set<String> IDENTITY = Set.of("role", "external_id", "id");

    /** Where the fields of a company are taken from; without the first there is none. */
    private static final List<String> COMPANY = List.of("company.id-attribute", "company.name-attribute", "company.plan-attribute",
            "company.size-attribute", "company.website-attribute", "company.monthly-spend-attribute");

    private final UnaryOperator<String> values;

    /**
     * Settings to check.
     *
     * @param values gives the value of a whole key; null or blank where it is not set
     */
    public Settings(UnaryOperator<String> values) {
        this.values = values;
    }

    /**
     * Something that is wrong with a setting.
     *
     * @param key      the whole key of the setting that must be changed
     * @param sentence what is wrong, for a person; it names the key and holds no secret
     */
    public record Problem(String key, String sentence) {
    }

    /** Every key, whole. */
    public static Set<String> keys() {
        return Collections.unmodifiableSet(KnownSettings.KINDS.keySet());
    }

    /** The environment variable that stands for this key. */
    public static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /**
     * Makes Camel find environment variables on every machine; to be called before anything else. Camel writes a key in the capitals
     * of the machine's language, and those of Turkish and Azeri have a dot on the I, so that no variable would ever be found there.
     */
    public static void findInEveryLanguage() {
        if (!"i".toUpperCase(Locale.getDefault()).equals("I")) {
            Locale.setDefault(Locale.ROOT);
        }
    }

    /**
     * What a value of a setting is not, as the words that end "is not ...".
     *
     * @param key   a whole key
     * @param value a value for it without placeholders; a blank one will do where the setting may be empty
     * @return empty where it will do
     */
    public static Optional<String> unfit(String key, String value) {
        Kind kind = KnownSettings.KINDS.get(key);
        return kind == null || value.isBlank() || value.contains("{{") || kind == Kind.FOLDER || kind.accepts().test(value.strip())
                ? Optional.empty() : Optional.of(kind.expected());
    }

    /** Whether the value of this key is for nobody's eyes. */
    public static boolean isSecret(String key) {
        return SECRET.matcher(key).find();
    }

    /** A value as everybody may see it: where it is an address, with *** for every password in it. */
    public static String masked(String value) {
        return SECRET_IN_ADDRESS.matcher(value).replaceAll(found ->
                Matcher.quoteReplacement(Objects.toString(found.group(1), "") + Objects.toString(found.group(2), "") + "***"));
    }

    /** Checks every setting and returns what is wrong with each that will not do. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        KnownSettings.KINDS.forEach((key, kind) -> {
            String value = value(key);
            if (value.contains("\"")) {
                // Camel takes it for the end of a bean's argument
                problems.add(new Problem(key, key + " holds a quotation mark, which no setting may hold."));
            } else if (value.matches("(?s).*\\$\\{[\\w.-]+}.*") || value.startsWith("~/")) {
                problems.add(new Problem(key, key + " holds " + (value.startsWith("~") ? "~" : "${...}")
                        + ", which nobody replaces; {{env:NAME}} is a variable of the environment."));
            } else if (value.matches("(?i)bearer\\s.*") && key.matches(".*(access-token|api-key)")) {
                problems.add(new Problem(key, key + " begins with 'Bearer', which is put before it anyway."));
            } else if (value.isEmpty()) {
                require(KnownSettings.MAY_BE_EMPTY.contains(key), key, " is missing.", problems);
            } else {
                require(kind.accepts().test(value), key, " is '" + masked(value) + "', which is not " + kind.expected() + ".", problems);
            }
        });
        require(whole("camel.main.cloud-properties-location").isEmpty(), "camel.main.cloud-properties-location", " is set, which the"
                + " commands cannot use; set " + PREFIX + "secrets.folder in its place.", problems);
        require(whole("camel.main.routes-include-pattern").isEmpty(), "camel.main.routes-include-pattern", " is set, and the program reads"
                + " the routes of routes/.", problems);
        checkEventTypes(problems);
        require(!value("intercom.base-url").matches("(?i)https?://[^/]*intercom\\.(io|com)\\b.*")
                || value("intercom.base-url").matches("https://api\\.((eu|au)\\.)?intercom\\.io/?"), PREFIX + "intercom.base-url",
                " is not where Intercom answers; empty, the region says it.", problems);
        Kind.entries(value("consent.purpose")).forEach(purpose -> require(!purpose.toLowerCase(Locale.ROOT).matches(".*opt.?out")
                || purpose.equalsIgnoreCase("ccpa_data_sale_opt_out"), PREFIX + "consent.purpose", " names '" + purpose
                        + "'; did you mean 'ccpa_data_sale_opt_out'?", problems));
        checkNames("user.standard-fields", problems);
        Kind.entries(value("user.standard-fields")).stream().filter(name -> !FIELDS.contains(name)).forEach(name ->
                NearestKey.near(name.toLowerCase(Locale.ROOT), FIELDS).ifPresent(near -> problems.add(new Problem(PREFIX
                        + "user.standard-fields", PREFIX + "user.standard-fields names '" + name + "'; did you mean '" + near + "'?"))));
        checkRenames("events.rename-attributes", problems);
        checkRenames("user.rename", problems);
        checkCompany(problems);
        checkTogether("broker.user", "broker.password", problems);
        checkTogether("broker.password", "broker.user", problems);
        checkTogether("erasure.key-store", "erasure.processor-domain", problems);
        require(!isOn("erasure.enabled") || !isOn("http.enabled") || !value("erasure.authorization").isEmpty(), PREFIX
                + "erasure.authorization", " is missing, and " + PREFIX + "erasure.enabled is true.", problems);
        if (!value("broker.connection-factory").isEmpty() && !value("broker.url").isEmpty()) {
            problems.add(new Problem(PREFIX + "broker.url", "Only one of " + PREFIX + "broker.connection-factory and " + PREFIX
                    + "broker.url may be set."));
        }
        if (isOn("http.enabled") && value("http.authorization").isEmpty() && !value("http.host").isEmpty()) {
            checkLoopback(PREFIX + "http.host", value("http.host"), PREFIX + "http.authorization must be set before " + PREFIX
                    + "http.host may be '" + value("http.host") + "', which others can reach.", problems);
        }
        checkManagement(problems);
        checkOnce(ports(), problems);
        checkOnce(queues(), problems);
        if (isOn("files.enabled") && !value("files.inbox").isEmpty() && !value("broker.data").isEmpty()) {
            require(!absolute("broker.data").startsWith(absolute("files.inbox")), PREFIX + "files.inbox", " is '" + value("files.inbox")
                    + "', where " + PREFIX + "broker.data is: its files would be read as batches.", problems);
        }
        String listen = value("broker.listen");
        if (Kind.TCP_URL.accepts().test(listen) && value("broker.user").isEmpty() && value("broker.password").isEmpty()) {
            checkLoopback(PREFIX + "broker.listen", URI.create(listen).getHost(), PREFIX + "broker.user and " + PREFIX
                    + "broker.password must be set before " + PREFIX + "broker.listen may be '" + listen
                    + "', which others can reach.", problems);
        }
        return problems;
    }

    /** What works, and is worth knowing: platforms whose batches would be dead-lettered for want of a credential, and what has no effect. */
    public List<Problem> notes() {
        List<Problem> notes = new ArrayList<>();
        Set<String> tags = Set.copyOf(Kind.entries(value("user.tags")));
        require(tags.size() < 2 || !tags.contains("*"), PREFIX + "user.tags", " names others beside *, which is all of them.", notes);
        Stream.concat(COMPANY.stream(), Stream.of("company.attributes")).forEach(field ->
                require(value(field).isEmpty() || !value(COMPANY.get(0)).isEmpty(), PREFIX + field, " has no effect without " + PREFIX
                        + COMPANY.get(0) + ".", notes));
        List<String> platforms = List.of("web", "ios", "android", "tvos");
        boolean any = platforms.stream().anyMatch(platform -> !value("platform." + platform + ".api-key").isEmpty());
        if (!isOn("dry-run") && any && value("intercom.access-token").isEmpty()) {
            platforms.stream().map(platform -> PREFIX + "platform." + platform + ".api-key").forEach(key -> require(!value(key).isEmpty(),
                    key, " is not set, and there is no " + PREFIX + "intercom.access-token to use in its place: batches of this"
                            + " platform are dead-lettered.", notes));
        }
        return notes;
    }

    /** A type that mParticle does not have lets nothing through, without a word. */
    private void checkEventTypes(List<Problem> problems) {
        String types = value("events.types");
        if (Kind.LIST.accepts().test(types)) {
            Kind.entries(types).forEach(type -> EventTypes.unknown(type).ifPresent(sentence ->
                    problems.add(new Problem(PREFIX + "events.types", PREFIX + "events.types: " + sentence))));
        }
    }

    private void checkNames(String key, List<Problem> problems) {
        Set<String> seen = new HashSet<>();
        for (String name : Kind.entries(value(key))) {
            require(seen.add(name), PREFIX + key, " names '" + name + "' twice.", problems);
            require(!IDENTITY.contains(name), PREFIX + key, " names '" + name + "', which says who the contact is and cannot be an"
                    + " attribute.", problems);
        }
    }

    /** Of two names that become one the second would be lost. */
    private void checkRenames(String key, List<Problem> problems) {
        Map<String, String> byNew = new HashMap<>();
        Set<String> old = new HashSet<>();
        if (!Kind.PAIRS.accepts().test(value(key))) {
            return;
        }
        for (String pair : Kind.entries(value(key))) {
            String from = pair.split("=", 2)[0].strip();
            String to = pair.split("=", 2)[1].strip();
            require(old.add(from), PREFIX + key, " renames '" + from + "' twice.", problems);
            String other = byNew.putIfAbsent(to, from);
            require(other == null || other.equals(from), PREFIX + key, " renames both '" + other + "' and '" + from + "' to '" + to
                    + "': only the first of them would be kept.", problems);
        }
    }

    /** Of two fields that are taken from one attribute the second would get it. */
    private void checkCompany(List<Problem> problems) {
        Map<String, String> byAttribute = new HashMap<>();
        for (String field : COMPANY) {
            String attribute = value(field);
            String other = attribute.isEmpty() ? null : byAttribute.putIfAbsent(attribute, PREFIX + field);
            require(other == null, PREFIX + field, " names '" + attribute + "', as " + other + " does.", problems);
        }
        Kind.entries(value("company.attributes")).forEach(attribute -> require(!byAttribute.containsKey(attribute), PREFIX
                + "company.attributes", " names '" + attribute + "', as " + byAttribute.get(attribute) + " does.", problems));
    }

    /** The ports of the servers that are on, by key. */
    private Map<String, String> ports() {
        Map<String, String> ports = new LinkedHashMap<>();
        if (isOn("http.enabled")) {
            ports.put(PREFIX + "http.port", value("http.port"));
        }
        if (whole("camel.management.enabled").equals("true")) {
            ports.put("camel.management.port", whole("camel.management.port"));
        }
        if (value("broker.url").isEmpty() && value("broker.connection-factory").isEmpty()) {
            ports.put(PREFIX + "broker.listen", value("broker.listen").replaceFirst(".*:", ""));
        }
        // 0 is any that is free
        ports.values().removeIf(port -> port.isEmpty() || port.equals("0"));
        return ports;
    }

    /** The queues, by key: what one of them is for must not come into another. */
    private Map<String, String> queues() {
        Map<String, String> queues = new LinkedHashMap<>();
        for (String key : List.of("broker.requests-queue", "broker.dead-letter-queue", "jms.queue")) {
            queues.put(PREFIX + key, value(key));
        }
        queues.values().removeIf(String::isEmpty);
        return queues;
    }

    private static void checkOnce(Map<String, String> values, List<Problem> problems) {
        Map<String, String> keys = new HashMap<>();
        values.forEach((key, value) -> {
            String other = keys.putIfAbsent(value, key);
            require(other == null, key, " is '" + value + "', as " + other + " is.", problems);
        });
    }

    private Path absolute(String key) {
        return Path.of(value(key)).toAbsolutePath().normalize();
    }

    /** Where Camel is given no address, its management port listens on every one. */
    private void checkManagement(List<Problem> problems) {
        String host = whole("camel.management.host").isEmpty() ? "0.0.0.0" : whole("camel.management.host");
        if (whole("camel.management.enabled").equals("true") && value("http.authorization").isEmpty()) {
            checkLoopback("camel.management.host", host, PREFIX + "http.authorization must be set before"
                    + " camel.management.host may be '" + host + "', which others can reach.", problems);
        }
    }

    private void checkTogether(String key, String other, List<Problem> problems) {
        require(value(key).isEmpty() || !value(other).isEmpty(), PREFIX + other, " is missing, and there is a " + PREFIX
                + key + ".", problems);
    }

    private String value(String key) {
        return whole(key.startsWith(PREFIX) ? key : PREFIX + key);
    }

    private String whole(String key) {
        String value = values.apply(key);
        return value == null ? "" : value.strip();
    }

    private boolean isOn(String key) {
        return value(key).equals("true");
    }

    private static void checkLoopback(String key, String host, String otherwise, List<Problem> problems) {
        try {
            if (host == null || !InetAddress.getByName(host).isLoopbackAddress()) {
                problems.add(new Problem(key, otherwise));
            }
        } catch (UnknownHostException e) {
            problems.add(new Problem(key, key + ": '" + host + "' is not an address of this machine."));
        }
    }

    private static void require(boolean right, String key, String otherwise, List<Problem> problems) {
        if (!right) {
            problems.add(new Problem(key, key + otherwise));
        }
    }
}
