package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.QueuedRequest.Call;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.apache.camel.component.http.HttpMethods;

/**
 * Which tags the workspace has, and which of them Intercom has confirmed for whom: so only what has changed costs a call. As with
 * companies, the next call follows from what is not known yet, and all of it is in memory.
 */
public final class KnownTags {

    private static final String REQUEST = "request";
    private static final String CONTACT_ID = "contactId";
    private static final String ANSWER = "answer";
    private static final int MOST_TAGS = 10_000;

    private KnownContacts contacts;
    private IntercomCalls calls;
    private long users = 100_000;
    private Duration unchanged = Duration.ofDays(1);
    /** Intercom's id of a tag by its name in lower case; "" where Intercom has none of this name. */
    private Cache<String, String> ids = memory(MOST_TAGS);
    /** By the user's key. */
    private Cache<String, Tagged> tagged = memory(users);

    /** Which tags were given to the contact of a user, and which taken. */
    private record Tagged(String contactId, Map<String, Boolean> tags) {
    }

    /** What is to be done about one tag. */
    private record Step(Call call, String name) {
    }

    private <T> Cache<String, T> memory(long most) {
        return Caffeine.newBuilder().maximumSize(most).expireAfterWrite(unchanged).build();
    }

    /** How many users to remember at most. */
    public void setUsers(long users) {
        this.users = users;
        tagged = memory(users);
    }

    /** How long, in minutes, what was confirmed counts as what Intercom has. */
    public void setUnchangedMinutes(long minutes) {
        unchanged = Duration.ofMinutes(minutes);
        ids = memory(MOST_TAGS);
        tagged = memory(users);
    }

    /** Which contact a user is. */
    public void setContacts(KnownContacts contacts) {
        this.contacts = contacts;
    }

    /** How calls are made. */
    public void setCalls(IntercomCalls calls) {
        this.calls = calls;
    }

    /** Nothing is known any more of the users whose keys are meant. */
    public void forgetUsers(Predicate<String> userKeys) {
        tagged.asMap().keySet().removeIf(userKeys);
    }

    /** Begins with a request. Sets {@code contactId} where it is known, and {@code answer} to {@code send} or {@code unchanged}. */
    public void prepare(@Variable(REQUEST) QueuedRequest request, @Variables Map<String, Object> variables) {
        request.begin();
        variables.remove("reason");
        String contactId = contacts.id(request);
        tagged.asMap().computeIfPresent(request.userKey(), (user, known) -> known.contactId().equals(contactId) ? known : null);
        variables.put(ANSWER, next(request, contactId) == null ? "unchanged" : "send");
        contacts.name(request, variables);
    }

    /** The first tag that is not as it should be, and the call that comes next for it; null where all are. */
    private Step next(QueuedRequest request, String contactId) {
        Map<String, Boolean> known = known(request, contactId);
        for (Map.Entry<String, JsonNode> tag : request.body().path("tags").properties()) {
            String name = tag.getKey().toLowerCase(Locale.ROOT);
            boolean wanted = tag.getValue().asBoolean();
            if (!Boolean.valueOf(wanted).equals(known.get(name))) {
                String id = ids.getIfPresent(name);
                boolean has = id != null && !id.isEmpty();
                if (wanted) {
                    return new Step(has ? Call.TAG_ADD : Call.TAG, tag.getKey());
                }
                if (id == null || has) {
                    return new Step(has ? Call.TAG_REMOVE : Call.TAG_LIST, tag.getKey());
                }
            }
        }
        return null;
    }

    private Map<String, Boolean> known(QueuedRequest request, String contactId) {
        Tagged known = tagged.getIfPresent(request.userKey());
        return known == null || !known.contactId().equals(contactId) ? Map.of() : known.tags();
    }

    /** The next call, with the contact of variable {@code contactId}. */
    public String call(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers) throws IntercomUnavailable {
        Step step = next(request, contactId);
        String path = "/contacts/" + IntercomCalls.encoded(contactId) + "/tags";
        String id = ids.getIfPresent(step.name().toLowerCase(Locale.ROOT));
        switch (step.call()) {
            case TAG -> {
                calls.call(request, step.call(), HttpMethods.POST, "/tags", headers);
                return Json.write(Json.object().put("name", step.name()));
            }
            case TAG_ADD -> {
                calls.call(request, step.call(), HttpMethods.POST, path, headers);
                return Json.write(Json.object().put("id", id));
            }
            case TAG_REMOVE -> calls.call(request, step.call(), HttpMethods.DELETE, path + "/" + IntercomCalls.encoded(id), headers);
            default -> calls.call(request, step.call(), HttpMethods.GET, "/tags", headers);
        }
        return "";
    }

    /** Remembers what the last answer says. Sets {@code answer} to {@code send} where another call follows, to {@code done} where none does. */
    public void settle(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variables Map<String, Object> variables) {
        Step step = next(request, contactId);
        String name = step.name().toLowerCase(Locale.ROOT);
        switch (request.call()) {
            case TAG -> ids.put(name, Json.text(request.answer().body().get("id")));
            case TAG_LIST -> {
                request.answer().body().path("data").forEach(tag ->
                        ids.put(tag.path("name").asText().toLowerCase(Locale.ROOT), tag.path("id").asText()));
                ids.asMap().putIfAbsent(name, "");
            }
            default -> {
                Map<String, Boolean> tags = new HashMap<>(known(request, contactId));
                tags.put(name, request.call() == Call.TAG_ADD);
                tagged.put(request.userKey(), new Tagged(contactId, tags));
                request.settled();
            }
        }
        variables.put(ANSWER, next(request, contactId) == null ? "done" : "send");
    }

    /**
     * What the last call was about is not there: a tag that was to be taken off, a tag that was known, or the contact. Sets {@code answer}
     * to {@code send} where another call follows.
     */
    public void missing(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variables Map<String, Object> variables) {
        if (request.call() == Call.TAG_REMOVE) {
            settle(request, contactId, variables);
        } else {
            ids.invalidate(next(request, contactId).name().toLowerCase(Locale.ROOT));
            contacts.forget(request, variables);
        }
    }
}
