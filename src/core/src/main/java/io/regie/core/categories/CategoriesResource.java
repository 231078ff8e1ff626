package io.regie.core.categories;

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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Categories: everybody reads them, editors change them. */
@Path("/api/v1/categories")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Categories", description = "An order of the media, nested; an article may be in several categories")
class CategoriesResource {

    private final CategoryService categories;
    private final CategoryLogos logos;
    private final CurrentCaller caller;

    CategoriesResource(CategoryService categories, CategoryLogos logos, CurrentCaller caller) {
        this.categories = categories;
        this.logos = logos;
        this.caller = caller;
    }

    /** @param items each followed by what is below it */
    record CategoryList(List<CategoryView> items) {}

    /**
     * What is absent stays as it is; {@code null} takes a text away, or a category to the top.
     *
     * @param slug the readable part of its address; made of the name where nobody chooses one
     * @param parent the id of the category it is below; {@code null} for the top
     * @param text a document in ProseMirror's JSON
     */
    @Schema(name = "CategoryDraft")
    record CategoryDraft(
            @Nullable String name, @Nullable String slug, @Nullable JsonNode parent, @Nullable JsonNode text) {

        CategoryEdit edit() {
            CategoryEdit edit = new CategoryEdit();
            if (name != null) {
                edit.name(name);
            }
            if (slug != null) {
                edit.slug(slug);
            }
            if (parent != null) {
                edit.parent(parent.isNull() ? null : parseParent(parent.asText()));
            }
            if (text != null) {
                edit.text(text.isNull() ? null : RichDocument.read(text));
            }
            return edit;
        }
    }

    /**
     * @param parent the id of the category it goes below; absent or {@code null} for the top
     * @param position among those that are there, from 0; absent for behind the last
     */
    @Schema(name = "CategoryMove")
    record CategoryMove(@Nullable String parent, @Nullable Integer position) {}

    @GET
    @Access(Policy.OPEN)
    @Operation(
            summary = "All categories",
            description = "Without their texts, each followed by what is below it. `media` counts what is in a category"
                    + " or below it of what the caller finds in lists.")
    public CategoryList list() {
        return new CategoryList(categories.list(caller.get()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Add a category", description = "By an editor or above; behind those that are there.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CategoryView.class)))
    public Response create(@NotNull CategoryDraft draft) {
        CategoryView view = categories.create(caller.get(), draft.edit());
        return Response.status(Response.Status.CREATED)
                .header("Location", "/api/v1/categories/" + view.id())
                .header("ETag", Revision.tag(view.revision()))
                .entity(view)
                .build();
    }

    @GET
    @Path("{id}")
    @Access(Policy.OPEN)
    @Operation(summary = "One category")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CategoryView.class)))
    public Response read(@PathParam("id") String id) {
        return tagged(categories.require(caller.get(), parse(id)));
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Change a category", description = "What is absent stays. Former addresses lead on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CategoryView.class)))
    public Response edit(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull CategoryDraft draft) {
        return tagged(categories.edit(caller.get(), parse(id), draft.edit(), Revision.named(ifMatch)));
    }

    @POST
    @Path("{id}/move")
    @Consumes(MediaType.APPLICATION_JSON)
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(
            summary = "Put a category, with all below it, somewhere else",
            description = "Not below itself, and no deeper than eight levels.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CategoryView.class)))
    public Response move(
            @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch, @NotNull CategoryMove move) {
        return tagged(categories.move(
                caller.get(),
                parse(id),
                move.parent() == null ? null : parseParent(move.parent()),
                move.position() == null ? Integer.MAX_VALUE : move.position(),
                Revision.named(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(
            summary = "Delete a category",
            description = "What is right below it moves up to where it was. Media only lose this category.")
    public void delete(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        categories.delete(caller.get(), parse(id), Revision.named(ifMatch));
    }

    @DELETE
    @Path("{id}/logo")
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    @Operation(summary = "Take the logo away")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CategoryView.class)))
    public Response forgetLogo(@PathParam("id") String id) {
        return tagged(logos.forget(caller.get(), parse(id)));
    }

    private static UUID parseParent(String id) {
        return Ids.parse(id).orElseThrow(() -> ProblemException.invalidField("parent", "category-parent-unknown"));
    }

    static UUID parse(String id) {
        return Ids.parse(id).orElseThrow(ProblemException::notFound);
    }

    private static Response tagged(CategoryView view) {
        return Response.ok(view).header("ETag", Revision.tag(view.revision())).build();
    }
}
