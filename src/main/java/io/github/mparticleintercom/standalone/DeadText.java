package io.github.mparticleintercom.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Dead letters for a person at a screen. */
final class DeadText {

    private static final List<String> COLUMNS = List.of("id", "parked_at", "reason", "kind", "status", "batch_id", "event_id",
            "source");
    private static final Set<String> BODIES = Set.of("body", "body_text", "body_base64");

    private DeadText() {
    }

    /** A table, and how many there are. */
    static void list(JsonNode list, PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS.stream().map(name -> name.replace('_', ' ')).toList());
        list.get("letters").forEach(letter -> rows.add(COLUMNS.stream().map(name -> printable(letter.path(name).asText()))
                .toList()));
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < COLUMNS.size(); i++) {
                int column = i;
                int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
                line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println(list.get("letters").size() + " of " + list.get("total").asInt());
    }

    /** Everything, a line for each, and the body below. */
    static void show(JsonNode letter, PrintStream out) {
        letter.properties().stream().filter(entry -> !BODIES.contains(entry.getKey())).forEach(entry -> {
            String name = entry.getKey().replace('_', ' ');
            out.println(name + " ".repeat(Math.max(1, 22 - name.length())) + printable(entry.getValue().asText()));
        });
        out.println();
        letter.properties().stream().filter(entry -> BODIES.contains(entry.getKey())).forEach(entry ->
                out.println(entry.getValue().isTextual() && !entry.getKey().equals("body")
                        ? entry.getValue().asText() : entry.getValue().toPrettyString()));
    }

    /** What others sent must not steer the screen. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
