package io.github.mparticleintercom.sandbox;

import java.util.List;

/** What a request is for, as far as a caller who counts calls is concerned. */
public enum CallKind {
    /** {@code POST /contacts}. */
    CONTACT_CREATE,
    /** {@code PUT /contacts/{id}}. */
    CONTACT_UPDATE,
    /** Reading or searching contacts. */
    LOOKUP,
    /** {@code POST /events}. */
    EVENT,
    /** Anything else. */
    OTHER;

    static CallKind of(String method, List<String> segments) {
        if (segments.equals(List.of("events")) && method.equals("POST")) {
            return EVENT;
        }
        if (segments.isEmpty() || !segments.get(0).equals("contacts")) {
            return OTHER;
        }
        boolean search = segments.size() == 2 && segments.get(1).equals("search");
        return switch (method) {
            case "GET" -> LOOKUP;
            case "PUT" -> segments.size() == 2 ? CONTACT_UPDATE : OTHER;
            case "POST" -> segments.size() == 1 ? CONTACT_CREATE : search ? LOOKUP : OTHER;
            default -> OTHER;
        };
    }
}
