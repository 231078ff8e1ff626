package io.regie.core.web;

import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Whether this node is ready, and nothing more: what exactly is wrong is in its log. */
@Singleton
final class HealthRoutes implements Routes.Contributor {

    private final SmallRyeHealthReporter health;

    HealthRoutes(SmallRyeHealthReporter health) {
        this.health = health;
    }

    @Override
    public void contribute(Routes routes) {
        routes.addBlocking(HttpMethod.GET, "/q/health/ready", Policy.ALWAYS, Scope.EVERYTHING, this::answer);
    }

    private void answer(RoutingContext request) {
        boolean ready = !health.getReadiness().isDown();
        request.response()
                .setStatusCode(ready ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .end(ready ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }
}
