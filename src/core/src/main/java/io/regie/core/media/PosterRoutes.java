package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.web.Languages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Takes images that are to be posters: a route of its own, because they are larger than REST bodies may be. */
@ApplicationScoped
class PosterRoutes implements Routes.Contributor {

    private final MediaService service;
    private final Posters posters;

    PosterRoutes(MediaService service, Posters posters) {
        this.service = service;
        this.posters = posters;
    }

    @Override
    public void contribute(Routes routes) {
        routes.add(HttpMethod.PUT, "/api/v1/media/:article/poster", Policy.SIGNED_IN, Scope.MEDIA_WRITE, this::put);
    }

    private void put(RoutingContext request) {
        request.request().pause();
        Caller caller = CurrentCaller.of(request);
        UUID id = ArticleIds.parse(request.pathParam("article")).orElseThrow(ProblemException::notFound);
        String length = request.request().getHeader("Content-Length");
        if (length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > Posters.MAX_BYTES) {
            throw tooLarge();
        }
        // Nobody's bytes are held in memory before it is clear that they may come.
        request.vertx()
                .executeBlocking(
                        () -> {
                            service.requireEditable(caller, id);
                            return true;
                        },
                        false)
                .onFailure(request::fail)
                .onSuccess(allowed -> receive(request, caller, id));
    }

    private void receive(RoutingContext request, Caller caller, UUID id) {
        HttpServerRequest body = request.request();
        Buffer image = Buffer.buffer();
        // Who hangs up gets no answer and no poster.
        body.exceptionHandler(cut -> request.request().connection().close());
        body.handler(part -> {
            if (request.failed()) {
                return;
            }
            if (image.length() + part.length() > Posters.MAX_BYTES) {
                request.fail(tooLarge());
                return;
            }
            image.appendBuffer(part);
        });
        body.endHandler(whole -> {
            if (!request.failed()) {
                choose(request, caller, id, image);
            }
        });
        body.resume();
    }

    private void choose(RoutingContext request, Caller caller, UUID id, Buffer image) {
        request.vertx()
                .executeBlocking(() -> posters.fromImage(caller, id, image.getBytes(), Languages.of(request)), false)
                .onFailure(request::fail)
                .onSuccess(view -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(new JsonObject()
                                .put("posterUrl", view.posterUrl())
                                .put("posterChosen", view.posterChosen())
                                .encode()));
    }

    private static ProblemException tooLarge() {
        return new ProblemException(ProblemType.TOO_LARGE, "media-poster-too-large", Posters.MAX_BYTES >> 20);
    }
}
