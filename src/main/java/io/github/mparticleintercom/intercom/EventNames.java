package io.github.mparticleintercom.intercom;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the number of event names: an Intercom workspace keeps 120 active ones and refuses any more (Intercom help, "Event
 * limits"). The names that Intercom has taken from here are kept in a file, one a line, that may be edited while the bundle
 * is down. Templates make names without end, so they get no further ones from {@link #setWarnAt} on: the rest is for all others,
 * and their events go under their fallback names.
 */
public final class EventNames {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.events");

    private int most = 120;
    private int warnAt = 100;
    private Path file;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    /** Names that templates made and that are on their way, so that many at once do not overrun the limit. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private volatile boolean full;
    /** Names that Intercom itself refused; asked again now and then, since somebody may archive others. */
    private final Cache<String, Boolean> refused =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();

    /** How many names there may be. */
    public void setMost(int most) {
        this.most = most;
    }

    /** From how many names on to warn, and to make none of templates any more. */
    public void setWarnAt(int warnAt) {
        this.warnAt = warnAt;
    }

    /**
     * Where the names are kept.
     *
     * @param data the folder of the file {@code event-names.txt}
     * @throws IOException when the file cannot be read
     */
    public void setData(String data) throws IOException {
        file = Path.of(data, "event-names.txt");
        if (Files.exists(file)) {
            Files.readAllLines(file).stream().map(EventNames::key).filter(name -> !name.isEmpty()).forEach(used::add);
        }
    }

    /** Begins with an event: sets {@code answer} to {@code send}, or to {@code name-quota} where Intercom has no room for its name. */
    public void prepare(@Variable("request") QueuedRequest request, @Variables Map<String, Object> variables) {
        request.begin();
        // why an earlier attempt was held
        variables.remove("reason");
        variables.remove("contactId");
        if (canFallBack(request) && !begin(key(request.eventName()))) {
            rename(request);
        }
        String name = key(request.eventName());
        boolean over = !used.contains(name) && !canFallBack(request) && (used.size() >= most || refused.getIfPresent(name) != null);
        variables.put("answer", over ? IntercomAnswers.NAME_QUOTA : "send");
    }

    /** Whether a name that a template made can go to Intercom: it is known there, or there is room for one more of its kind. */
    public boolean hasRoom(String name) {
        return isKnown(key(name)) || isRoom(key(name));
    }

    private synchronized boolean begin(String name) {
        return isKnown(name) || isRoom(name) && begun.add(name);
    }

    private boolean isKnown(String name) {
        return used.contains(name) || begun.contains(name);
    }

    private boolean isRoom(String name) {
        return used.size() + begun.size() < Math.min(warnAt, most) && refused.getIfPresent(name) == null;
    }

    /**
     * Intercom refused the event because of its name. One that has another then goes again under that: sets {@code answer} to
     * {@code send}.
     */
    public void fallBack(@Variable("request") QueuedRequest request, @Variables Map<String, Object> variables) {
        if (canFallBack(request)) {
            refuse(request);
            rename(request);
            variables.put("answer", "send");
        }
    }

    private void rename(QueuedRequest request) {
        request.body().put("event_name", request.fallbackName());
        request.bodyChanged();
        request.changed(Reason.EVENT_NAME_FALLBACK, "event_name");
        if (!full) {
            full = true;
            LOG.warn("No room for a further event name of a template, with {} of {} in use: such events go as '{}' and the like",
                    used.size() + begun.size(), most, request.fallbackName());
        }
    }

    private static boolean canFallBack(QueuedRequest request) {
        return request.fallbackName() != null && !request.fallbackName().equals(request.eventName());
    }

    /** Intercom took the event. */
    public void accept(@Variable("request") QueuedRequest request) throws IOException {
        if (used.contains(key(request.eventName()))) {
            return;
        }
        String name = request.eventName().replaceAll("\\R", " ");
        synchronized (this) {
            begun.remove(key(request.eventName()));
            if (!used.add(key(request.eventName()))) {
                return;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, List.of(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        if (used.size() >= warnAt) {
            LOG.warn("{} of {} event names are in use at Intercom; the newest is '{}'", used.size(), most, name);
        }
    }

    /** Intercom refused the event because of its name, or would have. */
    public void refuse(@Variable("request") QueuedRequest request) {
        if (request.answer() != null) {
            used.remove(key(request.eventName()));
            begun.remove(key(request.eventName()));
            refused.put(key(request.eventName()), true);
        }
    }

    /** Names differ at Intercom only beyond upper and lower case. */
    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
