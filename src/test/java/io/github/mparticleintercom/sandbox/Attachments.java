package io.github.mparticleintercom.sandbox;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What hangs on contacts, by their ids: companies or tags. */
final class Attachments {

    private final Map<String, Set<String>> byContact = new LinkedHashMap<>();

    synchronized void add(String contactId, String id) {
        byContact.computeIfAbsent(contactId, contact -> new LinkedHashSet<>()).add(id);
    }

    /** Whether it was there. */
    synchronized boolean remove(String contactId, String id) {
        return byContact.getOrDefault(contactId, new LinkedHashSet<>()).remove(id);
    }

    synchronized List<String> of(String contactId) {
        return List.copyOf(byContact.getOrDefault(contactId, Set.of()));
    }

    /** What hung on one contact hangs on another now. */
    synchronized void move(String from, String into) {
        Set<String> moved = byContact.remove(from);
        if (moved != null) {
            moved.forEach(id -> add(into, id));
        }
    }

    synchronized void clear() {
        byContact.clear();
    }
}
