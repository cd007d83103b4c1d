package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.QueuedRequest.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.apache.camel.component.http.HttpMethods;

/**
 * What Intercom has confirmed of companies, and of who belongs to which: so only what has changed costs a call. The next call follows
 * from what is not known yet, so that a request that was broken off goes on where it was, or does the same once more. All of it is in
 * memory, of as many users as contacts are remembered of.
 */
public final class KnownCompanies {

    private static final String REQUEST = "request";
    private static final String CONTACT_ID = "contactId";
    private static final String ANSWER = "answer";
    private static final String COMPANY_ID = "company_id";
    private static final String NOTHING = "";

    private KnownContacts contacts;
    private IntercomCalls calls;
    private UnknownAttributes unknownAttributes;
    private long users = 100_000;
    private Duration unchanged = Duration.ofDays(1);
    /** By the id that mParticle has for it. */
    private Cache<String, Company> companies = memory();
    /** By the user's key. */
    private Cache<String, Member> members = memory();

    /** A company under Intercom's id, and a fingerprint of what was confirmed of it. */
    private record Company(String id, String profile) {
    }

    /** Which company the contact of a user is attached to, under Intercom's id; null for none. */
    private record Member(String contactId, String id) {
    }

    private <T> Cache<String, T> memory() {
        return Caffeine.newBuilder().maximumSize(users).expireAfterWrite(unchanged).build();
    }

    /** How many users and companies to remember at most. */
    public void setUsers(long users) {
        this.users = users;
        companies = memory();
        members = memory();
    }

    /** How long, in minutes, what was confirmed counts as what Intercom has. */
    public void setUnchangedMinutes(long minutes) {
        unchanged = Duration.ofMinutes(minutes);
        companies = memory();
        members = memory();
    }

    /** Which contact a user is. */
    public void setContacts(KnownContacts contacts) {
        this.contacts = contacts;
    }

    /** How calls are made. */
    public void setCalls(IntercomCalls calls) {
        this.calls = calls;
    }

    /** Which attributes are left out. */
    public void setUnknownAttributes(UnknownAttributes unknownAttributes) {
        this.unknownAttributes = unknownAttributes;
    }

    /** Nothing is known any more of the users whose keys are meant. */
    public void forgetUsers(Predicate<String> userKeys) {
        members.asMap().keySet().removeIf(userKeys);
    }

    /** Begins with a request. Sets {@code contactId} where it is known, and {@code answer} to {@code send} or {@code unchanged}. */
    public void prepare(@Variable(REQUEST) QueuedRequest request, @Variables Map<String, Object> variables) {
        request.begin();
        variables.remove("reason");
        unknownAttributes.strip(request);
        String contactId = contacts.id(request);
        members.asMap().computeIfPresent(request.userKey(), (user, member) -> member.contactId().equals(contactId) ? member : null);
        variables.put(ANSWER, next(request, contactId) == null ? "unchanged" : "send");
        contacts.name(request, variables);
    }

    /** The call that comes next: the company itself, which companies the contact has, out of one, or into one; null where nothing is left. */
    private Call next(QueuedRequest request, String contactId) {
        Member member = members.getIfPresent(request.userKey());
        if (member == null || !member.contactId().equals(contactId)) {
            member = contacts.isMadeByBatch(request) ? new Member(contactId, null) : null;
        }
        String wanted = wanted(request);
        if (wanted == null) {
            return member == null ? Call.COMPANY_LIST : member.id() != null ? Call.COMPANY_DETACH : null;
        }
        Company company = companies.getIfPresent(wanted);
        if (company == null || !company.profile().equals(KnownContacts.fingerprint(profile(request)))) {
            return Call.COMPANY;
        }
        if (member == null) {
            return Call.COMPANY_LIST;
        }
        return member.id() == null ? Call.COMPANY_ATTACH : member.id().equals(company.id()) ? null : Call.COMPANY_DETACH;
    }

    /** The next call, with the contact of variable {@code contactId}. */
    public String call(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers) throws IntercomUnavailable {
        String path = "/contacts/" + IntercomCalls.encoded(contactId) + "/companies";
        Call call = next(request, contactId);
        switch (call) {
            case COMPANY -> {
                calls.call(request, call, HttpMethods.POST, "/companies", headers);
                return Json.write(profile(request));
            }
            case COMPANY_LIST -> calls.call(request, call, HttpMethods.GET, path, headers);
            case COMPANY_DETACH -> calls.call(request, call, HttpMethods.DELETE,
                    path + "/" + IntercomCalls.encoded(members.getIfPresent(request.userKey()).id()), headers);
            default -> {
                calls.call(request, call, HttpMethods.POST, path, headers);
                return Json.write(Json.object().put("id", companies.getIfPresent(wanted(request)).id()));
            }
        }
        return NOTHING;
    }

    /**
     * Remembers what the last answer says: done, or, of what was to be detached, not there. Sets {@code answer} to {@code send} where
     * another call follows, to {@code done} where none does, and to {@code ambiguous} where several companies can be meant.
     */
    public void settle(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variables Map<String, Object> variables) {
        String wanted = wanted(request);
        switch (request.call()) {
            case COMPANY -> companies.put(wanted, new Company(Json.text(request.answer().body().get("id")),
                    KnownContacts.fingerprint(profile(request))));
            case COMPANY_LIST -> {
                String before = before(request);
                if (before == null && wanted == null) {
                    variables.put(ANSWER, IntercomAnswers.AMBIGUOUS);
                    return;
                }
                if (before == null) {
                    request.changed(Reason.AMBIGUOUS_COMPANY, COMPANY_ID);
                }
                members.put(request.userKey(), new Member(contactId, before == null || before.isEmpty() ? null : before));
            }
            case COMPANY_DETACH -> members.put(request.userKey(), new Member(contactId, null));
            default -> members.put(request.userKey(), new Member(contactId, companies.getIfPresent(wanted).id()));
        }
        variables.put(ANSWER, next(request, contactId) == null ? "done" : "send");
    }

    /**
     * What the last call was about is not there. Sets {@code answer} to {@code send}; what was to be detached is detached. A contact that
     * is gone is forgotten, and a company, too.
     */
    public void missing(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variables Map<String, Object> variables) {
        if (request.call() == Call.COMPANY_DETACH) {
            settle(request, contactId, variables);
        } else if (request.answer().code().startsWith("company")) {
            companies.invalidate(wanted(request));
            variables.put(ANSWER, "send");
        } else {
            contacts.forget(request, variables);
        }
    }

    /**
     * Which of the companies that Intercom lists for the contact is the user's until now: the wanted one if it is among them, else the only
     * one. "" where there is none; null where several may be meant.
     */
    private String before(QueuedRequest request) {
        JsonNode listed = listed(request.answer().body());
        String wanted = wanted(request);
        for (JsonNode company : listed) {
            if (listed.size() == 1 || wanted != null && wanted.equals(Json.text(company.get(COMPANY_ID)))) {
                return Json.text(company.get("id"));
            }
        }
        return listed.isEmpty() ? "" : null;
    }

    /** The companies of a contact: the OpenAPI description 2.16 calls the list one way in its schema and another in its example. */
    static JsonNode listed(JsonNode answer) {
        return answer.has("companies") ? answer.path("companies") : answer.path("data");
    }

    private static String wanted(QueuedRequest request) {
        return Json.text(request.body().get(COMPANY_ID));
    }

    /** The company without the user it belongs to. */
    private static ObjectNode profile(QueuedRequest request) {
        return request.body().deepCopy().remove(List.of("external_id", "email"));
    }
}
