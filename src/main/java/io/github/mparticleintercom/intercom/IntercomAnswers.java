package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.QueuedRequest.Call;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.ratelimit.IntercomRateLimit;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/**
 * Reads Intercom's answers. What is tried again and what is not follows Intercom's pages on HTTP responses and error codes, API
 * version 2.16. Only what Intercom itself says counts: an answer that is not in its form comes from something in between, and
 * is a failure like no answer.
 */
public final class IntercomAnswers {

    /** Accepted. */
    public static final String DONE = "done";
    /** Another contact holds these details; the answer names it. */
    public static final String CONFLICT = "conflict";
    /** The contact that holds these details is another user's, who shares the email. */
    public static final String ANOTHER = "another";
    /** The contact was merged into one with another Customer ID. */
    public static final String MERGED_INTO_ANOTHER = "merged-into-another";
    /** Several contacts hold these details, or one that the answer does not name. */
    public static final String AMBIGUOUS = "ambiguous";
    /** An archived contact holds these details; its id may be in the answer. */
    public static final String ARCHIVED = "archived";
    /** A custom attribute of the contact does not exist in the workspace. */
    public static final String UNKNOWN_ATTRIBUTE = "unknown-attribute";
    /** The workspace has no room for another event name. */
    public static final String NAME_QUOTA = "name-quota";
    /** The contact that was searched for. */
    public static final String FOUND = "found";
    /** There is no such contact. */
    public static final String MISSING = "missing";
    /** The contact was merged into the one that the answer names. */
    public static final String MERGED = "merged";
    /** Over the allowance. */
    public static final String THROTTLED = "throttled";
    /** Intercom fails at the moment, or it was not Intercom that answered. */
    public static final String UNAVAILABLE = "unavailable";
    /** The credential is not accepted. */
    public static final String CREDENTIAL = "credential";
    /** The credential that delivery is paused for is accepted again. */
    public static final String ACCEPTED = "accepted";
    /** Would be refused again. */
    public static final String REFUSED = "refused";

