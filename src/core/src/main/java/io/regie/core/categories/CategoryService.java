package io.regie.core.categories;

import io.regie.core.access.Action;
import io.regie.core.access.Authorization;
import io.regie.core.access.Caller;
import io.regie.core.categories.CategoryTree.Node;
import io.regie.core.events.Events;
import io.regie.core.events.Hint;
import io.regie.core.pictures.Picture;
import io.regie.core.pictures.PicturesReleased;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.richtext.Lines;
import io.regie.core.richtext.RichDocument;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The door to categories: everybody reads them, editors change them. */
@Singleton
public class CategoryService {

    /** As deep as a path still fits on a line. */
    public static final int DEEPEST = 8;

    /** More than people find their way in; the whole tree is read at once. */
    static final int MOST = 1000;

    static final int LONGEST_NAME = 100;
    static final String PAGE = "/category/";
    private static final int LONGEST_SLUG = 80;

    private final Categories categories;
    private final CategoryContents contents;
    private final SettingsService settings;
    private final Events hints;
    private final Event<PicturesReleased> released;
    private final InstantSource clock;

    CategoryService(
            Categories categories,
            CategoryContents contents,
            SettingsService settings,
            Events hints,
            Event<PicturesReleased> released,
            InstantSource clock) {
        this.categories = categories;
        this.contents = contents;
        this.settings = settings;
        this.hints = hints;
        this.released = released;
        this.clock = clock;
    }

    public boolean mayWrite(Caller caller) {
        return Authorization.may(caller, Action.EDIT, Category.GUARDED);
    }

    public CategoryTree tree() {
        return categories.tree();
    }

    /** All of them, each followed by what is below it, with what the caller finds there. */
    public List<CategoryView> list(Caller caller) {
        CategoryTree tree = categories.tree();
        Map<UUID, Category> rows =
                categories.list().stream().collect(Collectors.toMap(Category::id, Function.identity()));
        Map<UUID, Integer> counts = contents.count(caller, null);
        return tree.nodes().stream()
                // One may have gone since the first statement.
                .filter(node -> rows.containsKey(node.id()))
                .map(node -> view(rows.get(node.id()), tree, counts.getOrDefault(node.id(), 0)))
                .toList();
    }

    public CategoryView require(Caller caller, UUID id) {
        return view(categories.find(id).orElseThrow(ProblemException::notFound), caller);
    }

    /** By the slug that it has, or once had; uncounted. */
    public Optional<CategoryView> findForReading(String slug) {
        return categories.findBySlug(slug).map(category -> view(category, categories.tree(), null));
    }

    @Transactional
    public CategoryView create(Caller caller, CategoryEdit edit) {
        requireWriter(caller);
        if (edit.name == null) {
            throw ProblemException.invalidField("name", "category-name-empty");
        }
        categories.lockTree();
        CategoryTree tree = categories.tree();
        if (tree.nodes().size() >= MOST) {
            throw new ProblemException(ProblemType.CONFLICT, "category-too-many", MOST);
        }
        Instant now = now();
        Category blank = new Category(
                UUID.randomUUID(),
                null,
                "",
                "",
                null,
                settings.get(Setting.DEFAULT_LOCALE).toLanguageTag(),
                List.of(),
                1,
                now,
                now);
        Category category = edited(blank, edit, tree, 1);
        categories.insert(category);
        arrange(tree, category, Integer.MAX_VALUE);
        changed(category);
        return view(category, caller);
    }

    /** @param ifMatch the revision the caller saw, or null not to care */
    @Transactional
    public CategoryView edit(Caller caller, UUID id, CategoryEdit edit, @Nullable Long ifMatch) {
        Category before = requireForEdit(caller, id, ifMatch);
        CategoryTree tree = categories.tree();
        Category category = edited(before, edit, tree, before.revision() + 1);
        categories.update(before, category);
        if (!Objects.equals(before.parent(), category.parent())) {
            arrange(tree, category, Integer.MAX_VALUE);
        }
        changed(category);
        return view(category, caller);
    }

    /**
     * Puts a category, with all below it, somewhere else.
     *
     * @param parent null for the top
     * @param place among those that are there, from 0; too large a number for behind the last
     */
    @Transactional
    public CategoryView move(Caller caller, UUID id, @Nullable UUID parent, int place, @Nullable Long ifMatch) {
        Category before = requireForEdit(caller, id, ifMatch);
        CategoryTree tree = categories.tree();
        Category category = edited(before, new CategoryEdit().parent(parent), tree, before.revision() + 1);
        categories.update(before, category);
        arrange(tree, category, Math.max(0, place));
        changed(category);
        return view(category, caller);
    }

    /** Changes places with neighbours. @param places negative towards the first; no further than there are neighbours */
    @Transactional
    public void shift(Caller caller, UUID id, int places) {
        Category category = requireForEdit(caller, id, null);
        CategoryTree tree = categories.tree();
        List<UUID> neighbours =
                tree.children(category.parent()).stream().map(Node::id).toList();
        arrange(tree, category, Math.max(0, neighbours.indexOf(id) + places));
        changed(category);
    }

