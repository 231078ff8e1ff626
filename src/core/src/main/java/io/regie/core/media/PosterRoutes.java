package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.pictures.SentPicture;
import io.regie.core.problem.ProblemException;
import io.regie.core.web.Ids;
import io.regie.core.web.Languages;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;

/** Takes images that are to be posters. */
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
        Locale locale = Languages.of(request);
        UUID id = Ids.parse(request.pathParam("article")).orElseThrow(ProblemException::notFound);
        SentPicture.receive(request, () -> service.requireEditable(caller, id), image -> {
            MediaView view = posters.fromImage(caller, id, image, locale);
            return new JsonObject().put("posterUrl", view.posterUrl()).put("posterChosen", view.posterChosen());
        });
    }
}
