package io.regie.core.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.regie.core.access.Access;
import io.regie.core.access.CurrentCaller;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.core.media.BulkEdit.Order;
import io.regie.core.media.BulkEdit.Outcome;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One change to many media articles. */
@Path("/api/v1/media/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class BulkResource {

    private final BulkEdit bulk;
    private final CurrentCaller caller;

    BulkResource(BulkEdit bulk, CurrentCaller caller) {
        this.bulk = bulk;
        this.caller = caller;
    }

    /** Exactly one of {@code set}, {@code delete} and {@code restore}. */
    record BulkRequest(
            @NotNull List<@NotNull UUID> ids,
            @Valid @Nullable Change set,
            @Nullable Boolean delete,
            @Nullable Boolean restore) {}

    /**
     * @param visibility {@code public}, {@code unlisted} or {@code private}
     * @param addCategories ids of categories that it is in from now on
     */
    record Change(
            @Nullable String visibility,
            @Nullable List<@NotNull String> addTags,
            @Nullable List<@NotNull String> removeTags,
            @Nullable List<@NotNull UUID> addCategories,
            @Nullable List<@NotNull UUID> removeCategories) {}

    /** @param done how many were changed */
    record BulkAnswer(int done, List<Result> results) {}

    /**
     * @param problem null when it was done; {@code not-found}, {@code forbidden} or another type of problem
     * @param detail why, in the caller's language
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(UUID id, boolean done, @Nullable String problem, @Nullable String detail) {}

    @POST
    @Access(value = Policy.SIGNED_IN, scope = Scope.MEDIA_WRITE)
    public BulkAnswer apply(@Valid @NotNull BulkRequest request, @Context HttpHeaders headers) {
        Locale locale = headers.getAcceptableLanguages().get(0);
        List<Result> results = bulk.apply(caller.get(), request.ids(), order(request)).stream()
                .map(outcome -> result(outcome, locale))
                .toList();
        return new BulkAnswer((int) results.stream().filter(Result::done).count(), results);
    }

    private static Order order(BulkRequest request) {
        boolean delete = Boolean.TRUE.equals(request.delete());
        boolean restore = Boolean.TRUE.equals(request.restore());
        Change set = request.set();
        if ((set == null ? 0 : 1) + (delete ? 1 : 0) + (restore ? 1 : 0) != 1) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "media-bulk-order");
        }
        if (set == null) {
            return delete ? new Order.Trash() : new Order.Restore();
        }
        return new Order.Change(
                set.visibility() == null ? null : MediaQueryWords.parse(Visibility.class, set.visibility()),
                set.addTags() == null ? List.of() : set.addTags(),
                set.removeTags() == null ? List.of() : set.removeTags(),
                set.addCategories() == null ? Set.of() : Set.copyOf(set.addCategories()),
                set.removeCategories() == null ? Set.of() : Set.copyOf(set.removeCategories()));
    }

    private static Result result(Outcome outcome, Locale locale) {
        ProblemException refusal = outcome.refusal();
        return refusal == null
                ? new Result(outcome.id(), true, null, null)
                : new Result(outcome.id(), false, refusal.type().slug(), refusal.sentences(locale));
    }
}