    /** What is right below it takes its place; what is in it loses nothing else. */
    @Transactional
    public void delete(Caller caller, UUID id, @Nullable Long ifMatch) {
        Category category = requireForEdit(caller, id, ifMatch);
        CategoryTree tree = categories.tree();
        List<UUID> neighbours = new ArrayList<>();
        for (Node neighbour : tree.children(category.parent())) {
            if (neighbour.id().equals(id)) {
                tree.children(id).forEach(child -> neighbours.add(child.id()));
            } else {
                neighbours.add(neighbour.id());
            }
        }
        categories.delete(category);
        categories.arrange(neighbours);
        released.fire(new PicturesReleased(category.pictures()));
        hints.publish(new Hint("category", id.toString(), category.revision() + 1, Category.GUARDED));
    }

    @Transactional
    void requireEditable(Caller caller, UUID id) {
        requireForEdit(caller, id, null);
    }

    /** @param pictures published already, in their sizes; none to take the logo away */
    @Transactional
    CategoryView illustrate(Caller caller, UUID id, List<Picture> pictures) {
        Category before = requireForEdit(caller, id, null);
        Category category = new Category(
                id,
                before.parent(),
                before.name(),
                before.slug(),
                before.text(),
                before.locale(),
                pictures,
                // Whoever is writing the text meanwhile is not in the way of its logo.
                before.revision(),
                before.created(),
                now());
        categories.update(before, category);
        released.fire(new PicturesReleased(before.pictures()));
        changed(category);
        return view(category, caller);
    }

    /** A stored size of the logo, by the name it has in its address. */
    Optional<Picture> findPicture(UUID id, String name) {
        return categories.find(id).flatMap(category -> category.pictures().stream()
                .filter(picture -> picture.fileName().equals(name))
                .findFirst());
    }

    private void requireWriter(Caller caller) {
        if (!mayWrite(caller)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "category-not-allowed");
        }
    }

    private Category requireForEdit(Caller caller, UUID id, @Nullable Long ifMatch) {
        categories.lockTree();
        Category category = categories.find(id).orElseThrow(ProblemException::notFound);
        requireWriter(caller);
        if (ifMatch != null && ifMatch != category.revision()) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "category-changed-meanwhile");
        }
        return category;
    }

    private Category edited(Category before, CategoryEdit edit, CategoryTree tree, long revision) {
        String name = edit.name == null
                ? before.name()
                : Lines.clean(edit.name, LONGEST_NAME)
                        .orElseThrow(() -> ProblemException.invalidField("name", "category-name-empty"));
        RichDocument text = edit.text == null ? before.text() : edit.text.to();
        return new Category(
                before.id(),
                edit.parent == null ? before.parent() : parent(before.id(), edit.parent.to(), tree),
                name,
                edit.slug == null || edit.slug.isBlank() ? slug(before, name) : chosen(before, edit.slug.strip()),
                text == null || text.isBlank() ? null : text,
                before.locale(),
                before.pictures(),
                revision,
                before.created(),
                now());
    }

    /** Not below itself, and nothing too deep. */
    private static @Nullable UUID parent(UUID id, @Nullable UUID parent, CategoryTree tree) {
        if (parent == null) {
            return null;
        }
        List<Node> path = tree.path(parent);
        if (path.isEmpty()) {
            throw ProblemException.invalidField("parent", "category-parent-unknown");
        }
        if (path.stream().anyMatch(node -> node.id().equals(id))) {
            throw ProblemException.invalidField("parent", "category-cycle");
        }
        if (path.size() + tree.height(id) > DEEPEST) {
            throw ProblemException.invalidField("parent", "category-too-deep", DEEPEST);
        }
        return parent;
    }

    private void arrange(CategoryTree before, Category category, int place) {
        List<UUID> neighbours = before.children(category.parent()).stream()
                .map(Node::id)
                .filter(id -> !id.equals(category.id()))
                .collect(Collectors.toCollection(ArrayList::new));
        neighbours.add(Math.min(place, neighbours.size()), category.id());
        categories.arrange(neighbours);
    }

    /** One that nobody has or had, made of the name; it stays when the name changes. */
    private String slug(Category category, String name) {
        if (!category.slug().isEmpty()) {
            return category.slug();
        }
        String slug = Lines.slug(name, LONGEST_SLUG);
        if (!slug.isEmpty() && !categories.slugTaken(slug, category.id())) {
            return slug;
        }
        String suffix = category.id().toString().substring(0, 8);
        return slug.isEmpty() ? "category-" + suffix : Lines.slug(slug, LONGEST_SLUG - 9) + "-" + suffix;
    }

    private String chosen(Category category, String slug) {
        if (!Lines.isSlug(slug, LONGEST_SLUG)) {
            throw ProblemException.invalidField("slug", "category-slug-malformed", LONGEST_SLUG);
        }
        if (categories.slugTaken(slug, category.id())) {
            throw ProblemException.invalidField("slug", "category-slug-taken");
        }
        return slug;
    }

    private CategoryView view(Category category, Caller caller) {
        UUID id = category.id();
        return view(category, categories.tree(), contents.count(caller, id).getOrDefault(id, 0));
    }

    private static CategoryView view(Category category, CategoryTree tree, @Nullable Integer media) {
        RichDocument text = category.text();
        return new CategoryView(
                category.id(),
                category.parent(),
                tree.path(category.id()).size(),
                category.name(),
                category.slug(),
                PAGE + category.slug(),
                text == null ? null : text.json(),
                media,
                category.locale(),
                category.pictures().stream()
                        .map(picture -> picture.view(CategoryFiles.PREFIX + category.id() + "/"))
                        .toList(),
                category.created(),
                category.changed(),
                category.revision(),
                text);
    }

    private void changed(Category category) {
        hints.publish(new Hint("category", category.id().toString(), category.revision(), Category.GUARDED));
    }

    /** As the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
