package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * Times in all the forms in which they come: Unix seconds, milliseconds, microseconds and nanoseconds, as numbers and as
 * text, and ISO 8601 with or without time and zone. Which unit a number has shows in its size: each unit covers the years
 * 1973 to 5138, and no two of them overlap.
 */
public final class Times {

    /** Not a time. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long SECONDS_END = 100_000_000_000L;
    private static final long MILLIS_END = SECONDS_END * 1_000;
    private static final long MICROS_END = MILLIS_END * 1_000;
    private static final int MAX_CHARS = 40;
    private static final long DAY_SECONDS = 86_400;

    private Times() {
    }

    /** Whether this is what mParticle documents for its times: a number of milliseconds from 1973 on. */
    static boolean isMillis(JsonNode value) {
        if (!value.isNumber()) {
            return false;
        }
        double number = value.doubleValue();
        return number >= SECONDS_END && number < MILLIS_END;
    }

    /** Unix milliseconds from a time in any form; {@link #NONE} from anything else and from what lies before 1970. */
    public static long millis(JsonNode value) {
        if (value == null) {
            return NONE;
        }
        if (value.isNumber()) {
            return value.isIntegralNumber() && value.canConvertToLong() ? millis(value.longValue()) : millis(value.doubleValue());
        }
        return value.isTextual() ? millis(value.textValue()) : NONE;
    }

    /** Unix seconds from a time in any form; {@link #NONE} from anything else and from what lies before 1970. */
    public static long seconds(JsonNode value) {
        long millis = millis(value);
        return millis < 1_000 ? NONE : millis / 1_000;
    }

    private static long millis(long number) {
        if (number <= 0) {
            return NONE;
        }
        if (number < SECONDS_END) {
            return number * 1_000;
        }
        return number < MILLIS_END ? number : number < MICROS_END ? number / 1_000 : number / 1_000_000;
    }

    private static long millis(double number) {
        if (!(number > 0) || number >= Long.MAX_VALUE) {
            return NONE;
        }
        return number < SECONDS_END ? (long) (number * 1_000) : millis((long) number);
    }

    private static long millis(String given) {
        String text = given.strip();
        if (text.isEmpty() || text.length() > MAX_CHARS) {
            return NONE;
        }
        if (isNumber(text)) {
            try {
                return text.indexOf('.') < 0 ? millis(Long.parseLong(text)) : millis(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                return NONE;
            }
        }
        return new Iso(text).millis();
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c == '.' && i > 0)) {
                return false;
            }
        }
        return true;
    }

    /** Reads {@code 2024-05-01}, {@code 2024-05-01T08:00:00.123+02:00} and what lies between; without a zone it is UTC. */
    private static final class Iso {

        private final String text;
        private int at;

        Iso(String text) {
            this.text = text;
        }

        long millis() {
            try {
                long days = date();
                long millis = 0;
                long offset = 0;
                if (at < text.length()) {
                    expect('T', 't', ' ');
                    millis = timeOfDay();
                    offset = offset();
                }
                long result = (days * DAY_SECONDS - offset) * 1_000 + millis;
                return at == text.length() && result > 0 ? result : NONE;
            } catch (DateTimeException e) {
                return NONE;
            }
        }

        private long date() {
            int year = digits(4);
            expect('-');
            int month = digits(2);
            expect('-');
            return LocalDate.of(year, month, digits(2)).toEpochDay();
        }

        private long timeOfDay() {
            int hour = digits(2);
            expect(':');
            int minute = digits(2);
            int second = 0;
            int milli = 0;
            if (is(':')) {
                at++;
                second = Math.min(digits(2), 60);
                if (is('.') || is(',')) {
                    at++;
                    milli = fraction();
                }
            }
            // a leap second counts as the one before it
            return LocalTime.of(hour, minute, second == 60 ? 59 : second).toSecondOfDay() * 1_000L + milli;
        }

        private int fraction() {
            int milli = 0;
            int digits = 0;
            for (; at < text.length() && isDigit(text.charAt(at)); at++) {
                if (digits++ < 3) {
                    milli = milli * 10 + text.charAt(at) - '0';
                }
            }
            if (digits == 0) {
                throw new DateTimeException("");
            }
            return digits == 1 ? milli * 100 : digits == 2 ? milli * 10 : milli;
        }

        /** In seconds: {@code Z}, {@code UTC}, {@code GMT}, {@code +02}, {@code +0200}, {@code +02:00} or nothing. */
        private long offset() {
            if (is(' ')) {
                at++;
            }
            String rest = text.substring(at);
            if (rest.isEmpty() || rest.equalsIgnoreCase("Z") || rest.equalsIgnoreCase("UTC") || rest.equalsIgnoreCase("GMT")) {
                at = text.length();
                return 0;
            }
            int sign = is('-') ? -1 : 1;
            expect('+', '-');
            int hours = digits(2);
            if (is(':')) {
                at++;
            }
            int minutes = at < text.length() ? digits(2) : 0;
            return sign * LocalTime.of(hours, minutes).toSecondOfDay();
        }

        private int digits(int count) {
            int number = 0;
            for (int end = at + count; at < end; at++) {
                if (at >= text.length() || !isDigit(text.charAt(at))) {
                    throw new DateTimeException("");
                }
                number = number * 10 + text.charAt(at) - '0';
            }
            return number;
        }

        private void expect(char... any) {
            for (char one : any) {
                if (is(one)) {
                    at++;
                    return;
                }
            }
            throw new DateTimeException("");
        }

        private boolean is(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
