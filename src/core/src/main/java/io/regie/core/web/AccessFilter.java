package io.regie.core.web;

import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Gatekeeper;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Enforces what {@link Access} says, on the method that was matched and never on a path. */
@Singleton
final class AccessFilter {

    private final Gatekeeper gatekeeper;

    AccessFilter(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION, nonBlocking = true)
    void checkPolicy(ResourceInfo resource, RoutingContext request) {
        Access access = declared(resource.getResourceClass(), resource.getResourceMethod())
                .orElseThrow(() -> new IllegalStateException("No @Access on " + resource.getResourceMethod()));
        gatekeeper.check(CurrentCaller.of(request), access.value(), access.scope());
    }

    @WithFormRead
    @ServerRequestFilter(priority = Priorities.AUTHORIZATION + 1, nonBlocking = true)
    void checkForm(ResteasyReactiveContainerRequestContext container, RoutingContext request) {
        if (Csrf.formUnchecked(request)) {
            ResteasyReactiveRequestContext context =
                    (ResteasyReactiveRequestContext) container.getServerRequestContext();
            Object field = context.getFormParameter(Csrf.FIELD, true, false);
            Csrf.checkForm(request, field instanceof String text ? text : null);
        }
    }

    static Optional<Access> declared(Class<?> resource, Method method) {
        Access access = method.getAnnotation(Access.class);
        return Optional.ofNullable(access != null ? access : resource.getAnnotation(Access.class));
    }
}
