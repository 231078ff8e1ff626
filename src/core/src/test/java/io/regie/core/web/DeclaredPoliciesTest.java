package io.regie.core.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.access.Access;
import io.regie.core.access.Gatekeeper;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeclaredPoliciesTest {

    @Inject
    Vertx vertx;

    @Inject
    Gatekeeper gatekeeper;

    // No @Path here: the application must not take it for one of its own.
    static class Forgetful {

        @GET
        String forgotten() {
            return "";
        }

        @POST
        @Access(Policy.OPEN)
        String declared() {
            return "";
        }

        @Path("{id}")
        Object locator() {
            return "";
        }

        void notARequest() {}
    }

    static class Inherited extends Forgetful {}

    @Access(Policy.ADMIN)
    static class Declared {

        @GET
        String byItsClass() {
            return "";
        }
    }

    @Test
    void findsMethodsWithoutAPolicy() {
        assertThat(DeclaredPolicies.undeclared(Forgetful.class))
                .containsExactlyInAnyOrder(
                        Forgetful.class.getName() + ".forgotten", Forgetful.class.getName() + ".locator");
        assertThat(DeclaredPolicies.undeclared(Inherited.class)).hasSize(2);
        assertThat(DeclaredPolicies.undeclared(Declared.class)).isEmpty();
    }

    /** Some of the beans of these tests are alternatives. */
    @Test
    void looksAtEveryResource() {
        assertThat(DeclaredPolicies.resources())
                .extracting(Class::getSimpleName)
                .contains("MediaResource", "JobsResource", "TokensResource", "SitePages");
    }

    @Test
    void refusesRoutesWithoutAPolicy() {
        Router router = Router.router(vertx);
        RouteTable table = new RouteTable(router, gatekeeper);
        table.add(HttpMethod.GET, "/declared", Policy.OPEN, Scope.EVERYTHING, request -> request.end());
        assertThatCode(() -> DeclaredPolicies.check(router, table)).doesNotThrowAnyException();
        router.get("/forgotten").handler(request -> request.end());
        assertThatThrownBy(() -> DeclaredPolicies.check(router, table)).hasMessageContaining("/forgotten");
    }

    @Test
    void refusesHandlersOfStrangersForEveryAddress() {
        Router router = Router.router(vertx);
        RouteTable table = new RouteTable(router, gatekeeper);
        router.route().handler(new Stranger());
        assertThatThrownBy(() -> DeclaredPolicies.check(router, table)).isInstanceOf(IllegalStateException.class);
    }

    private static final class Stranger implements Handler<RoutingContext> {

        @Override
        public void handle(RoutingContext request) {
            request.end();
        }

        @Override
        public String toString() {
            return "a stranger";
        }
    }
}
