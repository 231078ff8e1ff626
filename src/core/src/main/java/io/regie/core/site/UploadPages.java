package io.regie.core.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.web.BuiltAssets;
import io.regie.core.web.Csrf;
import io.regie.core.web.Languages;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** One plain page to publish with, until the studio has its screens. */
@Path(UploadPages.STUDIO)
@Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
@Produces("text/html; charset=utf-8")
public class UploadPages {

    static final String STUDIO = "/studio";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final SettingsService settings;
    private final BuiltAssets assets;
    private final Csrf csrf;
    private final RoutingContext request;

    UploadPages(SettingsService settings, BuiltAssets assets, Csrf csrf, RoutingContext request) {
        this.settings = settings;
        this.assets = assets;
        this.csrf = csrf;
        this.request = request;
    }

    @CheckedTemplate(basePath = "site")
    static final class Templates {
        static native TemplateInstance upload(UploadView view);

        private Templates() {}
    }

    record UploadView(
            String language, String siteName, String csrf, String script, String stylesheet, String visibility) {}

    @GET
    @Path("upload")
    public Response upload() {
        Locale locale = Languages.of(request);
        Visibility visibility = settings.get(Setting.DEFAULT_VISIBILITY);
        UploadView view = new UploadView(
                locale.getLanguage(),
                settings.get(Setting.SITE_NAME),
                csrf.token(request),
                assets.url("upload.js"),
                assets.url("upload.css"),
                visibility.name().toLowerCase(Locale.ROOT));
        return Response.ok(Templates.upload(view).setLocale(locale).render())
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", POLICY)
                .build();
    }
}
