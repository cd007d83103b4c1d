package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Variable;

/** Translates mParticle's user tags, which are user attributes without a value (JSON reference), into tags of a contact. */
public final class TagTranslator {

    private static final String ALL = "*";

    private boolean all;
    private Set<String> names = Set.of();

    /** Names that are the same in upper and lower case, as those of tags are to Intercom. */
    private static Set<String> inAnyCase(Collection<String> names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.forEach(name -> set.add(name.strip()));
        return set;
    }

    /** Which user tags become tags at Intercom, separated by commas; {@code *} for all, "" for none. */
    public void setTags(String tags) {
        List<String> listed = Lists.names(tags);
        all = listed.contains(ALL);
        names = inAnyCase(listed);
    }

    /** Whether a user attribute with this value is a tag. mParticle's own attributes, which begin with {@code $}, are none. */
    boolean takes(String attribute, JsonNode value) {
        return value.isNull() && takes(attribute);
    }

    /** Whether an attribute that was deleted is known to have been a tag. */
    boolean lists(String attribute) {
        return names.contains(attribute.strip());
    }

    private boolean takes(String attribute) {
        return lists(attribute) || all && !attribute.startsWith("$");
    }

    /** Whether the batch says anything about the tags of the user. */
    boolean says(MparticleBatch batch) {
        return !names.isEmpty() && translate(batch) != null;
    }

    /** The request for the tags that the user has or has lost; null where nothing is said. */
    public IntercomRequest translate(@Variable("batch") MparticleBatch batch) {
        ObjectNode attributes = batch.userAttributes();
        ObjectNode tags = Json.object();
        List<Change> changes = new ArrayList<>(0);
        Set<String> set = inAnyCase(batch.deletedAttributes().isEmpty() ? List.of() : attributes.properties().stream().map(Map.Entry::getKey).toList());
        for (String deleted : batch.deletedAttributes()) {
            if (takes(deleted) && !set.contains(deleted.strip()) && !deleted.isBlank()) {
                tags.put(legal(deleted, changes), false);
            }
        }
        attributes.properties().forEach(attribute -> {
            if (takes(attribute.getKey(), attribute.getValue()) && !attribute.getKey().isBlank()) {
                tags.put(legal(attribute.getKey(), changes), true);
            }
        });
        if (tags.isEmpty()) {
            return null;
        }
        ObjectNode body = UserRequests.naming(batch);
        body.set("tags", tags);
        return UserRequests.of(IntercomRequest.Operation.TAGS, batch, body, changes);
    }

    private static String legal(String tag, List<Change> changes) {
        String legal = IntercomNames.withoutControls(tag.strip());
        if (!legal.equals(tag.strip())) {
            changes.add(new Change(Reason.NAME_CLEANED, IntercomNames.field("tags.", tag)));
        }
        return legal;
    }
}
