package io.regie.core.studio;

import io.regie.core.categories.CategoryTree;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A category as forms offer it. @param level 1 at the top */
public record CategoryChoice(String value, String name, int level) {

    private static final String STEP = "\u2003";

    public static List<CategoryChoice> of(CategoryTree tree) {
        return except(tree, Set.of());
    }

    public static List<CategoryChoice> except(CategoryTree tree, Set<UUID> others) {
        return tree.nodes().stream()
                .filter(node -> !others.contains(node.id()))
                .map(node -> new CategoryChoice(
                        node.id().toString(), node.name(), tree.path(node.id()).size()))
                .toList();
    }

    /** Further in the further down it is, for where nothing but letters can show it. */
    public String indented() {
        return STEP.repeat(level - 1) + name;
    }
}