    /** Beyond this no answer of Intercom's to these calls goes; the rest of a longer one is not read. */
    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] NOTHING = {};
    private static final Pattern ID_IN_MESSAGE = Pattern.compile("\\bid=([A-Za-z0-9_-]+)");
    /** The wording is not documented; that the attribute's name is quoted is all that is relied on. */
    private static final Pattern ATTRIBUTE_IN_MESSAGE =
            Pattern.compile("(?i)custom attribute '(.+?)' does not exist");
    private static final Pattern NAME_LIMIT_IN_MESSAGE =
            Pattern.compile("(?i)event name.*limit|limit.*event name|too many event names");
    private static final Pattern ID_IN_LINK = Pattern.compile("</contacts/([A-Za-z0-9_-]+)>");

    private IntercomConnection connection;
    private IntercomRateLimit rateLimit;
    private IntercomOutages outages;
    private Metrics metrics;

    /** Knows the credentials, which are taken out of what Intercom says. */
    public void setConnection(IntercomConnection connection) {
        this.connection = connection;
    }

    /** Learns the allowance from every answer. */
    public void setRateLimit(IntercomRateLimit rateLimit) {
        this.rateLimit = rateLimit;
    }

    /** Learns from every answer. */
    public void setOutages(IntercomOutages outages) {
        this.outages = outages;
    }

    /** Where calls are counted. */
    public void setMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Reads the answer to the call of variable {@code request}: sets {@code answer} to one of the words above, and
     * {@code contactId} where the answer names a contact.
     *
     * @throws IOException when the answer breaks off
     */
    public void read(@Header("CamelHttpResponseCode") int status, @Body InputStream body, @Headers Map<String, Object> headers,
            @Variable("request") QueuedRequest request, @Variables Map<String, Object> variables) throws IOException {
        byte[] bytes = bytes(body);
        metrics.call(request.callWord(), status, System.nanoTime() - request.calledAt());
        rateLimit.learn(request.permit(), text(headers, "X-RateLimit-Limit"), text(headers, "X-RateLimit-Remaining"),
                text(headers, "X-RateLimit-Reset"), text(headers, "Date"));
        IntercomAnswer answer = read(status, bytes, headers, request, variables);
        request.answered(answer);
        variables.put("answer", answer.word());
        if (answer.word().equals(THROTTLED)) {
            rateLimit.hold(retryMillis(text(headers, "Retry-After")), text(headers, "X-RateLimit-Limit"),
                    text(headers, "X-RateLimit-Remaining"), text(headers, "X-RateLimit-Reset"));
        } else if ((status == 402 || status == 403) && answer.word().equals(REFUSED)) {
            outages.forbidden(request.callWord());
        } else if (answer.word().equals(DONE)) {
            if (request.call().isAside()) {
                outages.allowed(request.callWord());
            }
            if (request.call().isTaken() || request.operation() == Operation.ERASURE) {
                outages.answered();
            }
        }
    }

    /** Nearly every answer is empty, which one look tells without a buffer. */
    private static byte[] bytes(InputStream body) throws IOException {
        if (body == null) {
            return NOTHING;
        }
        try (body) {
            int first = body.read();
            if (first < 0) {
                return NOTHING;
            }
            byte[] rest = body.readNBytes(MOST_BYTES);
            byte[] all = new byte[rest.length + 1];
            all[0] = (byte) first;
            System.arraycopy(rest, 0, all, 1, rest.length);
            return all;
        }
    }

    private IntercomAnswer read(int status, byte[] bytes, Map<String, Object> headers, QueuedRequest request,
            Map<String, Object> variables) {
        Call call = request.call();
        // nearly every answer: the event is accepted, and nothing is said
        if (status == 202 && call == Call.EVENT && bytes.length == 0) {
            return new IntercomAnswer(DONE, status, "", "", requestId(MissingNode.getInstance(), headers), null, null);
        }
        JsonNode json = parse(bytes);
        JsonNode error = json.path("errors").path(0);
        String code = error.path("code").asText("");
        String message = connection.withoutCredentials(error.path("message").asText(""));
        String word = word(status, json, code, message, call, bytes);
        if (isAnothers(word, json, request)) {
            word = call == Call.MERGED_READ ? MERGED_INTO_ANOTHER : request.sent().has("email") ? ANOTHER : AMBIGUOUS;
        }
        String contactId = switch (word) {
            case DONE -> call.isRead() || call == Call.EVENT || call == Call.ATTRIBUTE_CREATE || isBeside(call) ? null
                    : call == Call.CONTACT_SEARCH ? searched(json, request, variables) : json.path("id").asText(null);
            case CONFLICT, ARCHIVED -> first(ID_IN_MESSAGE, message);
            case MERGED -> first(ID_IN_LINK, text(headers, "Link"));
            default -> null;
        };
        if (word.equals(CONFLICT) && (contactId == null
                || call == Call.CONTACT_UPDATE && contactId.equals(variables.get("contactId")))) {
            word = AMBIGUOUS;
            contactId = null;
        }
        if (call == Call.CONTACT_SEARCH && word.equals(DONE)) {
            word = contactId == null ? MISSING : contactId.isEmpty() ? AMBIGUOUS : FOUND;
            contactId = word.equals(FOUND) ? contactId : null;
        }
        if (word.equals(MERGED) && contactId == null) {
            word = REFUSED;
        }
        if (word.equals(UNAVAILABLE) && isUnexpected(status, json)) {
            outages.unexpected(call == Call.CHECK, status, text(headers, "Content-Type"));
        }
        if (contactId != null) {
            variables.put("contactId", contactId);
        } else if (word.equals(ARCHIVED)) {
            variables.remove("contactId");
        }
        return new IntercomAnswer(word, status, code, message, requestId(json, headers), first(ATTRIBUTE_IN_MESSAGE, message),
                call.isRead() || request.operation() == Operation.ERASURE ? json : null);
    }

    /** Some conflicts come with status 400 (intercom-node, issue 96), and unknown attributes with 400 or 422. */
    private static String word(int status, JsonNode json, String code, String message, Call call, byte[] bytes) {
        if (status < 400) {
            return isSuccess(status, json, call, bytes) ? DONE : UNAVAILABLE;
        }
        if (status == 429) {
            return THROTTLED;
        }
        // 402 and 407 are a matter of the account or of a proxy, never of one request
        if (status == 402 && call.isAside() && json.path("errors").isArray()) {
            return REFUSED;
        }
        if (status >= 500 || status == 402 || status == 407 || status == 408 || !json.path("errors").isArray()) {
            return UNAVAILABLE;
        }
        if (status == 401) {
            return CREDENTIAL;
        }
        if (status == 410) {
            return MERGED;
        }
        if (status == 403) {
            return call.isAside() ? REFUSED : CREDENTIAL;
        }
        if (status == 404) {
            return switch (call) {
                case CONTACT_CREATE -> UNAVAILABLE;
                // there is nothing that could be missing: the workspace has no such thing
                case ATTRIBUTE_CREATE, CONTACT_SEARCH, ERASED_SEARCH, COMPANY, TAG, TAG_LIST -> REFUSED;
                default -> MISSING;
            };
        }
        if (status == 409 || status == 400 && code.equals("conflict")) {
            return message.toLowerCase(Locale.ROOT).contains("archived") ? ARCHIVED
                    : call == Call.CONTACT_CREATE || call == Call.CONTACT_UPDATE ? CONFLICT : AMBIGUOUS;
        }
        if (status == 400 || status == 422) {
            return first(ATTRIBUTE_IN_MESSAGE, message) != null ? UNKNOWN_ATTRIBUTE
                    : NAME_LIMIT_IN_MESSAGE.matcher(message).find() ? NAME_QUOTA : REFUSED;
        }
        return REFUSED;
    }

    /** Whether the contact that was looked for belongs to another Customer ID than the request, which only shares its email. */
    private static boolean isAnothers(String word, JsonNode json, QueuedRequest request) {
        return switch (request.call()) {
            case CONTACT_READ, MERGED_READ -> {
                String owner = Json.text(json.get("external_id"));
                yield word.equals(DONE) && request.operation() != Operation.ERASURE && owner != null && !owner.equals(request.customerId());
            }
            case CONTACT_LOOKUP -> word.equals(MISSING) && request.operation() == Operation.CONTACT && request.namesTwice();
            default -> false;
        };
    }

    /** An event is accepted by 202 with nothing to say, everything else by 200 with the thing itself. */
    private static boolean isSuccess(int status, JsonNode json, Call call, byte[] bytes) {
        return switch (call) {
            case EVENT -> status == 202 && (json.isNull() || isBlank(bytes));
            case ATTRIBUTE_CREATE -> status == 200 && json.path("name").isTextual();
            case CONTACT_DELETE -> status == 200 && json.path("deleted").asBoolean() && !json.has("errors");
            case CONTACT_ARCHIVE -> status == 200 && json.path("archived").asBoolean() && !json.has("errors");
            case CHECK -> status == 200 && json.isObject() && !json.isEmpty() && !json.has("errors");
            case CONTACT_SEARCH, ERASED_SEARCH, TAG_LIST -> status == 200 && json.path("data").isArray();
            case COMPANY_LIST -> status == 200 && KnownCompanies.listed(json).isArray();
            case COMPANY, COMPANY_ATTACH, COMPANY_DETACH -> isThing(status, json, "company");
            case TAG, TAG_ADD, TAG_REMOVE -> isThing(status, json, "tag");
            default -> isThing(status, json, "contact");
        };
    }

    private static boolean isThing(int status, JsonNode json, String type) {
        return status == 200 && Json.text(json.get("id")) != null && !json.has("errors")
                && json.path("type").asText(type).equals(type);
    }

    /** Whether the answer to a call for a contact is not the contact but what hangs on it. */
    private static boolean isBeside(Call call) {
        return switch (call) {
            case COMPANY_ATTACH, COMPANY_DETACH, TAG_ADD, TAG_REMOVE -> true;
            default -> false;
        };
    }

    /**
     * Whom a search by email found: the user's own contact by the Customer ID, else the one user of that email, else its oldest lead.
     * Sets {@code leadId} where the user has a Customer ID and a lead has the email. Null is nobody, "" several users.
     */
    private static String searched(JsonNode json, QueuedRequest request, Map<String, Object> variables) {
        String own = request.sent().path("external_id").asText(null);
        String user = null;
        JsonNode lead = null;
        for (JsonNode contact : json.path("data")) {
            boolean isLead = contact.path("role").asText().equals("lead");
            if (isLead && (lead == null || contact.path("created_at").asLong() < lead.path("created_at").asLong())) {
                lead = contact;
            }
            if (!isLead && (own == null || own.equals(Json.text(contact.get("external_id"))))) {
                user = user == null ? contact.path("id").asText() : "";
            }
        }
        if (own != null && lead != null) {
            variables.put("leadId", lead.path("id").asText());
        }
        boolean takesLead = own == null && user == null && lead != null;
        request.lead(takesLead);
        return takesLead ? lead.path("id").asText() : user;
    }

    /** Whether an answer that is taken for a failure is none of those that Intercom documents as one. */
    private static boolean isUnexpected(int status, JsonNode json) {
        return !json.path("errors").isArray() || status < 500 && status != 408;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte one : bytes) {
            if (one < 0 || one > ' ') {
                return false;
            }
        }
        return true;
    }

    private static String requestId(JsonNode json, Map<String, Object> headers) {
        String header = text(headers, "X-Request-Id");
        return json.path("request_id").asText(header == null ? "" : header);
    }

    private static long retryMillis(String retryAfter) {
        return retryAfter != null && retryAfter.matches("\\d{1,9}") ? Long.parseLong(retryAfter) * 1000 : 0;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** A header that came once; of several the first. */
    private static String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        if (value instanceof List<?> list) {
            value = list.isEmpty() ? null : list.get(0);
        }
        return value == null ? null : value.toString();
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            // a proxy's HTML page, say
            return MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
