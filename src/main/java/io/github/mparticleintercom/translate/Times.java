package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Times as Intercom takes them: whole Unix seconds. */
public final class Times {

    /** 5138-11-16 in seconds and 1973-03-03 in milliseconds: what is above is taken for milliseconds. */
    private static final long LARGEST_SECONDS = 99_999_999_999L;

    private Times() {
    }

    /**
     * Seconds from seconds, from milliseconds, or from an ISO 8601 date or time; null from anything else and from what lies
     * before 1970, for which Intercom documents no number.
     */
    public static JsonNode seconds(JsonNode value) {
        Long number = Json.positive(value);
        if (number == null) {
            number = parsed(Json.text(value));
        } else if (number > LARGEST_SECONDS) {
            number = number / 1000;
        }
        return number == null || number <= 0 ? null : Json.MAPPER.getNodeFactory().numberNode(number);
    }

    private static Long parsed(String text) {
        if (text == null || text.length() < 10) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toEpochSecond()
                    : text.endsWith("Z") ? Instant.parse(text).getEpochSecond()
                            : OffsetDateTime.parse(text).toEpochSecond();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
