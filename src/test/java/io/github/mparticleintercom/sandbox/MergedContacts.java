package io.github.mparticleintercom.sandbox;

import java.util.Map;

/** Leads callers from a merged contact to the one that took its place. */
final class MergedContacts {

    private static final int MAX_HOPS = 3;

    private MergedContacts() {
    }

    static SandboxContact requireLive(SandboxContact contact, Map<String, SandboxContact> byId) {
        if (contact.mergedInto() != null) {
            throw new ApiException(410, "contact_merged", "This contact was merged into the one named by Link", null,
                    Map.of("Link", "</contacts/" + target(contact, byId) + ">; rel=\"canonical\""));
        }
        if (contact.archived()) {
            throw ApiException.notFound("User has been archived");
        }
        return contact;
    }

    private static String target(SandboxContact contact, Map<String, SandboxContact> byId) {
        String target = contact.mergedInto();
        for (int hop = 1; hop < MAX_HOPS; hop++) {
            SandboxContact next = byId.get(target);
            if (next == null || next.mergedInto() == null) {
                break;
            }
            target = next.mergedInto();
        }
        return target;
    }
}
