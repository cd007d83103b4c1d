package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.WebText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The console for people, a page that lives by the management API. It holds no data; its script asks for them. */
public final class Console {

    private static final String SENTENCES = "{\"sentences\":\"of every reason code\"}";

    private final String html;
    private final String policy;

    /** Reads it. */
    public Console() {
        String template = WebText.file("console.html");
        policy = "default-src 'none'; script-src " + hash(template, "script") + "; style-src " + hash(template, "style")
                + "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                + "; require-trusted-types-for 'script'; trusted-types 'none'";
        html = template.replace(SENTENCES, sentences());
    }

    /** The page itself. */
    public String html() {
        return html;
    }

    /** What the browser lets it do: run the script that stands in it, and call where it came from. Nothing else. */
    public String policy() {
        return policy;
    }

    /** The name under which a policy allows the one element of this kind that stands in the page. */
    private static String hash(String page, String element) {
        int start = page.indexOf("<" + element + ">") + element.length() + 2;
        String text = page.substring(start, page.indexOf("</" + element + ">", start));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sentences() {
        ObjectNode json = Json.object();
        for (Reason reason : Reason.known()) {
            json.put(reason.code(), reason.sentence());
        }
        return WebText.json(json);
    }
}
