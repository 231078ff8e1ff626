package io.regie.core.site;

import io.regie.core.categories.CategoryTree;
import io.regie.core.categories.CategoryTree.Node;
import io.regie.core.categories.CategoryView;
import io.regie.core.richtext.RichDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Categories as templates see them. @param all of them, each followed by what is below it */
record CategoryModel(CategoryTree tree, List<CategoryView> all) {

    /** Those right below a category, each with all that is below it. @param parent null for the top */
    List<Map<String, @Nullable Object>> cards(@Nullable UUID parent) {
        return tree.children(parent).stream()
                .flatMap(node -> all.stream().filter(view -> view.id().equals(node.id())))
                .map(this::card)
                .toList();
    }

    private Map<String, @Nullable Object> card(CategoryView view) {
        List<Map<String, @Nullable Object>> below = new ArrayList<>();
        for (CategoryView other : all) {
            if (!other.id().equals(view.id()) && tree.within(view.id()).contains(other.id())) {
                Map<String, @Nullable Object> one = facts(other);
                one.put("level", other.level() - view.level());
                below.add(one);
            }
        }
        Map<String, @Nullable Object> card = facts(view);
        card.put("below", below);
        return card;
    }

    /** For the category's own page. @param writer whether the reader may change it */
    Map<String, @Nullable Object> page(CategoryView view, boolean writer) {
        Map<String, @Nullable Object> category = facts(view);
        RichDocument text = view.document();
        category.put(
                "media",
                all.stream()
                        .filter(other -> other.id().equals(view.id()))
                        .map(CategoryView::media)
                        .findFirst()
                        .orElse(0));
        category.put("language", view.language());
        category.put("text", text == null ? null : text.html());
        category.put("path", above(tree, view.id()));
        category.put("edit", writer ? "/studio/categories/" + view.id() : null);
        return category;
    }

    /** Those that a category is in, from the top. */
    static List<Map<String, Object>> above(CategoryTree tree, UUID category) {
        return tree.path(category).stream()
                .filter(node -> !node.id().equals(category))
                .map(CategoryModel::link)
                .toList();
    }

    static Map<String, Object> link(Node node) {
        return Map.of("name", node.name(), "url", node.url());
    }

    private static Map<String, @Nullable Object> facts(CategoryView view) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", view.name());
        facts.put("url", view.url());
        facts.put("media", view.media());
        facts.put("picture", NewsModel.picture(view.pictures()));
        return facts;
    }
}
