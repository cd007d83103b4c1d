package com.example.house;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;

/** The only transaction policy of the house; it notes where it is used. */
public final class HousePolicy implements TransactedPolicy {

    private final List<String> routes = new CopyOnWriteArrayList<>();

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        routes.add(route.getRouteId());
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        return processor;
    }

    List<String> routes() {
        return routes;
    }
}
