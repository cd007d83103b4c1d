package io.github.mparticleintercom.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings and the checks that a start must pass. */
public final class Settings {

    /** What every one of our keys begins with. */
    public static final String PREFIX = "mparticle-intercom.";
    private static final Pattern SECRET = Pattern.compile("(token|api-key|authorization|password|secret)$");
    /** Of a parameter, up to the next, or of a user. Artemis parts parameters with a semicolon as well. */
    private static final Pattern SECRET_IN_ADDRESS = Pattern.compile(
            "([?&;][^=&;]*(?:password|passphrase|secret|token)[^=&;]*=)[^&;]*|(//[^/?@:]*:)[^/?@]*(?=@)",
            Pattern.CASE_INSENSITIVE);

    private final UnaryOperator<String> values;

    /**
     * Settings to check.
     *
     * @param values gives the value of a whole key; null or blank where it is not set
     */
    public Settings(UnaryOperator<String> values) {
        this.values = values;
    }

    /** Every key, whole. */
    public static List<String> keys() {
        return List.copyOf(KnownSettings.KINDS.keySet());
    }

    /**
     * Checks that a name is that of a setting.
     *
     * @param name a whole key; one without our prefix is others' business
     * @return a sentence if it is unknown, with the one that was probably meant
     */
    public static Optional<String> unknown(String name) {
        return !name.startsWith(PREFIX) || KnownSettings.KINDS.containsKey(name) ? Optional.empty()
                : Optional.of(name + " is not a setting; did you mean " + NearestKey.of(name, KnownSettings.KINDS.keySet()) + "?");
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

    /**
     * Checks every setting.
     *
     * @throws SettingsException with a line for each that will not do
     */
    public void check() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new SettingsException(String.join("\n", problems));
        }
    }

    /** Checks every setting and returns a sentence for each that will not do. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        KnownSettings.KINDS.forEach((key, kind) -> {
            String value = value(key);
            if (value.contains("\"")) {
                // Camel takes it for the end of a bean's argument
                problems.add(key + " holds a quotation mark, which no setting may hold.");
            } else if (value.isEmpty()) {
                require(KnownSettings.MAY_BE_EMPTY.contains(key), key + " is missing.", problems);
            } else {
                require(kind.accepts().test(value), key + " is '" + masked(value) + "', which is not " + kind.expected() + ".", problems);
            }
        });
        require(whole("camel.main.cloud-properties-location").isEmpty(), "camel.main.cloud-properties-location is set, which the"
                + " commands cannot use; set " + PREFIX + "secrets.folder in its place.", problems);
        checkCredentials(problems);
        checkTogether("broker.user", "broker.password", problems);
        checkTogether("broker.password", "broker.user", problems);
        require(value("broker.connection-factory").isEmpty() || value("broker.url").isEmpty(), "Only one of " + PREFIX
                + "broker.connection-factory and " + PREFIX + "broker.url may be set.", problems);
        if (isOn("http.enabled") && value("http.authorization").isEmpty() && !value("http.host").isEmpty()) {
            checkLoopback(PREFIX + "http.host", value("http.host"), PREFIX + "http.authorization must be set before " + PREFIX
                    + "http.host may be '" + value("http.host") + "', which others can reach.", problems);
        }
        checkManagement(problems);
        String listen = value("broker.listen");
        if (Kind.TCP_URL.accepts().test(listen) && value("broker.user").isEmpty() && value("broker.password").isEmpty()) {
            checkLoopback(PREFIX + "broker.listen", URI.create(listen).getHost(), PREFIX + "broker.user and " + PREFIX
                    + "broker.password must be set before " + PREFIX + "broker.listen may be '" + listen
                    + "', which others can reach.", problems);
        }
        return problems;
    }

    /** Where Camel is not told an address, its management port listens on every one. */
    private void checkManagement(List<String> problems) {
        String host = whole("camel.management.host").isEmpty() ? "0.0.0.0" : whole("camel.management.host");
        if (whole("camel.management.enabled").equals("true") && value("http.authorization").isEmpty()) {
            checkLoopback("camel.management.host", host, PREFIX + "http.authorization must be set before"
                    + " camel.management.host may be '" + host + "', which others can reach.", problems);
        }
    }

    private void checkCredentials(List<String> problems) {
        List<String> platforms = List.of("ios", "android", "tvos");
        boolean any = !value("platform.web.api-key").isEmpty()
                || platforms.stream().anyMatch(platform -> !value("platform." + platform + ".api-key").isEmpty());
        if (isOn("dry-run") || !any || !value("intercom.access-token").isEmpty()) {
            return;
        }
        platforms.forEach(platform -> require(!value("platform." + platform + ".api-key").isEmpty(), PREFIX + "platform."
                + platform + ".api-key is missing, and there is no " + PREFIX + "intercom.access-token to use in its place.",
                problems));
    }

    private void checkTogether(String key, String other, List<String> problems) {
        require(value(key).isEmpty() || !value(other).isEmpty(), PREFIX + other + " is missing, and there is a " + PREFIX
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

    private static void checkLoopback(String key, String host, String otherwise, List<String> problems) {
        try {
            require(host != null && InetAddress.getByName(host).isLoopbackAddress(), otherwise, problems);
        } catch (UnknownHostException e) {
            problems.add(key + ": '" + host + "' is not an address of this machine.");
        }
    }

    private static void require(boolean right, String otherwise, List<String> problems) {
        if (!right) {
            problems.add(otherwise);
        }
    }
}
