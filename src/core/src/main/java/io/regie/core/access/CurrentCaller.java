package io.regie.core.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** The caller of the REST request at hand. Vert.x handlers use {@link #of}. */
@RequestScoped
public class CurrentCaller {

    static final String KEY = Caller.class.getName();

    @Inject
    RoutingContext request;

    public Caller get() {
        return of(request);
    }

    /** The caller that the first handler identified, or a visitor. */
    public static Caller of(RoutingContext request) {
        Caller caller = request.get(KEY);
        return caller == null ? Caller.visitor() : caller;
    }
}
