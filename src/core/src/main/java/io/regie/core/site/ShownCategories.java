package io.regie.core.site;

import io.regie.core.access.Caller;
import io.regie.core.categories.CategoryService;
import io.regie.core.categories.CategoryTree;
import io.regie.core.categories.CategoryView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The categories as visitors see them. Kept for a second, like {@link LatestArticles}. */
@ApplicationScoped
class ShownCategories {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Kept<T>(T value, Instant until) {}

    private final CategoryService categories;
    private final InstantSource clock;
    private volatile Kept<CategoryTree> tree = new Kept<>(CategoryTree.EMPTY, Instant.MIN);
    private volatile Kept<List<CategoryView>> counted = new Kept<>(List.of(), Instant.MIN);

    ShownCategories(CategoryService categories, InstantSource clock) {
        this.categories = categories;
        this.clock = clock;
    }

    CategoryTree tree() {
        Instant now = clock.instant();
        Kept<CategoryTree> known = tree;
        if (now.isAfter(known.until())) {
            known = new Kept<>(categories.tree(), now.plus(FRESH));
            tree = known;
        }
        return known.value();
    }

    /** Each followed by what is below it, with how much there is for everybody. */
    List<CategoryView> counted() {
        Instant now = clock.instant();
        Kept<List<CategoryView>> known = counted;
        if (now.isAfter(known.until())) {
            known = new Kept<>(categories.list(Caller.visitor()), now.plus(FRESH));
            counted = known;
        }
        return known.value();
    }
}
