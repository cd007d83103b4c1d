package io.github.mparticleintercom.dev;

import io.github.mparticleintercom.check.CamelFailure;
import io.github.mparticleintercom.check.OfflineCheck;
import io.github.mparticleintercom.check.Problem;
import io.github.mparticleintercom.server.Installation;
import io.github.mparticleintercom.server.HttpServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes edits of the routes and settings while it runs. Whatever is saved is checked first, as the start does, and then made by
 * Camel on the side; only what passes is put in place of what runs.
 */
public final class DevMode extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.dev");
    /** Settings of things that are made once: the server, the broker and Camel itself. */
    private static final Predicate<String> MADE_ONCE = Pattern.compile("camel\\..*|mparticle-intercom\\.("
            + "http\\.(enabled|host|port|max-body-bytes)|broker\\.(?!high-water-mark).*|secrets\\.folder"
            + "|deliver\\.concurrency)").asMatchPredicate();
    private static final Set<String> ROUTES = Set.of("route");
    private static final long POLL_MILLIS = 250;
    /** How long routes may finish what they are at; what is cut off is delivered again. */
    private static final String PATIENCE_SECONDS = "5";

    private final HttpServers servers;
    private Path mapping;
    private DevFolder running;
    private DevReload reload;
    private volatile boolean ended;

    /** A dev mode that lets this server answer 503 while routes are replaced. */
    public DevMode(HttpServers servers) {
        this.servers = servers;
    }

    /** The settings that make it comfortable. */
    public static Map<String, String> settings() {
        return Map.of("camel.main.shutdown-timeout", PATIENCE_SECONDS);
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        mapping = mapping(main.getCamelContext());
        running = DevFolder.read(mapping);
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        reload = new DevReload(main.getCamelContext());
        Thread watcher = new Thread(this::watch, "mparticle-intercom-dev");
        watcher.setDaemon(true);
        watcher.start();
        LOG.info("Dev: what you save in {}/, {}{} is checked and taken at once", Installation.ROUTES, Installation.FILE,
                mapping == null ? "" : ", " + mapping);
    }

    @Override
    public void beforeStop(BaseMainSupport main) {
        ended = true;
    }

    private void watch() {
        DevFolder seen = running;
        DevFolder handled = running;
        while (!ended) {
            try {
                Thread.sleep(POLL_MILLIS);
                DevFolder now = DevFolder.read(mapping);
                // what still changes is being saved
                if (now.equals(seen) && !now.equals(handled)) {
                    handled = now;
                    take(now);
                }
                seen = now;
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                LOG.error("Dev: {}", e.toString());
            }
        }
    }

    private void take(DevFolder now) throws Exception {
        Set<Path> changed = now.changedSince(running);
        String names = changed.stream().map(Path::toString).collect(Collectors.joining(", "));
        if (changed.isEmpty()) {
            LOG.info("Dev: everything is as it runs");
            return;
        }
        List<Problem> problems = problems();
        if (!problems.isEmpty()) {
            LOG.warn("Dev: {} not taken, everything goes on as before:\n{}", names,
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
            return;
        }
        Set<String> restart = changedSettings(now);
        restart.removeIf(MADE_ONCE.negate());
        if (!restart.isEmpty()) {
            LOG.warn("Dev: {} not taken: restart it for {}", names, String.join(", ", restart));
            return;
        }
        if (replace(now, changed)) {
            LOG.info("Dev: {} taken", names);
        }
    }

    /** The file of the event mapping, where the settings name one that can be edited. */
    private static Path mapping(CamelContext context) {
        String file = Installation.setting(context, "events.mapping");
        return file.isEmpty() || file.startsWith("classpath:") ? null : Path.of(file.replaceFirst("^file:", ""));
    }

    private static List<Problem> problems() throws IOException {
        List<Problem> unreadable = OfflineCheck.unreadable(Installation.FILE);
        if (!unreadable.isEmpty()) {
            return unreadable;
        }
        try (DefaultCamelContext settings = Installation.settings()) {
            return Installation.check(settings).problems();
        }
    }

    private Set<String> changedSettings(DevFolder now) {
        Properties before = running.settings();
        Properties after = now.settings();
        Set<String> keys = new TreeSet<>(before.stringPropertyNames());
        keys.addAll(after.stringPropertyNames());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return keys;
    }

    private boolean replace(DevFolder now, Set<Path> changed) throws Exception {
        servers.reloading(reload.context(), true);
        try {
            Set<Path> touched = touched(now, changed);
            if (touched.stream().anyMatch(path -> now.kinds(path).contains("beans"))) {
                // nothing shall start with the old beans and end with the new
                reload.stopConsumers(touched);
            }
            if (changed.contains(Installation.FILE)) {
                reload.settings();
            }
            reload.take(now, touched);
            running = now;
            mapping = mapping(reload.context());
            return true;
        } catch (Exception e) {
            LOG.error("Dev: Camel refused what it took on the side: {}", CamelFailure.problem(e, Installation.ROUTES));
            Set<Path> everything = new TreeSet<>(running.texts().keySet());
            everything.addAll(changed);
            reload.take(running, everything);
            LOG.warn("Dev: the routes are those of before again");
            return false;
        } finally {
            servers.reloading(reload.context(), false);
        }
    }

    /** Routes stand alone; what configures them is in all of them, and beans, which forget what they know, hold the settings. */
    private Set<Path> touched(DevFolder now, Set<Path> changed) {
        if (changed.stream().allMatch(path -> DevFolder.isRoutes(path) && ROUTES.containsAll(now.kinds(path))
                && ROUTES.containsAll(running.kinds(path)))) {
            return changed;
        }
        boolean beans = changed.stream().anyMatch(path -> !DevFolder.isRoutes(path) || now.kinds(path).contains("beans"));
        Set<Path> touched = new TreeSet<>(now.texts().keySet());
        touched.removeIf(path -> !beans && now.kinds(path).contains("beans"));
        touched.addAll(changed);
        return touched;
    }
}
