package io.github.mparticleintercom.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.dist.BundleProcess;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Instances of the distribution in processes of their own, the Intercom that they deliver to, and senders that load them. */
final class Site implements AutoCloseable {

    /** How long a crowded machine may take; not what it should take. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final IntercomSandbox intercom;
    private final Map<String, String> settings;
    private final Map<String, BundleProcess> running = new ConcurrentHashMap<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private Load load;

    /**
     * Nothing runs yet but the Intercom.
     *
     * @param folder   each instance has a folder of its own in it
     * @param settings names and values of environment variables for all of them, without {@code MPARTICLE_INTERCOM_} but for those of Camel
     */
    Site(Path folder, SandboxConfig intercom, String... settings) {
        this.folder = folder;
        this.intercom = IntercomSandbox.start(intercom);
        this.settings = BundleProcess.to(this.intercom);
        for (int i = 0; i < settings.length; i += 2) {
            set(settings[i], settings[i + 1]);
        }
    }

    IntercomSandbox intercom() {
        return intercom;
    }

    Load load() {
        return load;
    }

    /** The folder of an instance. */
    Path folder(String instance) {
        return folder.resolve(instance);
    }

    /** Sets something for the instances that start from now on; what is Camel's or Java's goes by its whole name. */
    void set(String name, String value) {
        settings.put(name.equals("JAVA_OPTS") || name.startsWith("CAMEL_") ? name : "MPARTICLE_INTERCOM_" + name, value);
    }

    /** Starts an instance, and waits until it is ready; it is loaded from then on. */
    BundleProcess start(String instance) throws IOException {
        BundleProcess bundle = launch(instance).started();
        addresses.put(instance, bundle.url());
        return bundle;
    }

    /** Starts an instance that is not loaded, and does not wait. */
    BundleProcess launch(String instance) throws IOException {
        BundleProcess bundle = BundleProcess.launch(folder(instance), settings);
        running.put(instance, bundle);
        return bundle;
    }

    /** Posts an event of this name to an instance, and returns the status of the answer. */
    int post(String instance, String name) throws IOException, InterruptedException {
        return running.get(instance).post(Load.batch(name)).statusCode();
    }

    /** As {@code kill -9} does. */
    void kill(String instance) throws InterruptedException {
        addresses.remove(instance);
        running.get(instance).kill();
    }

    /** As {@code kill} does; the senders notice what a balancer would notice: that nobody listens any more. */
    int terminate(String instance) throws InterruptedException {
        BundleProcess bundle = running.get(instance);
        bundle.terminate();
        int code = bundle.exitCode();
        addresses.remove(instance);
        return code;
    }

    /** Begins to send to whatever runs. */
    void load(int senders, int users, Duration pause) {
        load = Load.start(() -> List.copyOf(addresses.values()), senders, users, pause);
    }

    /** Begins to send to these addresses, whether anybody listens there or not. */
    void load(List<String> fixed, int senders, int users, Duration pause) {
        load = Load.start(() -> fixed, senders, users, pause);
    }

    /** Waits until so many more were accepted. */
    void awaitAccepted(int more) {
        int before = load.accepted().size();
        await().atMost(PATIENCE).until(() -> load.accepted().size() >= before + more);
    }

    /** Ends the load, gives all that was accepted the time to arrive, and reports what became of it. */
    Counts settle(String scenario) throws Exception {
        load.stop();
        return settle(scenario, load.accepted());
    }

    /** The same with what was accepted in another way. */
    Counts settle(String scenario, Collection<String> accepted) throws IOException {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> count(accepted).lost() == 0);
        } catch (ConditionTimeoutException e) {
            // the table says so
        }
        Counts counts = count(accepted);
        Faults.report(scenario, counts);
        return counts;
    }

    private Counts count(Collection<String> accepted) throws IOException {
        return Counts.of(accepted, intercom, deadLettered());
    }

    /** The batches of which something was dead-lettered, as the audit logs say. */
    Set<String> deadLettered() throws IOException {
        Set<String> found = new HashSet<>();
        for (String instance : running.keySet()) {
            Path audit = folder(instance).resolve("audit.jsonl");
            if (Files.exists(audit)) {
                try (Stream<String> lines = Files.lines(audit)) {
                    lines.filter(line -> line.contains("\"dead_lettered\"")).map(Site::batchId).forEach(found::add);
                }
            }
        }
        return found;
    }

    private static String batchId(String line) {
        try {
            JsonNode json = Json.MAPPER.readTree(line);
            return json.path("batch_id").asText();
        } catch (IOException e) {
            return "";
        }
    }

    /** What an instance answers to a probe: {@code live} or {@code ready}. */
    HttpResponse<String> probe(String instance, String probe) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + running.get(instance).managementPort() + "/observe/health/" + probe)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The lines of an instance's log that warn of something, over all its starts. */
    List<String> warnings(String instance) throws IOException {
        return running.get(instance).log().lines().filter(line -> line.matches("\\S+ \\S+ (WARN|ERROR) .*")).toList();
    }

    @Override
    public void close() throws Exception {
        if (load != null) {
            load.stop();
        }
        for (BundleProcess bundle : running.values()) {
            bundle.close();
        }
        intercom.close();
    }
}
