package io.github.mparticleintercom.bundle;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus reads of the metrics.
 *
 * @param text in Prometheus' text format
 */
record Scrape(String text) {

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** The lines of this metric that hold all of these labels, written as {@code name="value"}. */
    List<String> lines(String metric, String... labels) {
        return text.lines().filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains)).toList();
    }

    /** The sum of their values. */
    double sum(String metric, String... labels) {
        return lines(metric, labels).stream().mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    /** Our metrics. */
    Set<String> names() {
        return text.lines().filter(line -> line.startsWith("mparticle_intercom_"))
                .map(line -> line.split("[{ ]")[0]).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The labels of our metrics, as {@code name=value}. */
    Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        text.lines().filter(line -> line.startsWith("mparticle_intercom_")).forEach(line -> {
            Matcher label = LABEL.matcher(line);
            while (label.find()) {
                labels.add(label.group(1) + "=" + label.group(2));
            }
        });
        return labels;
    }
}
