package io.github.mparticleintercom.server;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Lets requests to the routes until it is closed, and knows those that are under way. Camel's own shutdown knows a request only once
 * a thread works on it, and answers those that come later with 503 and nothing, 405 or 404, as it takes its routes apart.
 */
final class RequestGate implements Handler<RoutingContext> {

    private static final long LOOK_MILLIS = 20;

    private final Predicate<String> always;
    private final Set<RoutingContext> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Open.
     *
     * @param always which paths are answered to the end
     */
    RequestGate(Predicate<String> always) {
        this.always = always;
    }

    @Override
    public void handle(RoutingContext call) {
        if (always.test(call.normalizedPath())) {
            call.next();
        } else {
            // known before it is looked at, so that none slips through while the gate is being closed
            call.put(RequestGate.class.getName(), call.vertx().getOrCreateContext());
            call.addEndHandler(end -> underWay.remove(call));
            underWay.add(call);
            if (closed) {
                ErrorAnswers.notNow(call);
            } else {
                call.next();
            }
        }
    }

    /**
     * Answers 503 from now on, also to those whose body is still coming, and waits for the rest to be answered.
     *
     * @param millis how long to wait at most
     * @return how many are still under way
     */
    int close(long millis) throws InterruptedException {
        closed = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!underWay.isEmpty() && System.nanoTime() < end) {
            underWay.forEach(RequestGate::refuseUnlessComplete);
            Thread.sleep(LOOK_MILLIS);
        }
        return underWay.size();
    }

    private static void refuseUnlessComplete(RoutingContext call) {
        Context context = call.get(RequestGate.class.getName());
        context.runOnContext(now -> {
            if (!call.request().isEnded()) {
                ErrorAnswers.notNow(call);
            }
        });
    }
}
