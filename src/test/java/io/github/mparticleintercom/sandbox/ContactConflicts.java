package io.github.mparticleintercom.sandbox;

import java.util.List;

/** Decides when a create or update collides with users that exist. Called while the store is locked. */
final class ContactConflicts {

    private final ContactStore store;

    ContactConflicts(ContactStore store) {
        this.store = store;
    }

    void checkCreate(ContactInput input) {
        if ("lead".equals(input.role())) {
            return; // leads may share everything
        }
        if (input.externalId() != null) {
            store.byExternalId(input.externalId()).filter(ContactConflicts::counts).ifPresent(existing -> {
                throw sameAs(existing);
            });
        }
        if (input.email() == null) {
            return;
        }
        // With an external id, only a user who has none yet is the same person; one with another id is not.
        List<SandboxContact> matches = usersWith(input.email()).stream()
                .filter(user -> input.externalId() == null || user.externalId() == null)
                .toList();
        checkMatches(input.email(), matches);
    }

    void checkUpdate(SandboxContact old, SandboxContact updated) {
        if (updated.externalId() != null && !updated.externalId().equals(old.externalId())) {
            store.byExternalId(updated.externalId()).filter(ContactConflicts::counts).ifPresent(owner -> {
                throw sameAs(owner);
            });
        }
        boolean keptEmail = updated.email() == null
                || old.isUser() && updated.email().equalsIgnoreCase(old.email());
        // Someone with an external id of their own may share an email address with others.
        if (!updated.isUser() || updated.externalId() != null || keptEmail) {
            return;
        }
        checkMatches(updated.email(), usersWith(updated.email()).stream()
                .filter(user -> !user.id().equals(old.id()))
                .toList());
    }

    private static void checkMatches(String email, List<SandboxContact> matches) {
        List<SandboxContact> live = matches.stream().filter(SandboxContact::isLive).toList();
        if (live.size() > 1) {
            throw ambiguous(email);
        }
        List<SandboxContact> first = live.isEmpty() ? matches : live;
        if (!first.isEmpty()) {
            throw sameAs(first.get(0));
        }
    }

    private List<SandboxContact> usersWith(String email) {
        return store.byEmail(email).stream().filter(SandboxContact::isUser).filter(ContactConflicts::counts).toList();
    }

    private static boolean counts(SandboxContact contact) {
        return contact.mergedInto() == null;
    }

    static ApiException ambiguous(String email) {
        return ApiException.conflict("More than one user has the email address " + email
                + "; the request must be more specific using user_id");
    }

    private static ApiException sameAs(SandboxContact contact) {
        // The id stands nowhere but in the message, as in the real service.
        return ApiException.conflict((contact.archived() ? "An archived contact" : "A contact")
                + " matching those details already exists with id=" + contact.id());
    }
}
