package io.regie.core.categories;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the categories stand in each other at one moment. Trees that look the same are equal. */
public final class CategoryTree {

    /** @param parent null at the top */
    public record Node(UUID id, @Nullable UUID parent, String name, String slug) {

        public String url() {
            return CategoryService.PAGE + slug;
        }
    }

    public static final CategoryTree EMPTY = new CategoryTree(List.of());

    private final Map<UUID, Node> nodes = new LinkedHashMap<>();
    private final Map<Optional<UUID>, List<Node>> children = new HashMap<>();

    /** @param rows neighbours in their order */
    CategoryTree(Collection<Node> rows) {
        for (Node row : rows) {
            children.computeIfAbsent(Optional.ofNullable(row.parent()), parent -> new ArrayList<>())
                    .add(row);
        }
        add(children(null));
    }

    private void add(List<Node> level) {
        for (Node node : level) {
            nodes.put(node.id(), node);
            add(children(node.id()));
        }
    }

    /** Each followed by what is below it. */
    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    public Optional<Node> find(UUID id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** In their order. @param parent null for the top */
    public List<Node> children(@Nullable UUID parent) {
        return List.copyOf(children.getOrDefault(Optional.ofNullable(parent), List.of()));
    }

    /** From the top down to the category itself; empty where there is none. */
    public List<Node> path(UUID id) {
        LinkedList<Node> path = new LinkedList<>();
        Node node = nodes.get(id);
        while (node != null) {
            path.addFirst(node);
            node = node.parent() == null ? null : nodes.get(node.parent());
        }
        return List.copyOf(path);
    }

    /** The category and all below it; empty where there is none. */
    public Set<UUID> within(UUID id) {
        Set<UUID> within = new LinkedHashSet<>();
        if (nodes.containsKey(id)) {
            collect(id, within);
        }
        return within;
    }

    private void collect(UUID id, Set<UUID> within) {
        within.add(id);
        children(id).forEach(child -> collect(child.id(), within));
    }

    /** How many levels there are from the category down, itself included. */
    int height(UUID id) {
        return 1
                + children(id).stream()
                        .mapToInt(child -> height(child.id()))
                        .max()
                        .orElse(0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CategoryTree tree && nodes().equals(tree.nodes());
    }

    @Override
    public int hashCode() {
        return nodes().hashCode();
    }
}
