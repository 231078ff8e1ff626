package io.regie.core.media;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.core.media.MediaQuery.Reach;
import io.regie.core.problem.ProblemException;
import io.regie.core.richtext.RichDocument;
import io.regie.core.web.Ids;
import io.regie.core.web.Revision;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/media")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class MediaResource {

    private static final String TOTAL = "total";
    private static final int PAGE = 20;

    private final MediaService service;
    private final MediaLibrary library;
    private final Posters posters;
    private final Estimates estimates;
    private final CurrentCaller caller;

    MediaResource(
            MediaService service, MediaLibrary library, Posters posters, Estimates estimates, CurrentCaller caller) {
        this.service = service;
        this.library = library;
        this.posters = posters;
        this.estimates = estimates;
        this.caller = caller;
    }

    /**
     * What is absent stays as it is; {@code null} takes a description, licence or date away.
     *
     * @param visibility {@code public}, {@code unlisted} or {@code private}
     * @param tags all of them; what is not named goes
     * @param description a document in ProseMirror's JSON
     * @param publishedAt {@code null} for a draft, {@code "now"}, or a time; one in the future schedules
     * @param language BCP 47
     * @param licence a code such as {@code CC-BY-4.0}
     * @param credits all of them; who is not named goes
     * @param kept whether a recording is spared when old ones are deleted
     * @param downloads {@code default} for what the site says, {@code yes}, {@code signed_in} or {@code no}
     * @param categories ids of all that it is in; it leaves the others
     */
    record EditRequest(
            @Nullable String title,
            @Nullable String slug,
            @Nullable String visibility,
            @Nullable List<String> tags,
            @Nullable JsonNode description,
            @Nullable JsonNode publishedAt,
            @Nullable String language,
            @Nullable JsonNode licence,
            @Nullable List<@NotNull @Valid CreditRequest> credits,
            @Nullable Boolean kept,
            @Nullable String downloads,
            @Nullable List<@NotNull UUID> categories) {

        ArticleEdit edit() {
            ArticleEdit edit = new ArticleEdit();
            if (title != null) {
                edit.title(title);
            }
            if (slug != null) {
                edit.slug(slug);
            }
            if (visibility != null) {
                edit.visibility(MediaQueryWords.parse(Visibility.class, visibility));
            }
            if (tags != null) {
                edit.tags(tags);
            }
            if (description != null) {
                edit.description(description.isNull() ? null : RichDocument.read(description));
            }
            if (publishedAt != null) {
                publish(edit, publishedAt);
            }
            if (language != null) {
                edit.language(language);
            }
            if (licence != null) {
                edit.licence(licence.isNull() ? null : licence(licence.asText()));
            }
            if (credits != null) {
                edit.credits(credits.stream()
                        .map(credit -> new Credit(credit.role() == null ? "" : credit.role(), credit.name()))
                        .toList());
            }
            if (kept != null) {
                edit.kept(kept);
            }
            if (downloads != null) {
                edit.download(
                        downloads.equals("default") ? null : MediaQueryWords.parse(DownloadRule.class, downloads));
            }
            if (categories != null) {
                edit.categories(categories);
            }
            return edit;
        }

        private static void publish(ArticleEdit edit, JsonNode when) {
            if (when.isNull()) {
                edit.draft();
            } else if (when.asText().equals("now")) {
                edit.publishNow();
            } else {
                edit.publishAt(PublicationTimes.parse(when.asText()));
            }
        }

        private static Licence licence(String code) {
            return Licence.find(code)
                    .orElseThrow(() -> ProblemException.invalidField("licence", "media-licence-unknown"));
        }
    }

    /** @param role what they did; absent where nobody says */
    record CreditRequest(@Nullable String role, @NotNull String name) {}

    record ActionView(UUID job) {}

    /** @param counted whether to say how many there are */
    @GET
    @Access(Policy.OPEN)
    @Parameter(name = "q", in = QUERY, description = "Words that begin words of title, tags or file name")
    @Parameter(name = "kind", in = QUERY, schema = @Schema(enumeration = {"video", "audio", "image", "document"}))
    @Parameter(name = "state", in = QUERY, schema = @Schema(enumeration = {"processing", "ready", "failed"}))
    @Parameter(name = "visibility", in = QUERY, schema = @Schema(enumeration = {"public", "unlisted", "private"}))
    @Parameter(name = "publication", in = QUERY, schema = @Schema(enumeration = {"draft", "scheduled", "published"}))
    @Parameter(name = "tag", in = QUERY, description = "Letters of either case are the same")
    @Parameter(name = "owner", in = QUERY, description = "An account's id, or me")
    @Parameter(name = "from", in = QUERY, description = "The first day of creation", schema = @Schema(format = "date"))
    @Parameter(name = "to", in = QUERY, description = "The last day of creation", schema = @Schema(format = "date"))
    @Parameter(
            name = "category",
            in = QUERY,
            description = "A category's id: what is in it or below it",
            schema = @Schema(format = "uuid"))
    @Parameter(
            name = "sort",
            in = QUERY,
            schema = @Schema(enumeration = {"newest", "oldest", "changed", "title", "longest", "largest"}))
    @Parameter(
            name = "scope",
            in = QUERY,
            description = "editable: what the caller may change",
            schema = @Schema(enumeration = {"visible", "editable"}))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = SchemaType.INTEGER))
    @Parameter(name = "cursor", in = QUERY, description = "nextCursor of the page before, of the same sort")
    public MediaPage list(@QueryParam(TOTAL) boolean counted, @Context UriInfo address, @Context HttpHeaders headers) {
        MediaQuery query =
                MediaQueryWords.parse(address.getQueryParameters(), caller.get(), Reach.VISIBLE, PAGE, Set.of(TOTAL));
        return counted
                ? library.counted(caller.get(), query, locale(headers))
                : library.page(caller.get(), query, locale(headers));
    }

    @GET
    @Path("{id}")
    @Access(Policy.OPEN)
    public Response read(@PathParam("id") String id, @Context HttpHeaders headers) {
        return tagged(service.require(caller.get(), parse(id), locale(headers)));
    }

    @PATCH
    @Path("{id}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public Response edit(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid EditRequest request,
            @Context HttpHeaders headers) {
        return tagged(service.edit(caller.get(), parse(id), request.edit(), Revision.named(ifMatch), locale(headers)));
    }

    @DELETE
    @Path("{id}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        service.delete(caller.get(), parse(id), Revision.named(ifMatch));
    }

    @POST
    @Path("{id}/actions/{jobType}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public Response act(
            @PathParam("id") String id,
            @PathParam("jobType") String jobType,
            @Nullable Map<String, Object> parameters) {
        ActionRequest request = ActionRequest.of(parameters);
        UUID job = service.act(caller.get(), parse(id), jobType, request.parameters(), request.inputs());
        return Response.accepted(new ActionView(job)).build();
    }

    /** What {@link #act} would take, for the same parameters; nothing is started. */
    @POST
    @Path("{id}/actions/{jobType}/estimate")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public Estimates.Figures estimate(
            @PathParam("id") String id,
            @PathParam("jobType") String jobType,
            @Nullable Map<String, Object> parameters) {
        ActionRequest request = ActionRequest.of(parameters);
        return estimates.of(caller.get(), parse(id), jobType, request.parameters(), request.inputs());
    }

    /** What it was made from, and what was made of it. */
    @GET
    @Path("{id}/related")
    @Access(Policy.OPEN)
    public RelatedMedia related(@PathParam("id") String id, @Context HttpHeaders headers) {
        return service.related(caller.get(), parse(id), locale(headers));
    }

    /** The new file that is being prepared for it, or what became of it; send one as an upload that says replaces. */
    @GET
    @Path("{id}/replacement")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_READ)
    public MediaView replacement(@PathParam("id") String id, @Context HttpHeaders headers) {
        return service.findReplacement(caller.get(), parse(id), locale(headers))
                .orElseThrow(ProblemException::notFound);
    }

    /** Stays with the file it has. */
    @DELETE
    @Path("{id}/replacement")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public void cancelReplacement(@PathParam("id") String id) {
        service.cancelReplacement(caller.get(), parse(id));
    }

    @DELETE
    @Path("{id}/animations/{animation}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public void deleteAnimation(@PathParam("id") String id, @PathParam("animation") String animation) {
        service.deleteAnimation(caller.get(), parse(id), parse(animation));
    }

    /** @param time seconds from where the video begins */
    record PosterRequest(double time) {}

    @POST
    @Path("{id}/poster")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public Response poster(@PathParam("id") String id, PosterRequest request, @Context HttpHeaders headers) {
        if (!(request.time() >= 0 && request.time() < 1e7)) {
            throw ProblemException.invalidField("time", "media-poster-time");
        }
        return tagged(posters.fromVideo(caller.get(), parse(id), request.time(), locale(headers)));
    }

    @DELETE
    @Path("{id}/poster")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public Response forgetPoster(@PathParam("id") String id, @Context HttpHeaders headers) {
        return tagged(posters.forget(caller.get(), parse(id), locale(headers)));
    }

    private static Response tagged(MediaView view) {
        return Response.ok(view).header("ETag", "\"" + view.revision() + "\"").build();
    }

    private static UUID parse(String id) {
        return Ids.parse(id).orElseThrow(ProblemException::notFound);
    }

    private static Locale locale(HttpHeaders headers) {
        return headers.getAcceptableLanguages().get(0);
    }
}
