package io.github.mparticleintercom.ratelimit;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What the headers of one answer report about the allowance: {@code X-RateLimit-Limit}, {@code X-RateLimit-Remaining} and
 * {@code X-RateLimit-Reset} as described on Intercom's page on rate limiting, and HTTP's {@code Date}.
 *
 * @param limit     calls in a window
 * @param remaining calls left when the answer was made
 * @param reset     when the window ends, in nanoseconds of Intercom's clock since 1970
 * @param date      the second in which the answer was made, likewise; null if not given
 */
record RateReport(long limit, long remaining, long reset, Long date) {

    static final long SECOND = 1_000_000_000L;

    private static volatile Second lastDate = new Second("", null);

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
        if (text == null || text.isEmpty() || text.length() > 10) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number < 9_000_000_000L ? number : -1;
    }

    /** Thousands of answers bear the same second, and reading it costs more than all the rest. */
    private static Long nanos(String date) {
        Second last = lastDate;
        if (date == null || date.equals(last.text)) {
            return date == null ? null : last.nanos;
        }
        Long nanos;
        try {
            nanos = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond() * SECOND;
        } catch (DateTimeException e) {
            nanos = null;
        }
        lastDate = new Second(date, nanos);
        return nanos;
    }

    private record Second(String text, Long nanos) {
    }
}
