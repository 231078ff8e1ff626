package io.regie.core.studio.categories;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.categories.CategoryLogos;
import io.regie.core.categories.CategoryService;
import io.regie.core.categories.CategoryTree;
import io.regie.core.categories.CategoryTree.Node;
import io.regie.core.categories.CategoryView;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.problem.Sentences;
import io.regie.core.studio.CategoryChoice;
import io.regie.core.studio.Section;
import io.regie.core.studio.StudioFrame;
import io.regie.core.studio.StudioPages;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Categories in the studio, for editors. Others find nothing here. */
@Path(CategoryPages.HERE)
@Access(value = Policy.SIGNED_IN, scope = Scope.EVERYTHING)
class CategoryPages {

    static final String HERE = "/studio/categories";

    private final StudioPages pages;
    private final CategoryService categories;
    private final CategoryLogos logos;
    private final CurrentCaller caller;

    CategoryPages(StudioPages pages, CategoryService categories, CategoryLogos logos, CurrentCaller caller) {
        this.pages = pages;
        this.categories = categories;
        this.logos = logos;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "studio/categories")
    static final class Templates {
        static native TemplateInstance list(StudioFrame frame, Tree view);

        static native TemplateInstance rows(StudioFrame frame, Tree view);

        static native TemplateInstance category(StudioFrame frame, Page view);

        private Templates() {}
    }

    /** The list. */
    record Tree(List<Item> items, String done) {}

    /**
     * @param first whether nothing is before it
     * @param last whether nothing is behind it
     * @param deepest whether nothing can be below it
     */
    record Item(CategoryView category, boolean first, boolean last, boolean deepest) {
        public String logo() {
            return category.pictures().isEmpty()
                    ? ""
                    : category.pictures().get(category.pictures().size() - 1).url();
        }

        public int media() {
            Integer media = category.media();
            return media == null ? 0 : media;
        }
    }

    /**
     * One category, or one to be.
     *
     * @param title the page's
     * @param category null for a new one
     * @param theirs what somebody else saved meanwhile, or null
     * @param parents where it can be
     */
    record Page(
            String title,
            @Nullable CategoryView category,
            CategoryForm form,
            @Nullable CategoryForm theirs,
            List<CategoryChoice> parents,
            String problem,
            Map<String, String> problems,
            String done) {
        public String of(String field) {
            return problems.getOrDefault(field, "");
        }

        /** Where its logo is sent to, after what the studio's and the API's addresses begin with. */
        public String logo() {
            return category == null ? "" : "categories/" + category.id() + "/logo";
        }
    }

    @GET
    public Response list(@RestQuery @Nullable String done) {
        requireWriter();
        StudioFrame frame = pages.frame(Section.CATEGORIES);
        return pages.answer(frame, Templates.list(frame, tree(text(done))));
    }

    @GET
    @Path("rows")
    public Response rows() {
        requireWriter();
        StudioFrame frame = pages.frame(Section.CATEGORIES);
        return pages.answer(frame, Templates.rows(frame, tree("")));
    }

    @GET
    @Path("new")
    public Response write(@RestQuery @Nullable UUID parent) {
        requireWriter();
        return page(200, null, CategoryForm.empty(parent), null, null, "");
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(MultivaluedMap<String, String> sent) {
        requireWriter();
        CategoryForm form = CategoryForm.posted(sent::getFirst);
        try {
            return to(categories.create(caller.get(), form.edit(null)).id());
        } catch (ProblemException refused) {
            return page(refused.type().status(), null, form, null, refused, "");
        }
    }

    @GET
    @Path("{id}")
    public Response edit(@PathParam("id") UUID id, @RestQuery @Nullable String done) {
        CategoryView category = require(id);
        return page(200, category, CategoryForm.of(category), null, null, text(done));
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@PathParam("id") UUID id, MultivaluedMap<String, String> sent) {
        CategoryView before = require(id);
        CategoryForm shown = CategoryForm.of(before);
        CategoryForm form = CategoryForm.posted(sent::getFirst);
        try {
            categories.edit(caller.get(), id, form.edit(shown), form.revision());
            return to(id);
        } catch (ProblemException refused) {
            boolean meanwhile = refused.type() == ProblemType.PRECONDITION_FAILED;
            return page(refused.type().status(), before, form, meanwhile ? shown : null, refused, "");
        }
    }

    /** Changes places with the neighbour. @param direction {@code up} or {@code down} */
    @POST
    @Path("{id}/shift")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response shift(@PathParam("id") UUID id, @FormParam("direction") @Nullable String direction) {
        require(id);
        categories.shift(caller.get(), id, "up".equals(direction) ? -1 : 1);
        return Response.seeOther(URI.create(HERE + "#category-" + id)).build();
    }

    @POST
    @Path("{id}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response delete(@PathParam("id") UUID id) {
        require(id);
        categories.delete(caller.get(), id, null);
        return Response.seeOther(URI.create(HERE + "?done=deleted")).build();
    }

    /** What a form does without a script; scripts ask the API. */
    @POST
    @Path("{id}/logo/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response removeLogo(@PathParam("id") UUID id) {
        require(id);
        logos.forget(caller.get(), id);
        return to(id);
    }

    private void requireWriter() {
        if (!categories.mayWrite(caller.get())) {
            throw ProblemException.notFound();
        }
    }

    private CategoryView require(UUID id) {
        requireWriter();
        return categories.require(caller.get(), id);
    }

    private static Response to(UUID id) {
        return Response.seeOther(URI.create(HERE + "/" + id + "?done=saved")).build();
    }

    private Tree tree(String done) {
        CategoryTree tree = categories.tree();
        return new Tree(
                categories.list(caller.get()).stream()
                        .map(category -> item(category, tree.children(category.parent())))
                        .toList(),
                done);
    }

    private static Item item(CategoryView category, List<Node> neighbours) {
        List<UUID> ids = neighbours.stream().map(Node::id).toList();
        int place = ids.indexOf(category.id());
        return new Item(category, place <= 0, place == ids.size() - 1, category.level() >= CategoryService.DEEPEST);
    }

    private Response page(
            int status,
            @Nullable CategoryView category,
            CategoryForm form,
            @Nullable CategoryForm theirs,
            @Nullable ProblemException refused,
            String done) {
        StudioFrame frame = pages.frame(Section.CATEGORIES);
        Locale locale = frame.locale();
        Map<String, String> problems = new HashMap<>();
        if (refused != null) {
            refused.fields().forEach(field -> problems.put(field.name(), field.sentence(locale)));
        }
        CategoryTree tree = categories.tree();
        Page view = new Page(
                category != null
                        ? category.name()
                        : MessageBundles.get(CategoryMessages.class, Localized.Literal.of(locale.getLanguage()))
                                .fresh(),
                category,
                // Saving once more is meant: then what is there now has been seen.
                theirs == null || category == null ? form : form.on(category.revision()),
                theirs,
                CategoryChoice.except(tree, category == null ? Set.of() : tree.within(category.id())),
                refused == null || !problems.isEmpty() ? "" : Sentences.of(locale, refused),
                problems,
                done);
        return pages.answer(status, frame, Templates.category(frame, view));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
