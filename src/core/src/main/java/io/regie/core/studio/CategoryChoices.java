package io.regie.core.studio;

import io.regie.core.categories.CategoryTree;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The categories as forms offer them: those below others further in. */
public final class CategoryChoices {

    private static final String STEP = "\u2003";

    private CategoryChoices() {}

    public static List<Choice> of(CategoryTree tree) {
        return except(tree, Set.of());
    }

    public static List<Choice> except(CategoryTree tree, Set<UUID> others) {
        return tree.nodes().stream()
                .filter(node -> !others.contains(node.id()))
                .map(node -> new Choice(
                        node.id().toString(), STEP.repeat(tree.path(node.id()).size() - 1) + node.name()))
                .toList();
    }
}
