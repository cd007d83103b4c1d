package io.github.mparticleintercom.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the rounds of a measurement found, side by side for the distributions that took turns. */
final class CostTable {

    /**
     * One round with one distribution.
     *
     * @param expense    what its process used
     * @param events     for how many events
     * @param seconds    in what time, from the first post to the last event at Intercom
     * @param otherCalls calls that were no events
     * @param bareCalls  what the bare loop made in a second, right after, over as many connections as the posts
     * @param bareOfOne  what it made over one
     */
    record Result(Expense expense, int events, double seconds, long otherCalls, double bareCalls, double bareOfOne) {

        double micros(ThreadKind kind) {
            return expense.processorNanos().getOrDefault(kind, 0L) / 1e3 / events;
        }

        double kilobytes(ThreadKind kind) {
            return expense.allocatedBytes().getOrDefault(kind, 0L) / 1e3 / events;
        }

        double rate() {
            return events / seconds;
        }
    }

    private final String title;
    private final Map<String, List<Result>> results = new LinkedHashMap<>();

    CostTable(String title) {
        this.title = title;
    }

    void add(String distribution, Result result) {
        results.computeIfAbsent(distribution, name -> new ArrayList<>()).add(result);
    }

    /** The mean of the rounds, each of them in brackets, and what part of the first distribution's mean the last one's is. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\n").append(title).append('\n');
        text.append("%-38s".formatted(""));
        results.keySet().forEach(name -> text.append("%-28s".formatted(name)));
        text.append(results.size() > 1 ? "ratio\n" : "\n");
        row(text, "processor time an event, µs", result -> result.expense().totalProcessorNanos() / 1e3 / result.events());
        for (ThreadKind kind : ThreadKind.values()) {
            row(text, "  " + kind.title(), result -> result.micros(kind));
        }
        row(text, "garbage an event, kB", result -> result.expense().totalAllocatedBytes() / 1e3 / result.events());
        for (ThreadKind kind : List.of(ThreadKind.INTAKE, ThreadKind.DELIVERY, ThreadKind.BROKER, ThreadKind.REST)) {
            row(text, "  " + kind.title(), result -> result.kilobytes(kind));
        }
        row(text, "events a second", Result::rate);
        row(text, "bare calls a second", Result::bareCalls);
        row(text, "  over one connection", Result::bareOfOne);
        row(text, "events in % of bare calls", result -> 100 * result.rate() / result.bareCalls());
        row(text, "  over one connection", result -> 100 * result.rate() / result.bareOfOne());
        row(text, "processors in use by the bundle", result -> result.expense().totalProcessorNanos() / 1e9 / result.seconds());
        row(text, "other calls in 1,000 events", result -> 1000.0 * result.otherCalls() / result.events());
        return text.toString();
    }

    private void row(StringBuilder text, String name, ToDoubleFunction<Result> value) {
        text.append("%-38s".formatted(name));
        List<Double> means = new ArrayList<>();
        for (List<Result> rounds : results.values()) {
            double mean = rounds.stream().mapToDouble(value).average().orElseThrow();
            means.add(mean);
            String each = String.join(" ", rounds.stream().map(round -> number(value.applyAsDouble(round))).toList());
            text.append("%-28s".formatted(number(mean) + (rounds.size() > 1 ? " (" + each + ")" : "")));
        }
        if (means.size() > 1) {
            text.append(String.format(Locale.ROOT, "%.2f", means.get(means.size() - 1) / means.get(0)));
        }
        text.append('\n');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
