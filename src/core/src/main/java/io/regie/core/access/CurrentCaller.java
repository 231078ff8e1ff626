package io.regie.core.access;

import io.regie.core.access.Identification.Identified;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** The caller of the REST request at hand. Vert.x handlers use {@link #of}. */
@RequestScoped
public class CurrentCaller {

    private static final String KEY = Caller.class.getName();
    private static final String CREDENTIAL = Identified.class.getName();

    @Inject
    RoutingContext request;

    public Caller get() {
        return of(request);
    }

    /** The session or token that the caller came with. */
    public Optional<UUID> credential() {
        return credential(request);
    }

    /** The caller that the first handler identified, or a visitor. */
    public static Caller of(RoutingContext request) {
        Caller caller = request.get(KEY);
        return caller == null ? Caller.visitor() : caller;
    }

    public static Optional<UUID> credential(RoutingContext request) {
        return Optional.ofNullable(request.get(CREDENTIAL));
    }

    /** For the handler that identified the caller. */
    public static void remember(RoutingContext request, Identified identified) {
        remember(request, identified.caller());
        request.put(CREDENTIAL, identified.credential());
    }

    /** For the handler that identified the caller by something that cannot be revoked. */
    public static void remember(RoutingContext request, Caller caller) {
        request.put(KEY, caller);
    }
}
