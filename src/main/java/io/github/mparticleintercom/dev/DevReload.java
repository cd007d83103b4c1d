package io.github.mparticleintercom.dev;

import io.github.mparticleintercom.server.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Puts changed files into a running Camel. Routes are replaced one after the other while the others go on: whoever calls one
 * that is being replaced waits until it is back. Camel's own watcher takes all routes away before it reads the new file, so that
 * no consumer is open while it works, and none afterwards if that fails.
 */
final class DevReload {

    private static final Set<String> BEANS = Set.of("beans");

    private final CamelContext context;

    DevReload(CamelContext context) {
        this.context = context;
    }

    CamelContext context() {
        return context;
    }

    /**
     * Takes these files as they stand in this folder; a file that is no longer there takes its routes along.
     *
     * @throws Exception when Camel cannot take one
     */
    void take(DevFolder folder, Collection<Path> files) throws Exception {
        // a route keeps the beans that are there when it is made, and a consumer opens at once
        update(folder, files.stream().filter(path -> BEANS.containsAll(folder.kinds(path))));
        List<Path> routes = files.stream().filter(path -> !BEANS.containsAll(folder.kinds(path))).toList();
        Set<Path> consumers = consumers(routes).map(DevReload::file).collect(Collectors.toSet());
        Set<String> taken = update(folder, routes.stream().filter(path -> !consumers.contains(path.getFileName())));
        taken.addAll(update(folder, routes.stream().filter(path -> consumers.contains(path.getFileName()))));
        for (Route route : routesOf(files).filter(route -> !taken.contains(route.getId())).toList()) {
            context.getRouteController().stopRoute(route.getId());
            context.removeRoute(route.getId());
        }
    }

    private Set<String> update(DevFolder folder, Stream<Path> files) throws Exception {
        // the very text that was checked, whatever the file holds by now
        return PluginHelper.getRoutesLoader(context).updateRoutes(files
                .filter(file -> DevFolder.isRoutes(file) && folder.texts().containsKey(file))
                .map(file -> ResourceHelper.fromBytes("file:" + file, folder.text(file).getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    /** Takes nothing in, and lets what is under way finish, until {@link #take} puts the routes of these files in place. */
    void stopConsumers(Collection<Path> files) throws Exception {
        for (Route route : consumers(files).toList()) {
            context.getRouteController().stopRoute(route.getId());
        }
    }

    private Stream<Route> consumers(Collection<Path> files) {
        return routesOf(files).filter(route -> !(route.getEndpoint() instanceof DirectEndpoint));
    }

    private Stream<Route> routesOf(Collection<Path> files) {
        Set<Path> names = files.stream().map(Path::getFileName).collect(Collectors.toSet());
        return List.copyOf(context.getRoutes()).stream()
                .filter(route -> route.getSourceResource() != null && names.contains(file(route)));
    }

    private static Path file(Route route) {
        return Path.of(route.getSourceResource().getLocation()).getFileName();
    }

    /** Reads the settings again. */
    void settings() {
        context.getPropertiesComponent().reloadProperties(Installation.SETTINGS);
    }
}
