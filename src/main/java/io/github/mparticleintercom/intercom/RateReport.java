package io.github.mparticleintercom.intercom;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What the headers of one answer tell of the allowance: {@code X-RateLimit-Limit}, {@code X-RateLimit-Remaining} and
 * {@code X-RateLimit-Reset} as described on Intercom's page on rate limiting, and HTTP's {@code Date}.
 *
 * @param limit     calls in a window
 * @param remaining calls left when the answer was made
 * @param reset     when the window ends, in nanoseconds of Intercom's clock since 1970
 * @param date      the second in which the answer was made, likewise; null if not told
 */
record RateReport(long limit, long remaining, long reset, Long date) {

    static final long SECOND = 1_000_000_000L;

    /** The report of these headers; null unless all three of the allowance are there and make sense. */
    static RateReport of(String limit, String remaining, String reset, String date) {
        long calls = number(limit);
        long left = number(remaining);
        long seconds = number(reset);
        return calls <= 0 || left < 0 || seconds < 0 ? null
                : new RateReport(calls, Math.min(left, calls), seconds * SECOND, nanos(date));
    }

    /** A number of which a long can hold the nanoseconds; -1 for anything else. */
    private static long number(String text) {
        return text != null && text.matches("[0-8]?\\d{1,9}") ? Long.parseLong(text) : -1;
    }

    private static Long nanos(String date) {
        try {
            return date == null ? null
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond() * SECOND;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
