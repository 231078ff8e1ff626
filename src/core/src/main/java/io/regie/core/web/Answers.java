package io.regie.core.web;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Turns whatever was thrown into the answer: a problem for programs, a page for people. */
@Singleton
final class Answers {

    /** Where visitors go first. */
    static final String SIGN_IN = "/sign-in";

    static final String SETUP = "/setup";

    private static final System.Logger LOG = System.getLogger(Answers.class.getName());

    private final ErrorPage page;

    Answers(ErrorPage page) {
        this.page = page;
    }

    /** An answer, not yet bound to REST or Vert.x. */
    record Answer(int status, Map<String, String> headers, String body) {}

    Answer to(RoutingContext request, Throwable thrown) {
        ProblemException problem = Failures.problemOf(thrown);
        if (problem.type() == ProblemType.INTERNAL) {
            LOG.log(System.Logger.Level.ERROR, "Request " + FirstHandler.requestId(request) + " failed", thrown);
        }
        return to(request, problem);
    }

    Answer to(RoutingContext request, ProblemException problem) {
        Optional<String> detour = detour(request, problem);
        if (detour.isPresent()) {
            return new Answer(303, Map.of("Location", detour.get(), "Cache-Control", "no-store"), "");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        problem.retryAfter()
                .ifPresent(wait -> headers.put("Retry-After", String.valueOf(Math.max(1, wait.toSeconds()))));
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        Problem view = Problem.of(problem, Languages.of(request), FirstHandler.requestId(request));
        if (forPeople(request)) {
            headers.put("Content-Type", "text/html; charset=utf-8");
            headers.put("Content-Security-Policy", ResponseHeaders.STRICT_PAGE);
            return new Answer(view.status(), headers, page.render(request, view));
        }
        headers.put("Content-Type", "application/problem+json");
        return new Answer(view.status(), headers, view.json());
    }

    /** Sends an answer on a Vert.x route. */
    void send(RoutingContext request, Answer answer) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        if (request.response().headWritten()) {
            // Half an answer is out: only cutting the connection tells the client.
            request.request().connection().close();
            return;
        }
        request.response().setStatusCode(answer.status());
        answer.headers().forEach(request.response()::putHeader);
        if (!request.request().isEnded() && bodyFollows(request)) {
            // Nobody reads what is still to come; in HTTP/2 it has its own stream and may not say so.
            request.response().putHeader("Connection", "close");
        }
        if (request.request().method().equals(HttpMethod.HEAD)) {
            request.response().end();
        } else {
            request.response().end(answer.body());
        }
    }

    private static boolean bodyFollows(RoutingContext request) {
        boolean announced = request.request().getHeader("Content-Length") != null
                || request.request().getHeader("Transfer-Encoding") != null;
        return announced && request.request().version() != HttpVersion.HTTP_2;
    }

    private static Optional<String> detour(RoutingContext request, ProblemException problem) {
        if (!forPeople(request) || !Csrf.harmless(request)) {
            return Optional.empty();
        }
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            String here = URLEncoder.encode(request.request().uri(), StandardCharsets.UTF_8);
            return Optional.of(SIGN_IN + "?next=" + here);
        }
        return problem.key().equals("access.setup-needed") ? Optional.of(SETUP) : Optional.empty();
    }

    private static boolean forPeople(RoutingContext request) {
        String path = request.request().path();
        String accepted = request.request().getHeader("Accept");
        return path != null && !path.startsWith("/api/") && accepted != null && accepted.contains("text/html");
    }
}
