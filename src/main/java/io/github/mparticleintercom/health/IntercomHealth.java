package io.github.mparticleintercom.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.intercom.IntercomAnswers;
import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.intercom.IntercomOutages;
import io.github.mparticleintercom.intercom.QueuedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.Variable;

/**
 * Whether Intercom accepts every credential, and whether they belong to the App ID and the region that are set, by its answers
 * to {@code GET /me} (API version 2.16).
 */
public final class IntercomHealth extends Checks {

    private final Map<String, List<Problem>> byPlatform = new ConcurrentSkipListMap<>();
    private IntercomConnection connection;
    private IntercomOutages outages;
    private volatile String workspace = "";

    /** Nothing asked yet. */
    public IntercomHealth() {
        add("intercom", Probe.NONE, this::problems);
    }

    /** Knows which workspace is meant. */
    public void setConnection(IntercomConnection connection) {
        this.connection = connection;
    }

    /** Knows of answers that are not Intercom's. */
    public void setOutages(IntercomOutages outages) {
        this.outages = outages;
    }

    /** Intercom's answer to the check of a credential, or none. */
    public void answered(@Variable("request") QueuedRequest request) {
        String credential = credential(request.platform());
        IntercomAnswer answer = request.answer();
        outages.checked(answer != null && answer.word().equals(IntercomAnswers.DONE));
        byPlatform.put(request.platform(), answer == null
                ? Problem.of(Reason.INTERCOM_UNAVAILABLE, "Intercom does not answer to " + credential)
                : answer.word().equals(IntercomAnswers.DONE) ? judge(credential, answer.body().path("app"))
                : Problem.of(answer.word().equals(IntercomAnswers.CREDENTIAL) ? Reason.CREDENTIAL_REFUSED : Reason.INTERCOM_UNAVAILABLE,
                        "Intercom answered " + answer.status() + " to " + credential));
    }

    private List<Problem> problems() {
        List<Problem> all = new ArrayList<>();
        byPlatform.values().forEach(all::addAll);
        String unexpected = outages.unexpected();
        if (unexpected != null) {
            all.add(new Problem(Reason.UNEXPECTED_ANSWER, "something answers that is not Intercom: " + unexpected));
        }
        String refusesAll = outages.refusesAll();
        if (refusesAll != null) {
            all.add(new Problem(Reason.EVERYTHING_REFUSED, "Intercom refuses every request: " + refusesAll));
        }
        if (!outages.forbidden().isEmpty()) {
            all.add(new Problem(Reason.CREDENTIAL_REFUSED, "Intercom answered 403 to " + String.join(", ", outages.forbidden())
                    + ", which the credential lacks a permission for"));
        }
        return all.isEmpty() && byPlatform.isEmpty() ? null : all;
    }

    /** The workspace by its name and id, as Intercom's last good answer has them; "" where there was none. */
    public String workspace() {
        return workspace;
    }

    private List<Problem> judge(String credential, JsonNode app) {
        String id = app.path("id_code").asText("");
        workspace = (app.path("name").asText("") + " " + id).strip();
        String where = app.path("region").asText("");
        String appId = connection.appId();
        if (!appId.isEmpty() && !id.isEmpty() && !id.equals(appId)) {
            return Problem.of(Reason.WRONG_WORKSPACE, credential + " is of workspace " + id + ", the App ID is " + appId);
        }
        return where.isEmpty() || where.equalsIgnoreCase(connection.region()) ? List.of()
                : Problem.of(Reason.WRONG_REGION, "the workspace of " + credential + " is in region " + where + ", not "
                        + connection.region());
    }

    private static String credential(String platform) {
        return platform.isEmpty() ? "the access token" : "the API key of " + platform;
    }
}
