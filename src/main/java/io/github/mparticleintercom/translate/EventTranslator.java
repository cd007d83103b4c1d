package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Translates an mParticle event into an Intercom event. Custom events keep their name; screen views and commerce events get
 * few, fixed names, because an Intercom workspace allows 120 (Intercom help, "Event limits").
 */
public final class EventTranslator {

    private static final String SCREEN_VIEW = "screen_view";

    private NameTemplate screenViewName = new NameTemplate(SCREEN_VIEW);
    private Map<String, String> renamed = Map.of();
    private Map<String, String> renamedAttributes = Map.of();
    private Set<String> ignoredAttributes = Set.of();
    private Set<String> listed = Set.of();

    /**
     * Sets the name of screen views: a text, in which {@code {screen_name}} or any other field or attribute of the event in
     * braces stands for its value. A field that an event does not have is left out.
     *
     * @throws IllegalArgumentException when it is empty, or a brace has no partner
     */
    public void setScreenViewName(String template) {
        if (template == null || template.isBlank()) {
            throw new IllegalArgumentException("mparticle-intercom.events.screen-view-name must be a name");
        }
        this.screenViewName = new NameTemplate(template.strip());
    }

    /**
     * Sets event names to send under another: {@code old=new,old=new}.
     *
     * @throws IllegalArgumentException when an entry is no pair
     */
    public void setRename(String rename) {
        this.renamed = Lists.pairs(rename);
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

    /** Whether events of this name are to be sent. Names differ at Intercom only beyond upper and lower case. */
    public boolean isListed(@Body IntercomRequest request) {
        return listed.isEmpty() || listed.contains(request.eventName().toLowerCase(Locale.ROOT));
    }

    /** The event request, its metadata still under mParticle's names. */
    public IntercomRequest translate(@Variable("batch") MparticleBatch batch, @Variable("event") MparticleEvent event) {
        ObjectNode data = event.data();
        List<Change> changes = new ArrayList<>(event.changes());
        Metadata metadata = new Metadata(renamedAttributes, ignoredAttributes, changes);
        String name = switch (event.type()) {
            case SCREEN_VIEW -> screen(data, metadata);
            case "commerce_event" -> commerce(event, metadata);
            case "session_end" -> sessionEnd(event, metadata);
            default -> named(event, metadata);
        };
        String sent = renamed.isEmpty() ? name : renamed.getOrDefault(name, name);
        String legal = sent.replace('.', '-').replace('$', '-');
        if (!legal.equals(sent)) {
            changes.add(new Change(Reason.NAME_CLEANED, "event_name"));
        }
        Identities user = batch.user();
        ObjectNode body = Json.object();
        // events say user_id where contacts say external_id
        body.put(user.customerId() != null ? "user_id" : "email", user.customerId() != null ? user.customerId() : user.email());
        body.put("event_name", legal).put("created_at", event.seconds());
        if (!metadata.attributes().isEmpty()) {
            body.set("metadata", metadata.attributes());
        }
        return new IntercomRequest(IntercomRequest.Operation.EVENT, batch.platform(), user.key(), event.stableId(), batch.id(),
                event.id(), body, changes).otherUserKey(user.emailKey());
    }

    private String screen(ObjectNode data, Metadata metadata) {
        String screen = Json.text(data.get("screen_name"));
        if (screen != null) {
            metadata.add("screen_name", screen);
        }
        metadata.addCustom(data);
        String name = screenViewName.name(data);
        return name.isEmpty() ? SCREEN_VIEW : name;
    }

    private static String commerce(MparticleEvent event, Metadata metadata) {
        String action = Commerce.action(event.data());
        if (event.product() != null) {
            Commerce.fill(event.data(), event.product(), metadata);
            return action + "_product";
        }
        Commerce.fill(event.data(), metadata);
        return action;
    }

    private static String sessionEnd(MparticleEvent event, Metadata metadata) {
        metadata.add("session_duration_ms", event.data().get("session_duration_ms"));
        return named(event, metadata);
    }

    /** Types other than custom events may be switched on; without a name of their own they are called by their type. */
    private static String named(MparticleEvent event, Metadata metadata) {
        metadata.addCustom(event.data());
        String name = Json.text(event.data().get("event_name"));
        return name == null ? event.type() : name;
    }
}
