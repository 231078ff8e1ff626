package io.regie.core.access;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Registers Vert.x routes, each with its policy, before the REST layer and without Quarkus' body limit. What a handler
 * throws, or gives to {@link RoutingContext#fail(Throwable)}, is answered as a problem.
 */
public interface Routes {

    /** What a feature with Vert.x routes implements as a bean; called once at start. */
    interface Contributor {
        void contribute(Routes routes);
    }

    /**
     * @param handler runs on the event loop after caller, policy and CSRF were checked; must not block. The body waits
     *     until the request gets a handler for it
     */
    void add(HttpMethod method, String path, Policy policy, Scope scope, Handler<RoutingContext> handler);

    /**
     * @param handler as in {@link #add}, but on a worker thread, one request of a connection at a time. The CDI request
     *     context is active until it returns
     */
    void addBlocking(HttpMethod method, String path, Policy policy, Scope scope, Handler<RoutingContext> handler);

    /** A form with a file that browsers post without a script. All others of its kind are refused. */
    void addForm(String path, Policy policy, Scope scope, FileForm form);
}
