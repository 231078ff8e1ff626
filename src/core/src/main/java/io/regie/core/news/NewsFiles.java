package io.regie.core.news;

import io.regie.core.access.Caller;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.FileForm;
import io.regie.core.access.Policy;
import io.regie.core.access.Routes;
import io.regie.core.access.Scope;
import io.regie.core.pictures.Picture;
import io.regie.core.pictures.PictureView;
import io.regie.core.pictures.Pictures;
import io.regie.core.pictures.SendPicture;
import io.regie.core.pictures.SentPicture;
import io.regie.core.problem.ProblemException;
import io.regie.core.storage.ServedFile.Caching;
import io.regie.core.storage.Storage;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Illustrations on their way in and out. */
@ApplicationScoped
class NewsFiles implements Routes.Contributor {

    static final String PREFIX = "/news-pictures/";

    private final NewsService news;
    private final NewsPictures pictures;
    private final Storage storage;

    NewsFiles(NewsService news, NewsPictures pictures, Storage storage) {
        this.news = news;
        this.pictures = pictures;
        this.storage = storage;
    }

    @Override
    public void contribute(Routes routes) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            routes.addBlocking(method, PREFIX + ":post/:file", Policy.OPEN, Scope.MEDIA_READ, this::send);
        }
        routes.add(HttpMethod.PUT, "/api/v1/news/:post/picture", Policy.SIGNED_IN, Scope.MEDIA_WRITE, this::put);
        routes.addForm("/studio/news/:post/picture", Policy.SIGNED_IN, Scope.EVERYTHING, new Form());
    }

    /** The same without a script. */
    private final class Form implements FileForm {
        @Override
        public int mostBytes() {
            return Pictures.MAX_BYTES;
        }

        @Override
        public void gate(RoutingContext request) {
            news.requireEditable(CurrentCaller.of(request), post(request));
        }

        @Override
        public String take(RoutingContext request, MultiMap fields, byte[] file) {
            pictures.choose(CurrentCaller.of(request), post(request), file);
            return "/studio/news/" + post(request) + "?done=saved";
        }
    }

    private void send(RoutingContext request) {
        NewsService.Shown shown = news.findPicture(CurrentCaller.of(request), post(request), request.pathParam("file"))
                .orElseThrow(ProblemException::notFound);
        Picture picture = shown.picture();
        // What is not out yet must not stay in shared caches.
        Caching caching = shown.toEverybody() ? Caching.PUBLIC_IMMUTABLE : Caching.PRIVATE_REVALIDATED;
        SendPicture.send(request, storage, picture, caching);
    }

    private void put(RoutingContext request) {
        request.request().pause();
        Caller caller = CurrentCaller.of(request);
        UUID id = post(request);
        SentPicture.receive(
                request,
                () -> news.requireEditable(caller, id),
                image -> PictureView.json(pictures.choose(caller, id, image).pictures()));
    }

    private static UUID post(RoutingContext request) {
        return NewsResource.parse(request.pathParam("post"));
    }
}
