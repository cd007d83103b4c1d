package io.github.mparticleintercom.intercom;

import io.github.mparticleintercom.ratelimit.StopSignal;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Takes out of the HTTP client what calls to Intercom do not need, and what would look at each of them all the same; and breaks off
 * calls that are still not answered a second before Camel would stop to wait for them. Their requests are rolled back then, as long
 * as the broker still runs, and stay on the queue.
 */
public final class LeanHttpClient implements HttpClientConfigurer {

    /** What rolling back may take of the time that Camel gives to what is under way. */
    private static final long ROLLBACK_MILLIS = 1_000;

    /** Those that came to their end go with the garbage; breaking them off would do nothing. */
    private final Set<Cancellable> calls = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile boolean broken;

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableCookieManagement().disableAuthCaching().disableRedirectHandling().disableContentCompression();
        client.addExecInterceptorFirst("break-off", (request, scope, chain) -> {
            if (scope.originalRequest instanceof Cancellable call) {
                calls.add(call);
            }
            if (broken) {
                throw new InterruptedIOException("Stopping: what waits stays on the queue");
            }
            return chain.proceed(request, scope);
        });
    }

    /** Says when the bundle stops. */
    public void setStop(StopSignal stop) {
        stop.whenStopping(() -> {
            ShutdownStrategy patience = stop.getCamelContext().getShutdownStrategy();
            long millis = patience.getTimeUnit().toMillis(patience.getTimeout());
            CompletableFuture.delayedExecutor(Math.max(millis - ROLLBACK_MILLIS, millis / 2), TimeUnit.MILLISECONDS)
                    .execute(this::breakOff);
        });
    }

    private void breakOff() {
        broken = true;
        synchronized (calls) {
            calls.forEach(Cancellable::cancel);
        }
    }
}
