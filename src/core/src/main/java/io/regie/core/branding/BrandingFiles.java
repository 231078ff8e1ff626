package io.regie.core.branding;

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

/** The site's images on their way in and out. Everybody may have them: they are what the site shows of itself. */
@ApplicationScoped
class BrandingFiles implements Routes.Contributor {

    static final String PREFIX = "/brand/";

    private final BrandingService branding;
    private final Pictures pictures;
    private final Storage storage;

    BrandingFiles(BrandingService branding, Pictures pictures, Storage storage) {
        this.branding = branding;
        this.pictures = pictures;
        this.storage = storage;
    }

    @Override
    public void contribute(Routes routes) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            routes.addBlocking(method, PREFIX + ":kind/:file", Policy.ALWAYS, Scope.EVERYTHING, this::send);
        }
        routes.add(HttpMethod.PUT, "/api/v1/branding/images/:kind", Policy.ADMIN, Scope.ADMIN, this::put);
        routes.addForm("/studio/branding/images/:kind", Policy.ADMIN, Scope.EVERYTHING, new Form());
    }

    /** The same without a script. */
    private final class Form implements FileForm {
        @Override
        public int mostBytes() {
            return Pictures.MAX_BYTES;
        }

        @Override
        public void gate(RoutingContext request) {
            branding.requireShown(kind(request));
        }

        @Override
        public String take(RoutingContext request, MultiMap fields, byte[] file) {
            choose(kind(request), file);
            return "/studio/branding?saved=yes";
        }
    }

    private void send(RoutingContext request) {
        Picture picture = BrandKind.find(request.pathParam("kind"))
                .flatMap(kind -> branding.find(kind, request.pathParam("file")))
                .orElseThrow(ProblemException::notFound);
        SendPicture.send(request, storage, picture, Caching.PUBLIC_IMMUTABLE);
    }

    private void put(RoutingContext request) {
        request.request().pause();
        BrandKind kind = kind(request);
        SentPicture.receive(
                request,
                () -> branding.requireShown(kind),
                image -> PictureView.json(choose(kind, image).stream()
                        .map(size -> Branding.image(kind, size))
                        .toList()));
    }

    private List<Picture> choose(BrandKind kind, byte[] image) {
        return pictures.use(branding.draw(kind, image), drawn -> {
            branding.put(kind, drawn);
            return drawn;
        });
    }

    private static BrandKind kind(RoutingContext request) {
        return BrandKind.find(request.pathParam("kind")).orElseThrow(ProblemException::notFound);
    }
}
