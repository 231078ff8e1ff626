package io.regie.core.studio.branding;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.branding.BrandKind;
import io.regie.core.branding.Branding;
import io.regie.core.branding.BrandingService;
import io.regie.core.pictures.PictureView;
import io.regie.core.problem.ProblemException;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import io.regie.core.themes.ThemeDescriptor.ImageSize;
import io.regie.core.themes.ThemeRegistry;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Name, slogan and images of the site, for administrators. */
@Path(BrandingPages.HERE)
@Access(value = Policy.ADMIN, scope = Scope.EVERYTHING)
class BrandingPages {

    static final String HERE = "/studio/branding";

    private final StudioPages pages;
    private final BrandingService branding;

    BrandingPages(StudioPages pages, BrandingService branding) {
        this.pages = pages;
        this.branding = branding;
    }

    @CheckedTemplate(basePath = "studio/branding")
    static final class Templates {
        static native TemplateInstance page(StudioFrame frame, Page view);

        private Templates() {}
    }

    /** @param theme the active one */
    record Page(
            String name, String slogan, String theme, List<Field> images, Map<String, String> problems, boolean saved) {
        public String of(String field) {
            return problems.getOrDefault(field, "");
        }
    }

    /**
     * One image.
     *
     * @param shown the size from which it looks good in the active theme; null where that has no place for it
     * @param url of the image as it is, or empty
     * @param drawings whether SVG is taken
     */
    record Field(String kind, @Nullable ImageSize shown, String url, int width, int height, boolean drawings) {

        public String accept() {
            return "image/jpeg,image/png,image/webp,image/gif" + (drawings ? ",image/svg+xml" : "");
        }
    }

    @GET
    public Response page(@RestQuery @Nullable String saved) {
        Branding all = branding.all();
        return answer(200, view(all.name(), all.slogan(), Map.of(), saved != null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@RestForm @Nullable String name, @RestForm @Nullable String slogan) {
        String newName = name == null ? "" : name;
        String newSlogan = slogan == null ? "" : slogan;
        try {
            branding.rename(newName, newSlogan);
            return Response.seeOther(URI.create(HERE + "?saved=yes")).build();
        } catch (ProblemException refused) {
            Map<String, String> problems = new HashMap<>();
            refused.fields().forEach(field -> problems.put(field.name(), field.sentence(pages.locale())));
            return answer(refused.type().status(), view(newName, newSlogan, problems, false));
        }
    }

    /** What a form does without a script; scripts ask the API. */
    @POST
    @Path("images/{kind}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response remove(@PathParam("kind") String kind) {
        branding.remove(BrandKind.find(kind).orElseThrow(ProblemException::notFound));
        return Response.seeOther(URI.create(HERE + "?saved=yes")).build();
    }

    private Response answer(int status, Page view) {
        StudioFrame frame = pages.frame(Section.BRANDING);
        return pages.answer(status, frame, Templates.page(frame, view));
    }

    private Page view(String name, String slogan, Map<String, String> problems, boolean saved) {
        ThemeRegistry.Worn theme = branding.worn();
        Branding all = branding.all();
        List<Field> fields = Arrays.stream(BrandKind.values())
                .map(kind -> {
                    List<PictureView> sizes = all.images().getOrDefault(kind, List.of());
                    PictureView image = sizes.isEmpty() ? new PictureView("", 0, 0) : sizes.get(0);
                    return new Field(
                            kind.word(),
                            theme.supports().get(kind.word()),
                            image.url(),
                            image.width(),
                            image.height(),
                            kind.drawings());
                })
                .toList();
        return new Page(name, slogan, theme.title(), fields, problems, saved);
    }
}
