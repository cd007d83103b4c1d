package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.EventNames;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mapping.EventMapping;
import io.github.mparticleintercom.mapping.MappedEvent;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/**
 * Translates an mParticle event into an Intercom event. Custom events keep their name; screen views and commerce events get
 * few, fixed names, because an Intercom workspace allows 120 (Intercom help, "Event limits"). An {@link EventMapping} says
 * what is different about single events.
 */
public final class EventTranslator {

    private static final String SCREEN_VIEW = "screen_view";
    private static final String COMMERCE_EVENT = "commerce_event";

    private EventMapping mapping = new EventMapping();
    private EventNames eventNames = new EventNames();
    private Map<String, String> renamedAttributes = Map.of();
    private Set<String> ignoredAttributes = Set.of();
    private Set<String> listed = Set.of();

    /** Knows how much room Intercom has for event names. */
    public void setEventNames(EventNames eventNames) {
        this.eventNames = eventNames;
    }

    /** What is different about single events. */
    public void setMapping(EventMapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Sets event attributes to send under another name: {@code old=new,old=new}.
     *
     * @throws IllegalArgumentException when an entry is no pair
     */
    public void setRenameAttributes(String rename) {
        this.renamedAttributes = Lists.pairs(rename);
    }

    /** Sets which of the events' own attributes are left out, separated by commas. */
    public void setIgnoredAttributes(String names) {
        this.ignoredAttributes = Set.copyOf(Lists.names(names));
    }

    /** Sets the only names to send, as Intercom sees them, separated by commas; empty for all. */
    public void setNames(String names) {
        Set<String> lowerCase = new HashSet<>();
        for (String name : Lists.names(names)) {
            lowerCase.add(name.toLowerCase(Locale.ROOT));
        }
        this.listed = Set.copyOf(lowerCase);
    }

    /**
     * The event request, its metadata still under mParticle's names. Sets {@code listed}: {@code yes}, or {@code no} where events of
     * its name are not to be sent.
     */
    public IntercomRequest translate(@Variable("batch") MparticleBatch batch, @Variable("event") MparticleEvent event,
            @Variables Map<String, Object> variables) {
        ObjectNode data = event.data();
        boolean product = event.product() != null;
        String given = given(event);
        MappedEvent mapped = mapping.of(product ? "product" : event.type(), given);
        List<Change> changes = new ArrayList<>(event.changes());
        Metadata metadata = new Metadata(mapped, renamedAttributes, ignoredAttributes, changes);
        mapped.add(batch, event, metadata::addTaken);
        fill(event, metadata);
        String otherwise = event.type().equals(SCREEN_VIEW) ? SCREEN_VIEW : product ? given + "_product" : given;
        String name = mapped.name(batch, event, otherwise);
        String legal = legal(name);
        String fallback = mapped.isTemplate() ? legal(mapped.fallback(otherwise)) : null;
        if (fallback != null && (fallback.equals(legal) || !eventNames.hasRoom(legal))) {
            if (!fallback.equals(legal)) {
                changes.add(new Change(Reason.EVENT_NAME_FALLBACK, "event_name"));
            }
            legal = fallback;
            fallback = null;
        } else if (!legal.equals(name)) {
            changes.add(new Change(Reason.NAME_CLEANED, "event_name"));
        }
        // names differ at Intercom only beyond upper and lower case
        variables.put("listed", mapped.sent() && (listed.isEmpty() || listed.contains(legal.toLowerCase(Locale.ROOT))) ? "yes" : "no");
        Identities user = batch.user();
        ObjectNode body = Json.object();
        // events say user_id where contacts say external_id
        body.put(user.customerId() != null ? "user_id" : "email", user.customerId() != null ? user.customerId() : user.email());
        body.put("event_name", legal).put("created_at", event.seconds());
        if (!metadata.attributes().isEmpty()) {
            body.set("metadata", metadata.attributes());
        }
        return new IntercomRequest(IntercomRequest.Operation.EVENT, batch.platform(), user.key(), event.stableId(), batch.id(),
                event.id(), body, changes).otherUserKey(user.emailKey()).fallbackName(fallback);
    }

    /** The name by which the event is known at mParticle; a type that has none is called by its type. */
    private static String given(MparticleEvent event) {
        if (event.type().equals(COMMERCE_EVENT)) {
            return Commerce.action(event.data());
        }
        String name = Json.text(event.data().get(event.type().equals(SCREEN_VIEW) ? "screen_name" : "event_name"));
        return name == null ? event.type() : name;
    }

    private static void fill(MparticleEvent event, Metadata metadata) {
        ObjectNode data = event.data();
        switch (event.type()) {
            case COMMERCE_EVENT -> Commerce.fill(event, metadata);
            case SCREEN_VIEW -> metadata.add("screen_name", data.get("screen_name")).addCustom(data);
            case "session_end" -> metadata.add("session_duration_ms", data.get("session_duration_ms")).addCustom(data);
            default -> metadata.addCustom(data);
        }
    }

    /** Intercom has {@code -} in the place of the two characters (its older description of events). */
    private static String legal(String name) {
        return IntercomNames.withoutControls(name).replace('.', '-').replace('$', '-');
    }
}
