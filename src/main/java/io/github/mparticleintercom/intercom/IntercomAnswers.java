package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Reads Intercom's answers. What is tried again and what is not follows Intercom's pages on HTTP responses and error codes,
 * API version 2.16.
 */
public final class IntercomAnswers {

    /** Accepted. */
    public static final String DONE = "done";
    /** Another contact holds these details; its id may be in the answer. */
    public static final String CONFLICT = "conflict";
    /** An archived contact holds these details; its id may be in the answer. */
    public static final String ARCHIVED = "archived";
    /** A custom attribute of the contact does not exist in the workspace. */
    public static final String UNKNOWN_ATTRIBUTE = "unknown-attribute";
    /** The workspace has no room for another event name. */
    public static final String NAME_QUOTA = "name-quota";
    /** There is no such contact. */
    public static final String MISSING = "missing";
    /** The contact was merged into the one that the answer names. */
    public static final String MERGED = "merged";
    /** Over the allowance. */
    public static final String THROTTLED = "throttled";
    /** Intercom fails at the moment. */
    public static final String UNAVAILABLE = "unavailable";
    /** The credential is not accepted. */
    public static final String CREDENTIAL = "credential";
    /** Would be refused again. */
    public static final String REFUSED = "refused";

    private static final Pattern ID_IN_MESSAGE = Pattern.compile("\\bid=([A-Za-z0-9]+)");
    /** The wording is not documented; that the attribute's name is quoted is all that is relied on. */
    private static final Pattern ATTRIBUTE_IN_MESSAGE =
            Pattern.compile("(?i)custom attribute '(.+?)' does not exist");
    private static final Pattern NAME_LIMIT_IN_MESSAGE =
            Pattern.compile("(?i)event name.*limit|limit.*event name|too many event names");
    private static final Pattern ID_IN_LINK = Pattern.compile("</contacts/([A-Za-z0-9]+)>");

    private final IntercomConnection connection;

    /**
     * Sets up the reader.
     *
     * @param connection knows the credentials, which are taken out of what Intercom says
     */
    public IntercomAnswers(IntercomConnection connection) {
        this.connection = connection;
    }

    /** The meaning of one answer. */
    public IntercomAnswer read(@Header("CamelHttpResponseCode") int status, @Body byte[] body,
            @Header("X-Request-Id") String requestHeader, @Header("Link") String link,
            @Header("Retry-After") String retryAfter) {
        JsonNode json = parse(body);
        JsonNode error = json.path("errors").path(0);
        String message = connection.withoutCredentials(error.path("message").asText(""));
        String kind = kind(status, error.path("code").asText(""), message);
        String contactId = switch (kind) {
            case DONE -> json.path("id").asText(null);
            case CONFLICT, ARCHIVED -> first(ID_IN_MESSAGE, message);
            case MERGED -> first(ID_IN_LINK, link);
            default -> null;
        };
        String requestId = json.path("request_id").asText(requestHeader == null ? "" : requestHeader);
        return new IntercomAnswer(kind, status, error.path("code").asText(""), message, requestId, contactId,
                first(ATTRIBUTE_IN_MESSAGE, message), retryMillis(retryAfter));
    }

    /** Some conflicts come with status 400 (intercom-node, issue 96), and unknown attributes with 400 or 422. */
    private static String kind(int status, String code, String message) {
        if (status < 300) {
            return DONE;
        }
        if (status == 409 || status == 400 && code.equals("conflict")) {
            return message.toLowerCase(Locale.ROOT).contains("archived") ? ARCHIVED : CONFLICT;
        }
        if (status == 400 || status == 422) {
            return first(ATTRIBUTE_IN_MESSAGE, message) != null ? UNKNOWN_ATTRIBUTE
                    : NAME_LIMIT_IN_MESSAGE.matcher(message).find() ? NAME_QUOTA : REFUSED;
        }
        return switch (status) {
            case 401, 403 -> CREDENTIAL;
            case 404 -> MISSING;
            case 408 -> UNAVAILABLE;
            case 410 -> MERGED;
            case 429 -> THROTTLED;
            default -> status >= 500 ? UNAVAILABLE : REFUSED;
        };
    }

    private static long retryMillis(String retryAfter) {
        return retryAfter != null && retryAfter.matches("\\d{1,9}") ? Long.parseLong(retryAfter) * 1000 : 0;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return body == null ? Json.object() : Json.MAPPER.readTree(body);
        } catch (IOException e) {
            // a proxy's HTML page, say: the status alone must do
            return Json.object();
        }
    }
}
