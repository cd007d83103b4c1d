package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event of a contact as the workspace keeps it.
 *
 * @param contactId Intercom id of the contact
 * @param name      event name after replacement of characters that are not kept
 * @param createdAt when it happened, Unix seconds
 * @param metadata  the metadata that is kept; empty if none was sent
 */
public record StoredEvent(String contactId, String name, long createdAt, ObjectNode metadata) {
}
