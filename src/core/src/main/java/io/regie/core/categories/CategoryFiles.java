package io.regie.core.categories;

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

/** Logos on their way in and out. */
@ApplicationScoped
class CategoryFiles implements Routes.Contributor {

    static final String PREFIX = "/category-pictures/";

    private final CategoryService categories;
    private final CategoryLogos logos;
    private final Storage storage;

    CategoryFiles(CategoryService categories, CategoryLogos logos, Storage storage) {
        this.categories = categories;
        this.logos = logos;
        this.storage = storage;
    }

    @Override
    public void contribute(Routes routes) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            routes.addBlocking(method, PREFIX + ":category/:file", Policy.OPEN, Scope.MEDIA_READ, this::send);
        }
        routes.add(HttpMethod.PUT, "/api/v1/categories/:category/logo", Policy.SIGNED_IN, Scope.MEDIA_WRITE, this::put);
        routes.addForm("/studio/categories/:category/logo", Policy.SIGNED_IN, Scope.EVERYTHING, new Form());
    }

    /** The same without a script. */
    private final class Form implements FileForm {
        @Override
        public int mostBytes() {
            return Pictures.MAX_BYTES;
        }

        @Override
        public void gate(RoutingContext request) {
            categories.requireEditable(CurrentCaller.of(request), category(request));
        }

        @Override
        public String take(RoutingContext request, MultiMap fields, byte[] file) {
            logos.choose(CurrentCaller.of(request), category(request), file);
            return "/studio/categories/" + category(request) + "?done=saved";
        }
    }

    private void send(RoutingContext request) {
        Picture picture = categories
                .findPicture(category(request), request.pathParam("file"))
                .orElseThrow(ProblemException::notFound);
        SendPicture.send(request, storage, picture, Caching.PUBLIC_IMMUTABLE);
    }

    private void put(RoutingContext request) {
        request.request().pause();
        Caller caller = CurrentCaller.of(request);
        UUID id = category(request);
        SentPicture.receive(
                request,
                () -> categories.requireEditable(caller, id),
                image -> PictureView.json(logos.choose(caller, id, image).pictures()));
    }

    private static UUID category(RoutingContext request) {
        return CategoriesResource.parse(request.pathParam("category"));
    }
}
