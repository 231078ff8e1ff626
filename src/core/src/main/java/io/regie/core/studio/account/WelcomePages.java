package io.regie.core.studio.account;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.settings.Installation;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.themes.ThemesConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where setup ends: what to do next with a new site. */
@jakarta.ws.rs.Path("/studio/welcome")
@Access(value = Policy.ADMIN, scope = Scope.EVERYTHING)
class WelcomePages {

    private final StudioPages pages;
    private final Installation installation;
    private final ThemesConfig themes;

    WelcomePages(StudioPages pages, Installation installation, ThemesConfig themes) {
        this.pages = pages;
        this.installation = installation;
        this.themes = themes;
    }

    @CheckedTemplate(basePath = "studio/account")
    static final class Templates {
        static native TemplateInstance welcome(StudioFrame frame, String themes, String plugins, boolean sample);

        private Templates() {}
    }

    @GET
    public Response welcome(@RestQuery @Nullable String sample) {
        StudioFrame frame = pages.frame(Section.OVERVIEW);
        Path data = installation.data().toAbsolutePath().normalize();
        String chosen = themes.dir().map(Path::toString).orElseGet(() -> data.resolve("themes")
                .toString());
        String plugins = installation
                .bundled()
                .toAbsolutePath()
                .normalize()
                .resolve("plugins")
                .toString();
        return pages.answer(frame, Templates.welcome(frame, chosen, plugins, sample != null));
    }
}
