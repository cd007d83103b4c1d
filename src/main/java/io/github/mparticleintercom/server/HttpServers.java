package io.github.mparticleintercom.server;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.Authorization;
import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.http.ManagementAccess;
import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import io.vertx.core.Handler;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP servers of the standalone program from the first to the last moment. The intake listens once all routes run; asked to
 * end, the servers answer 503 until the last exchange is done. In between, what does not reach a route is answered in the shape of
 * mParticle's errors, and what clients can take up is bounded.
 */
public final class HttpServers extends MainListenerSupport implements StartupListener {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.start");
    private static final int BEFORE_ALL = -3;
    private static final int BEFORE_HEALTH = -2;
    private static final int BEFORE_ROUTES = -1;
    private static final long LISTEN_SECONDS = 10;

    private final List<RequestGate> gates = new ArrayList<>();
    private ServerVertx vertx;
    /** While routes come and go, what is missing will be there in a moment. */
    private volatile boolean complete;
    private volatile Admission.Rules rules;

    /** Whether routes and settings are being replaced, so that a route that is missing will be there again in a moment. */
    public void reloading(CamelContext context, boolean now) {
        rules = rules(context);
        complete = !now;
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        int port = (int) number(context, "http.port", 8080);
        boolean intake = Installation.setting(context, "http.enabled", "false").equals("true");
        // routes find their server by its port, and any free one is not known before it listens
        vertx = new ServerVertx((int) number(context, "http.client-timeout-millis", 60_000),
                (int) number(context, "http.max-connections", 1000), address -> intake && port != 0 && address.port() == port);
        context.getRegistry().bind("mparticleIntercomVertx", vertx);
    }

    @Override
    public void afterConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        try {
            context.addStartupListener(this);
            // not this listener's own end, which Camel tells of only where it waits for the end itself
            context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof CamelEvent.CamelContextStoppingEvent) {
                        drain(context);
                    } else {
                        vertx.end();
                    }
                }

                @Override
                public boolean isEnabled(CamelEvent event) {
                    return event instanceof CamelEvent.CamelContextStoppingEvent
                            || event instanceof CamelEvent.CamelContextStoppedEvent;
                }
            });
            // started right after the servers, and before all else
            context.addService(new ServiceSupport() {
                @Override
                protected void doStart() {
                    guard(context);
                }
            }, true, true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void guard(CamelContext context) {
        rules = rules(context);
        String set = Installation.setting(context, "http.bodies-budget-bytes", "");
        Admission admission = new Admission(() -> rules,
                new BodyBudget(set.isEmpty() ? BodyBudget.ofHeap(Runtime.getRuntime().maxMemory()) : Long.parseLong(set)));
        MainHttpServer intake = context.hasService(MainHttpServer.class);
        if (intake != null) {
            guard(intake.getRouter(), new RequestGate(path -> false), admission);
        }
        ManagementHttpServer management = context.hasService(ManagementHttpServer.class);
        if (management != null) {
            // health tells to the end what becomes of the process
            guard(management.getRouter(), new RequestGate(path -> path.startsWith(management.getHealthPath())), admission);
            ManagementAccess access = new ManagementAccess();
            access.setAuthorization(Installation.setting(context, "http.authorization"));
            access.setHost(management.getHost());
            management.getRouter().route().order(BEFORE_HEALTH).handler(new ManagementGuard(access, management.getHealthPath()));
            HealthAnswers health = new HealthAnswers(context);
            for (String probe : management.isHealthCheckEnabled() ? List.of("", "/live", "/ready") : List.<String>of()) {
                management.getRouter().get(management.getHealthPath() + probe).order(BEFORE_ROUTES).blockingHandler(health, false);
            }
        }
    }

    private static Admission.Rules rules(CamelContext context) {
        ManagementAccess names = new ManagementAccess();
        names.setHost(Installation.setting(context, "http.host", "127.0.0.1"));
        return new Admission.Rules(new Authorization(Installation.setting(context, "http.authorization", "")),
                new Authorization(Installation.setting(context, "erasure.authorization", "")), names,
                number(context, "http.max-body-bytes", 5_000_000), number(context, "http.client-timeout-millis", 60_000));
    }

    private void guard(Router router, RequestGate gate, Handler<RoutingContext> admission) {
        gates.add(gate);
        router.route().order(BEFORE_ALL).handler(gate).handler(HttpServers::comeAgain).handler(admission);
        router.route().last().handler(call -> nobodyThere(call, methods(router, call.normalizedPath())))
                .failureHandler(HttpServers::failed);
    }

    /** The methods that routes answer at this path. */
    private static Set<String> methods(Router router, String path) {
        Set<String> methods = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            if (route.getPath() != null && route.methods() != null && path.matches(route.getPath().replaceAll(":[^/]+", "[^/]+"))) {
                route.methods().forEach(method -> methods.add(method.name()));
            }
        }
        return methods;
    }

    private void nobodyThere(RoutingContext call, Set<String> methods) {
        if (!complete) {
            ErrorAnswers.answer(call, new HttpRefusal(503, Reason.SERVER_NOT_READY, null));
        } else if (methods.isEmpty()) {
            ErrorAnswers.answer(call, new HttpRefusal(404, Reason.NOT_FOUND, null));
        } else {
            call.response().putHeader("Allow", String.join(", ", methods));
            ErrorAnswers.answer(call, new HttpRefusal(405, Reason.METHOD_NOT_ALLOWED, null));
        }
    }

    private static void failed(RoutingContext call) {
        int status = call.statusCode();
        if (status == 413) {
            ErrorAnswers.answer(call, new HttpRefusal(status, Reason.BODY_TOO_LARGE, "body"));
        } else if (status >= 400 && status < 500) {
            ErrorAnswers.answer(call, new HttpRefusal(status, Reason.BAD_REQUEST, null));
        } else {
            ErrorAnswers.answer(call, new HttpRefusal(503, Reason.INTERNAL_ERROR, null));
        }
    }

    /** A route that stops in the middle of a call answers 500; but the call may come again, and will be taken then. */
    private static void comeAgain(RoutingContext call) {
        call.addHeadersEndHandler(end -> {
            if (call.response().getStatusCode() == 500) {
                call.response().setStatusCode(503).putHeader("Retry-After", ErrorAnswers.RETRY_SECONDS);
            }
        });
        call.next();
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // the routes do not run yet
    }

    /** All routes run. */
    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) throws Exception {
        complete = true;
        try {
            vertx.open().toCompletionStage().toCompletableFuture().get(LISTEN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new SettingsException(Settings.PREFIX + "http.port: " + Installation.setting(context, "http.host", "") + ":"
                    + Installation.setting(context, "http.port", "") + " cannot be opened: " + e.getCause().getMessage() + ".");
        }
    }

    /** From here on nothing new comes in, while Camel takes the routes apart. */
    private void drain(CamelContext context) {
        // half of the time; the other is for what is not asked for by HTTP
        long millis = context.getShutdownStrategy().getTimeUnit().toMillis(context.getShutdownStrategy().getTimeout()) / 2;
        try {
            for (RequestGate gate : gates) {
                int left = gate.close(millis);
                if (left > 0) {
                    LOG.warn("{} requests are not answered yet; going on to stop", left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long number(CamelContext context, String key, long otherwise) {
        return Long.parseLong(Installation.setting(context, key, String.valueOf(otherwise)));
    }
}
