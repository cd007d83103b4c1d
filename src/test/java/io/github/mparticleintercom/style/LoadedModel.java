package io.github.mparticleintercom.style;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Camel's model of route files, read but not started. */
final class LoadedModel implements AutoCloseable {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Model model;

    LoadedModel() {
        // the beans come to be when they are read, and the one of the broker must not start one
        context.getPropertiesComponent().addInitialProperty("mparticle-intercom.broker.url", "tcp://127.0.0.1:1");
        context.build();
        model = context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** What one file holds. */
    record Part(List<NamedNode> nodes, List<BeanFactoryDefinition<?>> beans) {
    }

    Part load(String name, String yaml) throws Exception {
        Part before = all();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, yaml));
        Part after = all();
        after.nodes().removeAll(before.nodes());
        after.beans().removeAll(before.beans());
        // else Camel writes their clauses into the routes that name them
        for (RouteConfigurationDefinition configuration : List.copyOf(model.getRouteConfigurationDefinitions())) {
            model.removeRouteConfiguration(configuration);
        }
        return after;
    }

    private Part all() {
        List<NamedNode> nodes = new ArrayList<>(model.getRouteConfigurationDefinitions());
        nodes.addAll(model.getRouteDefinitions());
        return new Part(nodes, new ArrayList<>(model.getCustomBeans()));
    }

    DefaultCamelContext context() {
        return context;
    }

    @Override
    public void close() {
        context.stop();
    }
}
