package io.regie.core.news;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.problem.ProblemException;
import io.regie.core.richtext.RichDocument;
import io.regie.core.web.Ids;
import io.regie.core.web.Revision;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** News posts and editorials: everybody reads what is out, editors write. */
@Path("/api/v1/news")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "News", description = "News posts and editorials. A date in the future hides one until then")
class NewsResource {

    private final NewsService news;
    private final NewsPictures pictures;
    private final CurrentCaller caller;

    NewsResource(NewsService news, NewsPictures pictures, CurrentCaller caller) {
        this.news = news;
        this.pictures = pictures;
        this.caller = caller;
    }

    /**
     * What is absent stays as it is; {@code null} takes a text or date away.
     *
     * @param kind {@code news-post} or {@code editorial}
     * @param slug the readable part of its address; made of the title where nobody chooses one
     * @param text a document in ProseMirror's JSON
     * @param publishedAt {@code null} for a draft, {@code "now"}, or a time; one in the future hides it until then
     */
    @Schema(name = "NewsDraft")
    record NewsDraft(
            @Nullable String kind,
            @Nullable String title,
            @Nullable String slug,
            @Nullable JsonNode text,
            @Nullable JsonNode publishedAt) {

        NewsEdit edit() {
            NewsEdit edit = new NewsEdit();
            if (kind != null) {
                edit.kind(parseKind(kind));
            }
            if (title != null) {
                edit.title(title);
            }
            if (slug != null) {
                edit.slug(slug);
            }
            if (text != null) {
                edit.text(text.isNull() ? null : RichDocument.read(text));
            }
            if (publishedAt != null) {
                publish(edit, publishedAt);
            }
            return edit;
        }

        private static void publish(NewsEdit edit, JsonNode when) {
            if (when.isNull()) {
                edit.draft();
            } else if (when.asText().equals("now")) {
                edit.publishNow();
            } else {
                try {
                    edit.publishAt(OffsetDateTime.parse(when.asText()).toInstant());
                } catch (DateTimeParseException e) {
                    throw ProblemException.invalidField("publishedAt", "news-time-malformed");
                }
            }
        }
    }

    @GET
    @Access(Policy.OPEN)
    @Operation(
            summary = "News posts and editorials that the caller may see",
            description =
                    "Editors see drafts first and then what is to come; then follows what is out, the newest first.")
    public NewsPage list(
            @Parameter(schema = @Schema(enumeration = {"news-post", "editorial"})) @QueryParam("kind") @Nullable
                    String kind,
            @Parameter(description = "nextCursor of the page before") @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("20") int limit) {
        return news.list(caller.get(), kind == null ? null : parseKind(kind), cursor, limit);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(
            summary = "Write a news post or an editorial",
            description = "By an editor or above. A news post and a draft, unless it says otherwise.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = NewsView.class)))
    public Response create(@NotNull NewsDraft draft) {
        NewsView view = news.create(caller.get(), draft.edit());
        return Response.status(Response.Status.CREATED)
                .header("Location", "/api/v1/news/" + view.id())
                .header("ETag", Revision.tag(view.revision()))
                .entity(view)
                .build();
    }

    @GET
    @Path("{id}")
    @Access(Policy.OPEN)
    @Operation(summary = "One news post or editorial")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = NewsView.class)))
    public Response read(@PathParam("id") String id) {
        return tagged(news.require(caller.get(), parse(id)));
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Change a news post or editorial", description = "What is absent stays.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = NewsView.class)))
    public Response edit(
            @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch, @NotNull NewsDraft draft) {
        return tagged(news.edit(caller.get(), parse(id), draft.edit(), Revision.named(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Delete a news post or editorial for good")
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        news.delete(caller.get(), parse(id), Revision.named(ifMatch));
    }

    @DELETE
    @Path("{id}/picture")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Take the illustration away")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = NewsView.class)))
    public Response forgetPicture(@PathParam("id") String id) {
        return tagged(pictures.forget(caller.get(), parse(id)));
    }

    private static NewsKind parseKind(String word) {
        return NewsKind.find(word).orElseThrow(() -> ProblemException.invalidField("kind", "news-kind-unknown"));
    }

    static UUID parse(String id) {
        return Ids.parse(id).orElseThrow(ProblemException::notFound);
    }

    private static Response tagged(NewsView view) {
        return Response.ok(view).header("ETag", Revision.tag(view.revision())).build();
    }
}
