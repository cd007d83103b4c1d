package io.github.mparticleintercom.mapping;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** What is different about single events on their way to Intercom, as the file of the setting {@code events.mapping} says. */
public final class EventMapping {

    /** Stands in the file for all events of a type that have no entry of their own. */
    static final String OTHERS = "*";

    private Map<String, Map<String, MappedEvent>> events = Map.of();

    /**
     * Reads the file.
     *
     * @param file a path, or {@code classpath:} and the name of a resource; empty where nothing is mapped
     * @throws IOException              when it cannot be read
     * @throws IllegalArgumentException when something in it is wrong; the message says what, and in which lines
     */
    public void setFile(String file) throws IOException {
        if (file == null || file.isBlank()) {
            events = Map.of();
            return;
        }
        EventMappingFile read = EventMappingFile.read(file.strip());
        if (!read.faults().isEmpty()) {
            throw new IllegalArgumentException(read.faults().stream().map(fault -> file.strip() + ":" + fault.line() + ": "
                    + fault.sentence()).collect(Collectors.joining("\n")));
        }
        events = read.byTypeAndName();
    }

    /**
     * What is different about an event.
     *
     * @param type mParticle's {@code event_type}, or {@code product} for one product of a commerce event
     * @param name its name, that of its screen, or its action
     */
    public MappedEvent of(String type, String name) {
        if (events.isEmpty()) {
            return MappedEvent.NONE;
        }
        Map<String, MappedEvent> ofType = events.getOrDefault(type, Map.of());
        MappedEvent own = name == null ? null : ofType.get(name);
        return own != null ? own : ofType.getOrDefault(OTHERS, MappedEvent.NONE);
    }
}
