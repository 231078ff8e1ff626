package io.regie.core.studio.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.media.DownloadRule;
import io.regie.core.media.Downloads;
import io.regie.core.media.Licence;
import io.regie.core.media.NewArticles;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What holds for the whole site. */
@Path(SettingsPages.PATH)
@Access(value = Policy.ADMIN, scope = Scope.EVERYTHING)
class SettingsPages {

    static final String PATH = "/studio/settings";

    private final StudioPages pages;
    private final NewArticles articles;
    private final Downloads downloads;

    SettingsPages(StudioPages pages, NewArticles articles, Downloads downloads) {
        this.pages = pages;
        this.articles = articles;
        this.downloads = downloads;
    }

    @CheckedTemplate(basePath = "studio/settings")
    static final class Templates {
        static native TemplateInstance page(StudioFrame frame, List<Choice> licences, String downloads, boolean saved);

        private Templates() {}
    }

    record Choice(String code, String name, boolean chosen) {}

    @GET
    public Response page(@RestQuery @Nullable String saved) {
        StudioFrame frame = pages.frame(Section.SETTINGS);
        return pages.answer(
                frame,
                Templates.page(
                        frame,
                        licences(frame.locale()),
                        downloads.standard().name().toLowerCase(Locale.ROOT),
                        saved != null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@RestForm @Nullable String licence, @RestForm("downloads") @Nullable String rule) {
        DownloadRule wanted = rule == null || rule.isEmpty() ? downloads.standard() : rule(rule);
        articles.changeLicence(licence == null || licence.isEmpty() ? null : licence);
        downloads.changeStandard(wanted);
        return Response.seeOther(URI.create(PATH + "?saved=yes")).build();
    }

    private static DownloadRule rule(String word) {
        return Arrays.stream(DownloadRule.values())
                .filter(rule -> rule.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.BAD_REQUEST, "media-word-unknown", word));
    }

    private List<Choice> licences(Locale locale) {
        Licence standard = articles.licence().orElse(null);
        return Arrays.stream(Licence.values())
                .map(licence -> new Choice(licence.code(), licence.name(locale), licence == standard))
                .toList();
    }
}
