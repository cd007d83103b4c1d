package io.github.mparticleintercom.check;

import io.github.mparticleintercom.mapping.EventMappingFile;
import io.github.mparticleintercom.mapping.EventMappingFile.Entry;
import io.github.mparticleintercom.mapping.MappedEvent;
import io.github.mparticleintercom.settings.EventTypes;
import io.github.mparticleintercom.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** The file of the event mapping: what is wrong in it, and where it and the settings do not go together. */
final class EventMappingCheck {

    private static final String FILE = "events.mapping";

    private final CamelContext context;
    private final SettingsFile settings;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();

    /** A check of the file that these settings name, if they name one. */
    EventMappingCheck(CamelContext context, SettingsFile settings) {
        this.context = context;
        this.settings = settings;
        String file = value(FILE);
        if (!file.isEmpty()) {
            try {
                check(file, EventMappingFile.read(file));
            } catch (IOException e) {
                problems.add(settings.problem(Settings.PREFIX + FILE, Settings.PREFIX + FILE + ": " + e.getMessage()));
            }
        }
    }

    /** Everything that is wrong. */
    List<Problem> problems() {
        return problems;
    }

    /** What works, and is worth knowing. */
    List<Problem> notes() {
        return notes;
    }

    private void check(String file, EventMappingFile mapping) {
        mapping.faults().forEach(fault -> problems.add(new Problem(file, fault.line(), fault.sentence())));
        int nameChars = number("limits.name-chars");
        int attributes = number("limits.event-attributes");
        int most = number("events.max-names");
        List<String> types = list("events.types");
        List<String> listed = list("events.names");
        Map<String, Entry> byName = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            boolean product = entry.type().equals("product");
            if (!types.contains(product ? "commerce_event" : entry.type())) {
                note(file, entry, " has no effect: its type is not among " + Settings.PREFIX + "events.types.");
            } else if (product && !value("commerce.products").equals("each")) {
                note(file, entry, " has no effect: " + Settings.PREFIX + "commerce.products is not each.");
            }
            if ((product || entry.type().equals("commerce_event")) && !entry.name().equals("*") && !EventTypes.isAction(entry.name())) {
                note(file, entry, " has no effect: such events are called by their action, as in purchase, and mParticle has none of this name.");
            }
            if (!entry.event().sent() && !entry.event().equals(new MappedEvent(null, null, false, Map.of(), Set.of(), Map.of()))) {
                note(file, entry, " is not sent, so that what else is said of it has no effect.");
            }
            if (entry.event().added().size() > attributes) {
                problem(file, entry, " is given " + entry.event().added().size() + " attributes, and " + Settings.PREFIX
                        + "limits.event-attributes is " + attributes + ": the last of them would be left out.");
            }
            for (String name : entry.event().sent() ? entry.names() : List.<String>of()) {
                if (name.codePointCount(0, name.length()) > nameChars) {
                    problem(file, entry, " is given a name of more than " + nameChars + " characters (" + Settings.PREFIX
                            + "limits.name-chars).");
                }
                if (!listed.isEmpty() && listed.stream().noneMatch(name::equalsIgnoreCase)) {
                    note(file, entry, " becomes '" + name + "', which is not among " + Settings.PREFIX + "events.names.");
                }
                Entry other = byName.putIfAbsent(name.toLowerCase(Locale.ROOT), entry);
                if (other != null) {
                    note(file, entry, " and '" + other.name() + "' in line " + other.line() + " both become '" + name
                            + "': one event for Intercom.");
                } else if (byName.size() == most + 1) {
                    problem(file, entry, " is given one more name than " + Settings.PREFIX + "events.max-names, " + most
                            + ": Intercom would refuse it.");
                }
            }
        }
    }

    private void problem(String file, Entry entry, String sentence) {
        problems.add(new Problem(file, entry.line(), "'" + entry.name() + "'" + sentence));
    }

    private void note(String file, Entry entry, String sentence) {
        notes.add(new Problem(file, entry.line(), "'" + entry.name() + "'" + sentence));
    }

    private List<String> list(String key) {
        return Stream.of(value(key).split(",")).map(String::strip).filter(entry -> !entry.isEmpty()).toList();
    }

    /** What is no number is told where the settings are checked. */
    private int number(String key) {
        String value = value(key);
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : Integer.MAX_VALUE - 1;
    }

    private String value(String key) {
        return new Placeholders(context).resolve("{{" + Settings.PREFIX + key + ":}}").map(String::strip).orElse("");
    }
}
