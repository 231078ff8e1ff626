package io.regie.core.media;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.access.Caller;
import io.regie.core.access.Visibility;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing to many articles. Each is changed wholly or not at all, on its own: one that is refused does not hold
 * up the others, and whoever is cut off halfway asks again for the same.
 */
@ApplicationScoped
public class BulkEdit {

    public static final int MOST = 500;

    private final MediaService service;

    BulkEdit(MediaService service) {
        this.service = service;
    }

    /** What to do with each. */
    public sealed interface Order {

        /** @param visibility null leaves it */
        record Change(
                @Nullable Visibility visibility,
                List<String> addTags,
                List<String> removeTags,
                Set<UUID> addCategories,
                Set<UUID> removeCategories)
                implements Order {}

        /** Hides it from everybody until it is deleted some minutes later. */
        record Trash() implements Order {}

        /** Takes it out of the trash. */
        record Restore() implements Order {}
    }

    /** What became of one. @param refusal null when it was done */
    public record Outcome(UUID id, @Nullable ProblemException refusal) {}

    public List<Outcome> apply(Caller caller, Collection<UUID> ids, Order order) {
        Collection<UUID> each = new LinkedHashSet<>(ids);
        if (each.isEmpty() || each.size() > MOST) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "media-bulk-size", MOST);
        }
        Consumer<UUID> step = step(caller, order);
        return each.stream().map(id -> apply(id, step)).toList();
    }

    private Consumer<UUID> step(Caller caller, Order order) {
        if (order instanceof Order.Change change) {
            Map<String, Tag> added = Tags.parse(change.addTags());
            Map<String, Tag> removed = Tags.parse(change.removeTags());
            return id -> {
                service.change(caller, id, change.visibility(), added, removed.keySet());
                service.categorise(caller, id, change.addCategories(), change.removeCategories());
            };
        }
        return order instanceof Order.Trash ? id -> service.trash(caller, id) : id -> service.restore(caller, id);
    }

    private static Outcome apply(UUID id, Consumer<UUID> step) {
        try {
            QuarkusTransaction.requiringNew().run(() -> step.accept(id));
            return new Outcome(id, null);
        } catch (ProblemException refusal) {
            return new Outcome(id, refusal);
        }
    }
}
