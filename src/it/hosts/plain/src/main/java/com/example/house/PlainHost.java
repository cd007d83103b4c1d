package com.example.house;

import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** A host that makes its Camel context itself. */
public final class PlainHost {

    private PlainHost() {
    }

    /** A started context. */
    public static CamelContext start() throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        HouseBroker broker = new HouseBroker();
        camel.getRegistry().bind("houseBroker", broker);
        camel.getRegistry().bind("housePolicy", new HousePolicy());
        camel.getRegistry().bind("ledger", new Ledger());
        camel.addComponent("jms", JmsComponent.jmsComponent(broker));
        camel.getComponent("http", HttpComponent.class).setConnectionsPerRoute(7);
        PluginHelper.getRoutesLoader(camel).loadRoutes(PluginHelper.getPackageScanResourceResolver(camel)
                .findResources("classpath:routes/*.camel.yaml"));

        camel.getPropertiesComponent().setLocation("classpath:application.properties");
        PluginHelper.getRoutesLoader(camel).loadRoutes(PluginHelper.getPackageScanResourceResolver(camel)
                .findResources("classpath:mparticle-intercom/*.camel.yaml"));

        camel.start();
        return camel;
    }
}
