package io.github.mparticleintercom.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jms.support.destination.DynamicDestinationResolver;

/** Asks the broker once for each queue; with the queue's name alone it would be asked again before every message. */
final class KnownQueues extends DynamicDestinationResolver {

    private final Map<String, Queue> queues = new ConcurrentHashMap<>();

    @Override
    protected Queue resolveQueue(Session session, String name) throws JMSException {
        Queue known = queues.get(name);
        if (known == null) {
            known = super.resolveQueue(session, name);
            queues.put(name, known);
        }
        return known;
    }
}
