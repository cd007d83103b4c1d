package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Turns an mParticle event into an Intercom event. Custom events keep their name; screen views and commerce events get
 * few, fixed names, because an Intercom workspace allows 120 (Intercom help, "Event limits").
 */
public final class EventTranslator {

    private final String screenName;
    private final Map<String, String> renamed;
    private final Set<String> allowed;

    /**
     * Sets up the names.
     *
     * @param screenName the name of every screen view
     * @param rename     event names to send under another: {@code old=new,old=new}
     * @param allowed    the only names to send, as Intercom sees them, separated by commas; empty for all
     */
    public EventTranslator(String screenName, String rename, String allowed) {
        this.screenName = screenName;
        this.renamed = Lists.pairs(rename);
        this.allowed = Lists.names(allowed).stream().map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether events of this name are to be sent. Names differ at Intercom only beyond upper and lower case. */
    public boolean isAllowed(@Body IntercomRequest request) {
        return allowed.isEmpty()
                || allowed.contains(request.body().path("event_name").asText().toLowerCase(Locale.ROOT));
    }

    /** The event request, its metadata still under mParticle's names. */
    public IntercomRequest translate(@Variable("batch") MparticleBatch batch, @Body MparticleEvent event) {
        ObjectNode data = event.data();
        ObjectNode metadata = Json.object();
        List<Change> changes = new ArrayList<>();
        String name = switch (event.type()) {
            case "screen_view" -> screen(data, metadata, changes);
            case "commerce_event" -> Commerce.translate(data, metadata, changes);
            default -> named(event, metadata, changes);
        };
        String sent = renamed.getOrDefault(name, name);
        String legal = sent.replace('.', '-').replace('$', '-');
        ObjectNode body = key(batch.user()).put("event_name", legal).put("created_at", event.seconds());
        if (!metadata.isEmpty()) {
            body.set("metadata", metadata);
        }
        if (!legal.equals(sent)) {
            changes.add(new Change(Reason.NAME_CLEANED, "event_name"));
        }
        return new IntercomRequest(IntercomRequest.Operation.EVENT, batch.platform(), batch.user().key(),
                event.stableId(), batch.id(), event.id(), body, List.copyOf(changes));
    }

    /** Events say {@code user_id} where contacts say {@code external_id}. */
    private static ObjectNode key(Identities user) {
        return user.customerId() != null
                ? Json.object().put("user_id", user.customerId())
                : Json.object().put("email", user.email());
    }

    private String screen(ObjectNode data, ObjectNode metadata, List<Change> changes) {
        if (Json.text(data.get("screen_name")) != null) {
            metadata.put("screen_name", Json.text(data.get("screen_name")));
        }
        Commerce.addCustom(data, metadata, changes);
        return screenName;
    }

    /** Types other than custom events may be switched on; without a name of their own they are called by their type. */
    private static String named(MparticleEvent event, ObjectNode metadata, List<Change> changes) {
        Commerce.addCustom(event.data(), metadata, changes);
        String name = Json.text(event.data().get("event_name"));
        return name == null ? event.type() : name;
    }
}
