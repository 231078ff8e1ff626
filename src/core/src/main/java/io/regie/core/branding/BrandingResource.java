package io.regie.core.branding;

import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.pictures.PictureView;
import io.regie.core.problem.ProblemException;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The site's name, slogan and images, for administrators. */
@Path("/api/v1/branding")
@Produces(MediaType.APPLICATION_JSON)
@Access(value = Policy.ADMIN, scope = Scope.ADMIN)
@Tag(name = "Branding", description = "What makes the site one's own. It stays when the theme changes")
class BrandingResource {

    private final BrandingService branding;

    BrandingResource(BrandingService branding) {
        this.branding = branding;
    }

    /** @param theme the active one */
    record BrandingView(String name, String slogan, String theme, List<BrandImageView> images) {}

    /**
     * @param kind {@code logo}, {@code banner}, {@code background} or {@code favicon}
     * @param shown whether the active theme shows such an image
     * @param pictures its sizes, the largest first; none where there is no image
     */
    record BrandImageView(String kind, boolean shown, List<PictureView> pictures) {}

    /** What is absent stays as it is. @param slogan empty for none */
    record BrandingDraft(@Nullable String name, @Nullable String slogan) {}

    record NoPictures(List<PictureView> pictures) {}

    @GET
    @Operation(summary = "The site's name, slogan and images")
    public BrandingView read() {
        Branding all = branding.all();
        var theme = branding.worn();
        return new BrandingView(
                all.name(),
                all.slogan(),
                theme.title(),
                Arrays.stream(BrandKind.values())
                        .map(kind -> new BrandImageView(
                                kind.word(),
                                theme.supports().containsKey(kind.word()),
                                all.images().getOrDefault(kind, List.of())))
                        .toList());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change the site's name and slogan", description = "What is absent stays.")
    public BrandingView write(@NotNull BrandingDraft draft) {
        branding.rename(draft.name(), draft.slogan());
        return read();
    }

    @DELETE
    @Path("images/{kind}")
    @Operation(summary = "Take an image of the site away")
    public NoPictures remove(@PathParam("kind") String kind) {
        branding.remove(BrandKind.find(kind).orElseThrow(ProblemException::notFound));
        return new NoPictures(List.of());
    }
}
