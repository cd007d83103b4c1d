package io.github.mparticleintercom.sandbox;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Checks of the headers that say which version and which kind of content the caller speaks. */
final class HeaderChecks {

    /** The versions Intercom's OpenAPI description lists: 1.0 to 1.4 and 2.0 to 2.16. */
    private static final Set<String> VERSIONS = versions();
    private static final Set<String> JSON_RANGES = Set.of("application/json", "application/*", "*/*");

    private HeaderChecks() {
    }

    static void version(RecordedRequest request) {
        String version = request.intercomVersion();
        // Without the header the real service takes the app's own version.
        if (version != null && !VERSIONS.contains(version)) {
            throw new ApiException(400, "intercom_version_invalid", "Intercom-Version is not a known version",
                    "Intercom-Version", Map.of());
        }
    }

    static void content(RecordedRequest request) {
        String accept = request.header("Accept");
        if (accept != null && Arrays.stream(accept.split(",")).map(HeaderChecks::mediaType)
                .noneMatch(JSON_RANGES::contains)) {
            throw new ApiException(406, "client_error", "The answer can only be application/json");
        }
        if (request.rawBody().isEmpty()) {
            return;
        }
        String type = request.header("Content-Type");
        if (type == null || !mediaType(type).equals("application/json")) {
            throw new ApiException(415, "unsupported", "Content-Type must be application/json");
        }
        if (request.body() == null) {
            throw ApiException.invalid(null, "The body is not valid JSON");
        }
    }

    private static String mediaType(String value) {
        return value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private static Set<String> versions() {
        Set<String> versions = new HashSet<>();
        IntStream.rangeClosed(0, 4).forEach(minor -> versions.add("1." + minor));
        IntStream.rangeClosed(0, 16).forEach(minor -> versions.add("2." + minor));
        return Set.copyOf(versions);
    }
}
