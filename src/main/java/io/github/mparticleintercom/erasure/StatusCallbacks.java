package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.http.ProcessorSignature;
import io.github.mparticleintercom.metrics.Metrics;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.apache.camel.component.http.HttpMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who sent requests to forget users how far these have come. Whoever may send requests could have us call any address, so
 * only hosts that a setting names are called.
 */
public final class StatusCallbacks {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.erasures");
    private static final String CALLBACK = "callback";
    private static final String URL = "url";
    private static final String TOLD = "told";
    static final String ATTEMPTS = "attempts";
    static final String DUE = "due_at";
    private static final int MOST_ATTEMPTS = 12;
    private static final long LONGEST_WAIT_MILLIS = 3_600_000;

    private ErasureRegister register;
    private Metrics metrics;
    private ProcessorSignature signature;
    private Set<String> origins = Set.of();
    private long firstWaitMillis = 5_000;

    /** What is kept of each request. */
    public void setRegister(ErasureRegister register) {
        this.register = register;
    }

    /** Where callbacks are counted. */
    public void setMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Signs what is told. */
    public void setSignature(ProcessorSignature signature) {
        this.signature = signature;
    }

    /** Whom to call: {@code host} and {@code host:port} for HTTPS, {@code http://host:port} for plain HTTP; blank for nobody. */
    public void setHosts(String hosts) {
        origins = Stream.of(hosts.split(",")).map(String::strip).filter(entry -> !entry.isEmpty())
                .map(entry -> origin(entry.contains("://") ? entry : "https://" + entry))
                .filter(origin -> !origin.isEmpty()).collect(Collectors.toSet());
    }

    /** The first wait before a call that failed is made again, in milliseconds; it doubles from call to call, up to an hour. */
    public void setFirstWaitMillis(long firstWaitMillis) {
        this.firstWaitMillis = firstWaitMillis;
    }

    /** Notes whom to tell of this request. */
    void add(ObjectNode record, List<String> urls) {
        ArrayNode list = record.putArray(ErasureRegister.CALLBACKS);
        for (String url : urls) {
            if (isAllowed(url)) {
                list.addObject().put(URL, url).put(TOLD, record.path(ErasureRegister.STATUS).asText()).put(ATTEMPTS, 0);
            } else {
                LOG.warn("Erasure {}: a callback is not made, because its host is not among mparticle-intercom.erasure.callback-hosts",
                        record.path(ErasureRegister.ID).asText());
            }
        }
    }

    /** The calls to make now, each with the request's id and address. */
    public List<JsonNode> due() {
        long now = System.currentTimeMillis();
        List<JsonNode> due = new ArrayList<>();
        for (ObjectNode record : register.all()) {
            for (JsonNode callback : record.path(ErasureRegister.CALLBACKS)) {
                if (!callback.path(TOLD).equals(record.path(ErasureRegister.STATUS)) && callback.path(ATTEMPTS).asInt() < MOST_ATTEMPTS
                        && callback.path(DUE).asLong() <= now && isAllowed(callback.path(URL).asText())) {
                    due.add(Json.object().put(ErasureRegister.ID, record.path(ErasureRegister.ID).asText()).put(URL, callback.path(URL).asText()));
                }
            }
        }
        return due;
    }

    /** Sets method, address and headers of the call, and {@code callback}; returns its body, as JSON text. */
    public String prepare(@Body JsonNode callback, @Headers Map<String, Object> headers, @Variables Map<String, Object> variables) {
        String url = callback.path(URL).asText();
        ObjectNode record = register.find(callback.path(ErasureRegister.ID).asText()).orElseThrow();
        String status = record.path(ErasureRegister.STATUS).asText();
        variables.put(CALLBACK, ((ObjectNode) callback).put(TOLD, status));
        String body = Json.write(ErasureStatus.of(record).put("status_callback_url", url));
        headers.clear();
        headers.put("CamelHttpMethod", HttpMethods.POST);
        headers.put("CamelHttpUri", url);
        headers.put("Content-Type", "application/json");
        headers.putAll(signature.headers(body));
        return body;
    }

    /** Notes whether the call was taken. */
    public void told(@Variable(CALLBACK) JsonNode callback, @Header("CamelHttpResponseCode") Integer status) {
        boolean taken = status != null && status >= 200 && status < 300;
        register.update(callback.path(ErasureRegister.ID).asText(), record -> {
            for (JsonNode one : record.path(ErasureRegister.CALLBACKS)) {
                if (one.path(URL).equals(callback.path(URL))) {
                    note((ObjectNode) one, callback, taken);
                }
            }
        });
    }

    private void note(ObjectNode kept, JsonNode callback, boolean taken) {
        int attempts = kept.path(ATTEMPTS).asInt() + 1;
        if (taken) {
            kept.put(TOLD, callback.path(TOLD).asText()).put(ATTEMPTS, 0).put(DUE, 0);
        } else {
            kept.put(ATTEMPTS, attempts).put(DUE, System.currentTimeMillis()
                    + Math.min(LONGEST_WAIT_MILLIS, firstWaitMillis << Math.min(attempts - 1, 20)));
        }
        boolean over = !taken && attempts >= MOST_ATTEMPTS;
        if (over) {
            LOG.warn("Erasure {}: a callback failed {} times and is not made again", callback.path(ErasureRegister.ID).asText(), attempts);
        }
        metrics.erasureCallback(taken ? "sent" : over ? "given-up" : "failed");
    }

    private boolean isAllowed(String url) {
        return origins.contains(origin(url));
    }

    /** Scheme, host and port; "" for what is no plain address of a host. */
    private static String origin(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !scheme.equals("http") || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return "";
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
            return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
