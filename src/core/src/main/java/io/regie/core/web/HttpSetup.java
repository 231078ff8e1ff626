package io.regie.core.web;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.regie.core.access.Gatekeeper;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Puts our handlers around everything that Quarkus registers. */
@Singleton
final class HttpSetup {

    /** Before Quarkus' body limit and everything that reads a request. */
    private static final int FIRST = -1_000_000;

    private static final int AFTER_ROUTES = -400_000;

    private final FirstHandler first;
    private final Answers answers;
    private final Gatekeeper gatekeeper;
    private final Instance<Routes.Contributor> contributors;
    private final WebConfig config;
    private @Nullable Router router;
    private @Nullable RouteTable table;

    HttpSetup(
            FirstHandler first,
            Answers answers,
            Gatekeeper gatekeeper,
            Instance<Routes.Contributor> contributors,
            WebConfig config) {
        this.first = first;
        this.answers = answers;
        this.gatekeeper = gatekeeper;
        this.contributors = contributors;
        this.config = config;
    }

    void install(@Observes Router router) {
        this.router = router;
        RouteTable table = new RouteTable(router, gatekeeper);
        this.table = table;
        router.route().order(FIRST).handler(first::handle).failureHandler(this::fail);
        contributors.forEach(contributor -> contributor.contribute(table));
        table.protect(DeclaredPolicies.OPENAPI + "*", Policy.OPEN);
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            table.close(DeclaredPolicies.QUARKUS + "*");
        }
        router.route().order(AFTER_ROUTES).handler(this::checkBody);
        router.route().order(Integer.MAX_VALUE).handler(request -> request.fail(ProblemException.notFound()));
    }

    void check(@Observes StartupEvent started) {
        // In development mode Quarkus adds pages of its own, for whoever develops.
        if (router != null && table != null && LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            DeclaredPolicies.check(router, table);
        }
    }

    /** Multipart is refused before REST would put it on the disk: larger things come by routes of their own. */
    private void checkBody(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        if (type != null && type.regionMatches(true, 0, "multipart/", 0, 10)) {
            throw new ProblemException(ProblemType.UNSUPPORTED_TYPE, "unsupported-type");
        }
        String length = request.request().getHeader("Content-Length");
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > config.maxBody()) {
            throw new ProblemException(ProblemType.TOO_LARGE, "too-large");
        }
        request.next();
    }

    private void fail(RoutingContext request) {
        Throwable failure = request.failure();
        answers.send(
                request,
                failure == null
                        ? answers.to(request, Failures.ofStatus(request.statusCode()))
                        : answers.to(request, failure));
    }
}
