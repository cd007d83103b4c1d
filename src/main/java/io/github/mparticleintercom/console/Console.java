package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.WebText;
import io.github.mparticleintercom.http.HttpRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Header;

/** The console for people, a page that lives by the management API. It holds no data; its script asks for them. */
public final class Console {

    private static final String REASONS = "{\"reasons\":\"of every code\"}";
    /** Where the documents lie in the installation. */
    private static final Path DOCUMENTS = Path.of("docs");
    private static final Pattern DOCUMENT = Pattern.compile(".*/docs/([a-z-]+\\.md)");

    private final String html;
    private final String policy;

    /** Reads it. */
    public Console() {
        String template = WebText.file("console.html");
        policy = "default-src 'none'; script-src " + hash(template, "script") + "; style-src " + hash(template, "style")
                + "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                + "; require-trusted-types-for 'script'; trusted-types 'none'";
        html = template.replace(REASONS, reasons());
    }

    /** The page itself. */
    public String html() {
        return html;
    }

    /** What the browser lets it do: run the script that stands in it, and call where it came from. Nothing else. */
    public String policy() {
        return policy;
    }

    /**
     * The page of the documents that the address names, as its author wrote it.
     *
     * @throws HttpRefusal when there is none
     * @throws IOException when it cannot be read
     */
    public String document(@Header("CamelHttpPath") String path) throws HttpRefusal, IOException {
        Matcher document = DOCUMENT.matcher(path);
        if (!document.matches() || !Files.isRegularFile(DOCUMENTS.resolve(document.group(1)))) {
            throw new HttpRefusal(404, Reason.NOT_FOUND, null);
        }
        return Files.readString(DOCUMENTS.resolve(document.group(1)));
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

    /** Each code with its sentence and advice. */
    private static String reasons() {
        ObjectNode json = Json.object();
        for (Reason reason : Reason.known()) {
            json.putArray(reason.code()).add(reason.sentence()).add(reason.advice());
        }
        return WebText.json(json);
    }
}
