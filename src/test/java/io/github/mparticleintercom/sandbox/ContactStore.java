package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The contacts of the workspace, found by id, external id and email. Each method is one atomic step. */
final class ContactStore {

    private final Clock clock;
    private final SandboxSettings settings;
    private final ContactIds ids = new ContactIds();
    private final ContactConflicts conflicts = new ContactConflicts(this);
    private final Map<String, SandboxContact> byId = new LinkedHashMap<>();
    private final Map<String, String> idByExternalId = new HashMap<>();
    private final Map<String, Set<String>> idsByEmail = new HashMap<>();

    ContactStore(Clock clock, SandboxSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    synchronized SandboxContact create(ContactInput input) {
        conflicts.checkCreate(input);
        Instant now = clock.instant();
        return put(SandboxContact.create(ids.next(now), input, now, now.plus(settings.searchDelay())));
    }

    synchronized SandboxContact seed(ContactInput input) {
        Instant now = clock.instant();
        return put(SandboxContact.create(ids.next(now), input, now, Instant.MIN));
    }

    /** Updates a live contact, if the result passes the check. */
    synchronized SandboxContact update(String id, ContactInput input, Consumer<Map<String, JsonNode>> check) {
        SandboxContact old = live(id);
        SandboxContact updated = old.updated(input, clock.instant());
        if (!updated.isUser() && updated.externalId() != null) {
            throw ApiException.invalid("external_id", "external_id can not be set on a lead");
        }
        check.accept(updated.customAttributes());
        conflicts.checkUpdate(old, updated);
        return put(updated);
    }

    synchronized SandboxContact archive(String id, boolean archived) {
        return change(id, contact -> contact.archived(archived));
    }

    synchronized SandboxContact merge(String id, String into) {
        present(into);
        return change(id, contact -> contact.mergedInto(into));
    }

    synchronized SandboxContact delete(String id) {
        SandboxContact contact = present(id);
        unindex(contact);
        byId.remove(id);
        return contact;
    }

    /** A contact that can be read and written, else 404, or 410 if it was merged away. */
    synchronized SandboxContact live(String id) {
        return MergedContacts.requireLive(present(id), byId);
    }

    synchronized SandboxContact liveByExternalId(String externalId) {
        return MergedContacts.requireLive(byExternalId(externalId).orElseThrow(ContactStore::unknown), byId);
    }

    synchronized Optional<SandboxContact> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized Optional<SandboxContact> byExternalId(String externalId) {
        return Optional.ofNullable(idByExternalId.get(externalId)).map(byId::get);
    }

    synchronized List<SandboxContact> byEmail(String email) {
        return idsByEmail.getOrDefault(lower(email), Set.of()).stream().map(byId::get).toList();
    }

    synchronized List<SandboxContact> all() {
        return List.copyOf(byId.values());
    }

    synchronized void clear() {
        byId.clear();
        idByExternalId.clear();
        idsByEmail.clear();
    }

    private SandboxContact change(String id, UnaryOperator<SandboxContact> operation) {
        return put(operation.apply(present(id)));
    }

    private SandboxContact present(String id) {
        return byId(id).orElseThrow(ContactStore::unknown);
    }

    private SandboxContact put(SandboxContact contact) {
        SandboxContact old = byId.put(contact.id(), contact);
        if (old != null) {
            unindex(old);
        }
        if (contact.externalId() != null) {
            idByExternalId.put(contact.externalId(), contact.id());
        }
        if (contact.email() != null) {
            idsByEmail.computeIfAbsent(lower(contact.email()), email -> new LinkedHashSet<>()).add(contact.id());
        }
        return contact;
    }

    private void unindex(SandboxContact contact) {
        if (contact.externalId() != null) {
            idByExternalId.remove(contact.externalId(), contact.id());
        }
        if (contact.email() != null) {
            idsByEmail.getOrDefault(lower(contact.email()), Set.of()).remove(contact.id());
        }
    }

    private static ApiException unknown() {
        return ApiException.notFound("User Not Found");
    }

    private static String lower(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}
