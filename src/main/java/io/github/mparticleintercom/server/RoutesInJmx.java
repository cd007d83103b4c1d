package io.github.mparticleintercom.server;

import org.apache.camel.CamelContext;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.Route;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.management.JmxManagementLifecycleStrategy;
import org.apache.camel.management.JmxManagementStrategyFactory;

/**
 * Takes the level {@code RoutesOnly} at its word: JMX shows the context and its routes. Camel would add every endpoint, service
 * and thread pool, which are not looked at and took a tenth of the start.
 */
public final class RoutesInJmx extends MainListenerSupport {

    @Override
    public void beforeStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        if (context.getLifecycleStrategies().stream().anyMatch(JmxManagementLifecycleStrategy.class::isInstance)
                && context.getManagementStrategy().getManagementAgent().getMBeansLevel() == ManagementMBeansLevel.RoutesOnly) {
            new JmxManagementStrategyFactory().setupManagement(context, context.getManagementStrategy(),
                    new JmxManagementLifecycleStrategy(context) {
                        @Override
                        protected boolean shouldRegister(Object service, Route route) {
                            return service instanceof Route && super.shouldRegister(service, route);
                        }
                    });
        }
    }
}
