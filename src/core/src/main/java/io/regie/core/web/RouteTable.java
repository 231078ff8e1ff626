package io.regie.core.web;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.FileForm;
import io.regie.core.access.Gatekeeper;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;

/** The Vert.x routes of our features, with their policies in front of them. */
final class RouteTable implements Routes {

    private static final int ORDER = -500_000;

    private final Router router;
    private final Gatekeeper gatekeeper;
    private final Set<Route> declared = new HashSet<>();

    RouteTable(Router router, Gatekeeper gatekeeper) {
        this.router = router;
        this.gatekeeper = gatekeeper;
    }

    @Override
    public void add(HttpMethod method, String path, Policy policy, Scope scope, Handler<RoutingContext> handler) {
        guard(method, path, policy, scope).handler(request -> run(request, handler));
    }

    @Override
    public void addBlocking(
            HttpMethod method, String path, Policy policy, Scope scope, Handler<RoutingContext> handler) {
        guard(method, path, policy, scope).blockingHandler(request -> runInRequestContext(request, handler), true);
    }

    @Override
    public void addForm(String path, Policy policy, Scope scope, FileForm form) {
        guard(HttpMethod.POST, path, policy, scope).handler(request -> FileForms.receive(request, form));
    }

    /** Puts a policy in front of routes that somebody else registered. */
    void protect(String path, Policy policy) {
        declared.add(router.route(path).order(ORDER).handler(request -> {
            check(request, policy, Scope.EVERYTHING);
            request.next();
        }));
    }

    /** Hides routes that somebody else registered. */
    void close(String path) {
        declared.add(router.route(path).order(ORDER).handler(request -> request.fail(ProblemException.notFound())));
    }

    boolean declares(Route route) {
        return declared.contains(route);
    }

    private Route guard(HttpMethod method, String path, Policy policy, Scope scope) {
        Route route = router.route(method, path).order(ORDER).handler(request -> {
            check(request, policy, scope);
            request.next();
        });
        declared.add(route);
        return route;
    }

    private void check(RoutingContext request, Policy policy, Scope scope) {
        gatekeeper.check(CurrentCaller.of(request), policy, scope);
    }

    private static void run(RoutingContext request, Handler<RoutingContext> handler) {
        if (Csrf.formUnchecked(request)) {
            // These routes do not read forms: what looks like one comes from a foreign page.
            throw new ProblemException(ProblemType.FORBIDDEN, "access.csrf");
        }
        handler.handle(request);
    }

    private static void runInRequestContext(RoutingContext request, Handler<RoutingContext> handler) {
        ManagedContext context = Arc.container().requestContext();
        if (context.isActive()) {
            run(request, handler);
            return;
        }
        context.activate();
        try {
            run(request, handler);
        } finally {
            context.terminate();
        }
    }
}
