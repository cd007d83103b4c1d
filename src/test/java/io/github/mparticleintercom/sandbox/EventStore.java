package io.github.mparticleintercom.sandbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The events of the workspace and the names they use up. */
final class EventStore {

    private record Key(String contactId, String lowerName, long createdAt) {
    }

    private final SandboxSettings settings;
    private final List<StoredEvent> stored = new ArrayList<>();
    private final List<StoredEvent> swallowed = new ArrayList<>();
    private final Set<Key> keys = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    EventStore(SandboxSettings settings) {
        this.settings = settings;
    }

    synchronized void add(StoredEvent event) {
        String lowerName = event.name().toLowerCase(Locale.ROOT);
        if (!names.contains(lowerName) && names.size() >= settings.eventNameLimit()) {
            throw ApiException.invalid("event_name", "The workspace has reached its event name limit of "
                    + settings.eventNameLimit() + "; '" + event.name() + "' is not stored");
        }
        names.add(lowerName);
        // The metadata is no part of what makes an event unique.
        boolean isNew = keys.add(new Key(event.contactId(), lowerName, event.createdAt()));
        (isNew ? stored : swallowed).add(event);
    }

    synchronized void addName(String name) {
        names.add(normalise(name).toLowerCase(Locale.ROOT));
    }

    /** The events of one contact are those of another now. */
    synchronized void move(String from, String into) {
        stored.replaceAll(event -> event.contactId().equals(from)
                ? new StoredEvent(into, event.name(), event.createdAt(), event.metadata()) : event);
    }

    synchronized List<StoredEvent> stored() {
        return List.copyOf(stored);
    }

    synchronized List<StoredEvent> swallowed() {
        return List.copyOf(swallowed);
    }

    synchronized void clear() {
        stored.clear();
        swallowed.clear();
        keys.clear();
        names.clear();
    }

    /** The name as it is kept. */
    static String normalise(String name) {
        return name.replace('.', '-').replace('$', '-');
    }
}
