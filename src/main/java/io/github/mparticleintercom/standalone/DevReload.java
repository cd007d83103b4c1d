package io.github.mparticleintercom.standalone;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Puts changed files into a running Camel, one route after the other, while the others go on: whoever calls a route that is
 * being replaced waits until it is back. Camel's own watcher takes all routes away before it reads the new file, so that no
 * door is open while it works, and none afterwards if that fails.
 */
final class DevReload {

    private final CamelContext context;

    DevReload(CamelContext context) {
        this.context = context;
    }

    /**
     * Takes these files as they stand in this folder; a file that is no longer there takes its routes along.
     *
     * @throws Exception when Camel cannot take one
     */
    void take(DevFolder folder, Collection<Path> files) throws Exception {
        List<Resource> resources = new ArrayList<>();
        for (Path path : files) {
            String text = folder.texts().get(path);
            if (text != null && DevFolder.isRoutes(path)) {
                // the very text that was checked, whatever the file holds by now
                resources.add(ResourceHelper.fromBytes("file:" + path, text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        Set<String> taken = PluginHelper.getRoutesLoader(context).updateRoutes(resources);
        Set<String> names = files.stream().map(path -> "/" + path.getFileName()).collect(Collectors.toSet());
        for (Route route : List.copyOf(context.getRoutes())) {
            Resource source = route.getSourceResource();
            if (source != null && !taken.contains(route.getId()) && names.stream().anyMatch(source.getLocation()::endsWith)) {
                context.getRouteController().stopRoute(route.getId());
                context.removeRoute(route.getId());
            }
        }
    }

    /** Reads the settings again. */
    void settings() {
        context.getPropertiesComponent().reloadProperties(Home.SETTINGS);
    }
}
