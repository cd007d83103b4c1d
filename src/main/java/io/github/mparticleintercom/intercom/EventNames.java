package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the number of event names: an Intercom workspace keeps 120 active ones and refuses any more (Intercom help, "Event
 * limits"). The names that Intercom has taken from here are kept in a file, one a line, that may be edited while the bundle
 * is down.
 */
public final class EventNames {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.events");

    private final int most;
    private final int warnAt;
    private final Path file;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    /** Names that Intercom itself refused; asked again now and then, since somebody may archive others. */
    private final Cache<String, Boolean> refused =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();

    /**
     * The names used so far.
     *
     * @param most   how many names there may be
     * @param warnAt from how many on to warn
     * @param data   the folder of the file {@code event-names.txt}
     * @throws IOException when the file cannot be read
     */
    public EventNames(int most, int warnAt, String data) throws IOException {
        this.most = most;
        this.warnAt = warnAt;
        this.file = Path.of(data, "event-names.txt");
        if (Files.exists(file)) {
            Files.readAllLines(file).stream().map(EventNames::key).filter(name -> !name.isEmpty()).forEach(used::add);
        }
    }

    /** Whether Intercom would refuse this event because of its name. */
    public boolean isOverQuota(@Variable("original") String event) throws IOException {
        String name = key(name(event));
        return refused.getIfPresent(name) != null || !used.contains(name) && used.size() >= most;
    }

    /** Intercom took the event. */
    public void accept(@Variable("original") String event) throws IOException {
        String name = name(event);
        if (used.contains(key(name))) {
            return;
        }
        synchronized (this) {
            if (!used.add(key(name))) {
                return;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, List.of(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        if (used.size() >= warnAt) {
            LOG.warn("{} of {} event names are in use at Intercom; the newest is '{}'", used.size(), most, name);
        }
    }

    /** Intercom refused the event because of its name. */
    public void refuse(@Variable("original") String event) throws IOException {
        refused.put(key(name(event)), true);
    }

    /** Names differ at Intercom only beyond upper and lower case. */
    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static String name(String event) throws IOException {
        JsonNode name = Json.MAPPER.readTree(event).path("event_name");
        return name.asText().replaceAll("\\R", " ");
    }
}
