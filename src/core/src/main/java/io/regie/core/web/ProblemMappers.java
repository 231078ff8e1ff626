package io.regie.core.web;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** One answer for whatever REST methods throw; the narrow types only displace Quarkus' own mappers. */
@Singleton
final class ProblemMappers {

    private final Answers answers;

    ProblemMappers(Answers answers) {
        this.answers = answers;
    }

    @ServerExceptionMapper(priority = 1)
    Response map(Throwable thrown, RoutingContext request) {
        return respond(thrown, request);
    }

    @ServerExceptionMapper(priority = 1)
    Response map(WebApplicationException thrown, RoutingContext request) {
        int status = thrown.getResponse().getStatus();
        if (status < 400) {
            return thrown.getResponse();
        }
        Response answer = respond(thrown, request);
        String allowed =
                thrown instanceof NotAllowedException ? thrown.getResponse().getHeaderString("Allow") : null;
        return allowed == null
                ? answer
                : Response.fromResponse(answer).header("Allow", allowed).build();
    }

    @ServerExceptionMapper(priority = 1)
    Response map(MismatchedInputException thrown, RoutingContext request) {
        return respond(thrown, request);
    }

    @ServerExceptionMapper(priority = 1)
    Response map(ValidationException thrown, RoutingContext request) {
        return respond(thrown, request);
    }

    private Response respond(Throwable thrown, RoutingContext request) {
        Answers.Answer answer = answers.to(request, thrown);
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        return answer.body().isEmpty()
                ? response.build()
                : response.entity(answer.body()).build();
    }
}
