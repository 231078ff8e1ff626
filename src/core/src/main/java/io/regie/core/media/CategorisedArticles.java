package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.categories.Categories;
import io.regie.core.categories.CategoryContents;
import io.regie.core.categories.CategoryTree.Node;
import io.regie.core.database.Sql;
import io.regie.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which articles are in which categories. */
@ApplicationScoped
class CategorisedArticles implements CategoryContents {

    /** More is no order any more. */
    static final int MOST = 20;

    private final Sql sql;
    private final Categories categories;
    private final Listing listing;

    CategorisedArticles(Sql sql, Categories categories, Listing listing) {
        this.sql = sql;
        this.categories = categories;
        this.listing = listing;
    }

    @Override
    public Map<UUID, Integer> count(Caller caller, @Nullable UUID only) {
        return listing.categorised(caller, only);
    }

    /** The categories of each of these articles, as they stand in the tree. */
    Map<UUID, List<Node>> of(Collection<UUID> articles) {
        Map<UUID, Set<UUID>> found = new HashMap<>();
        sql.list(
                        "select article, category from media_article_category where article = any (cast(? as uuid[]))",
                        row -> Map.entry(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                        array(articles))
                .forEach(entry -> found.computeIfAbsent(entry.getKey(), article -> new HashSet<>())
                        .add(entry.getValue()));
        if (found.isEmpty()) {
            return Map.of();
        }
        List<Node> nodes = categories.tree().nodes();
        Map<UUID, List<Node>> inOrder = new HashMap<>();
        found.forEach((article, ids) -> inOrder.put(
                article, nodes.stream().filter(node -> ids.contains(node.id())).toList()));
        return inOrder;
    }

    /** Puts an article, whose row is locked, into these and no others. */
    void put(UUID article, Set<UUID> wanted) {
        if (wanted.size() > MOST) {
            throw ProblemException.invalidField("categories", "media-categories-many", MOST);
        }
        // Whoever deletes one of them waits.
        int there = sql.list(
                        "select id from category where id = any (cast(? as uuid[])) order by id for key share",
                        row -> 1,
                        array(wanted))
                .size();
        if (there < wanted.size()) {
            throw ProblemException.invalidField("categories", "media-category-unknown");
        }
        sql.update(
                "delete from media_article_category where article = ? and category <> all (cast(? as uuid[]))",
                article,
                array(wanted));
        sql.update(
                "insert into media_article_category (article, category)"
                        + " select ?, unnest(cast(? as uuid[])) on conflict do nothing",
                article,
                array(wanted));
    }

    /** Puts an article, whose row is locked, into some and takes it out of others. */
    void change(UUID article, Set<UUID> added, Set<UUID> removed) {
        Set<UUID> wanted = new HashSet<>(added);
        of(List.of(article)).getOrDefault(article, List.of()).forEach(node -> wanted.add(node.id()));
        wanted.removeAll(removed);
        put(article, wanted);
    }

    private static String array(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
