package io.regie.core.media;

import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import io.regie.core.access.Scope;
import io.regie.core.categories.Categories;
import io.regie.core.database.Sql;
import io.regie.core.media.MediaQuery.Reach;
import io.regie.core.media.MediaQuery.Sort;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements behind lists. Plain SQL, because which index serves a list depends on its exact words: only constants
 * of ours are put together, whatever people typed is an argument.
 */
@ApplicationScoped
class Listing {

    /** What the site lists for everybody: word for word what its index says, and of that what is published. */
    private static final String LISTED = "a.visibility = 'PUBLIC' and (a.playable or a.state = 'READY')"
            + " and a.trashed_at is null and a.published_at <= ?";

    private final Sql sql;
    private final Categories categories;
    private final InstantSource clock;

    Listing(Sql sql, Categories categories, InstantSource clock) {
        this.sql = sql;
        this.categories = categories;
        this.clock = clock;
    }

    record Statement(String text, List<Object> arguments) {}

    /** The ids of a page in their order, with where each stands. Inside a transaction. */
    List<Cursor> page(Caller caller, MediaQuery query, int limit) {
        Statement statement = pageStatement(caller, query, categories(query), clock.instant(), limit);
        planForWhatIsAsked();
        return sql.list(
                statement.text(),
                row -> new Cursor(query.sort(), value(row, query.sort()), row.getObject("id", UUID.class)),
                statement.arguments().toArray());
    }

    /** Counts no further than asked. Inside a transaction. */
    int count(Caller caller, MediaQuery query, int most) {
        Statement statement = countStatement(caller, query, categories(query), clock.instant(), most);
        planForWhatIsAsked();
        return sql.find(
                        statement.text(),
                        row -> row.getInt(1),
                        statement.arguments().toArray())
                .orElse(0);
    }

    /** Tags of articles in the caller's sight that begin so, each once. */
    List<String> tags(Caller caller, String keyPrefix, int limit) {
        String end = keyPrefix + Character.toString(Character.MAX_CODE_POINT);
        Where where = new Where();
        where.inSight(caller, Reach.VISIBLE, clock.instant());
        String next = "select t.key, t.name from media_tag t join media_article a on a.id = t.article where " + where
                + " and t.key < ? and t.key ";
        List<Object> arguments = new ArrayList<>(where.arguments);
        arguments.addAll(List.of(end, keyPrefix));
        arguments.addAll(where.arguments);
        arguments.addAll(List.of(end, limit));
        // From each key straight to the next one, however many articles share it.
        return sql.list(
                "with recursive found as ((" + next + " >= ? order by t.key limit 1) union all"
                        + " select following.key, following.name from found, lateral (" + next
                        + " > found.key order by t.key limit 1) following) select name from found limit ?",
                row -> row.getString(1),
                arguments.toArray());
    }

    /** Whoever owns an article, each once. */
    List<UUID> owners(int limit) {
        // From each owner straight to the next one, however many articles they have.
        return sql.list(
                "with recursive found as ((select owner from media_article order by owner limit 1) union all"
                        + " select following.owner from found, lateral (select a.owner from media_article a"
                        + " where a.owner > found.owner order by a.owner limit 1) following)"
                        + " select owner from found limit ?",
                row -> row.getObject(1, UUID.class),
                limit);
    }

    /** The category that is asked for and those below it. */
    private Set<UUID> categories(MediaQuery query) {
        UUID category = query.filter().category();
        return category == null ? Set.of() : categories.tree().within(category);
    }

    /** How many there are in each category and below it, each counted once. @param only one of them, null for all */
    Map<UUID, Integer> categorised(Caller caller, @Nullable UUID only) {
        Where where = new Where();
        where.inSight(caller, Reach.VISIBLE, clock.instant());
        List<@Nullable Object> arguments = new ArrayList<>(Arrays.asList(only, only));
        arguments.addAll(where.arguments);
        Map<UUID, Integer> counts = new HashMap<>();
        sql.list(
                        "with recursive below (top, id) as (select id, id from category"
                                + " where cast(? as uuid) is null or id = cast(? as uuid) union all"
                                + " select below.top, c.id from below join category c on c.parent = below.id)"
                                + " select below.top, count(distinct a.id) from below"
                                + " join media_article_category m on m.category = below.id"
                                + " join media_article a on a.id = m.article where " + where + " group by below.top",
                        row -> Map.entry(row.getObject(1, UUID.class), row.getInt(2)),
                        arguments.toArray())
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /** @param categories of which one is asked for, where a category is */
    static Statement pageStatement(Caller caller, MediaQuery query, Set<UUID> categories, Instant now, int limit) {
        Where where = where(caller, query, categories, now);
        String column = column(query.sort());
        boolean descending = descending(query.sort());
        if (query.cursor() != null) {
            Cursor after = Cursor.decode(query.cursor(), query.sort());
            where.and("(" + column + ", a.id) " + (descending ? "<" : ">") + " (?, ?)", after.value(), after.id());
        }
        String order = descending ? " desc" : "";
        where.arguments.add(limit);
        return new Statement(
                "select a.id, " + column + " as place from media_article a where " + where + " order by " + column
                        + order + ", a.id" + order + " limit ?",
                where.arguments);
    }

    static Statement countStatement(Caller caller, MediaQuery query, Set<UUID> categories, Instant now, int most) {
        Where where = where(caller, query, categories, now);
        where.arguments.add(most);
        return new Statement(
                "select count(*) from (select 1 from media_article a where " + where + " limit ?) found",
                where.arguments);
    }

    private static Where where(Caller caller, MediaQuery query, Set<UUID> categories, Instant now) {
        MediaFilter filter = query.filter();
        Where where = new Where();
        where.inSight(caller, query.reach(), now);
        if (filter.kind() != null) {
            where.and("a.kind = ?", filter.kind().name());
        }
        if (filter.state() != null) {
            where.and("a.state = ?", filter.state().name());
        }
        if (filter.visibility() != null) {
            where.and("a.visibility = ?", filter.visibility().name());
        }
        if (filter.publication() != null) {
            switch (filter.publication()) {
                case DRAFT -> where.and("a.published_at is null");
                case SCHEDULED -> where.and("a.published_at > ?", now);
                case PUBLISHED -> where.and("a.published_at <= ?", now);
            }
        }
        if (filter.owner() != null) {
            where.and("a.owner = ?", filter.owner());
        }
        if (filter.from() != null) {
            where.and("a.created_at >= ?", start(filter.from()));
        }
        if (filter.to() != null) {
            where.and("a.created_at < ?", start(filter.to().plusDays(1)));
        }
        if (filter.tag() != null) {
            Tags.findKey(filter.tag())
                    .ifPresentOrElse(
                            key -> where.and(
                                    "exists (select 1 from media_tag t where t.article = a.id and t.key = ?)", key),
                            where::nothing);
        }
        if (filter.category() != null) {
            if (categories.isEmpty()) {
                where.nothing();
            } else {
                where.and(
                        "exists (select 1 from media_article_category m where m.article = a.id"
                                + " and m.category = any (cast(? as uuid[])))",
                        categories.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")));
            }
        }
        if (filter.words() != null) {
            SearchWords.asked(filter.words())
                    .ifPresentOrElse(words -> where.and("a.search @@ cast(? as tsquery)", words), where::nothing);
        }
        return where;
    }

    /** What is rare wants another plan than what is common, so none is kept for both. */
    private void planForWhatIsAsked() {
        sql.update("set local plan_cache_mode = force_custom_plan");
    }

    private static String column(Sort sort) {
        return switch (sort) {
            case NEWEST, OLDEST -> "a.created_at";
            case CHANGED -> "a.updated_at";
            case TITLE -> "a.title_key";
            case LONGEST -> "a.duration_millis";
            case LARGEST -> "a.original_bytes";
        };
    }

    private static boolean descending(Sort sort) {
        return switch (sort) {
            case NEWEST, CHANGED, LONGEST, LARGEST -> true;
            case OLDEST, TITLE -> false;
        };
    }

    private static Object value(ResultSet row, Sort sort) throws SQLException {
        return switch (sort) {
            case NEWEST, OLDEST, CHANGED ->
                row.getObject("place", OffsetDateTime.class).toInstant();
            case TITLE -> row.getString("place");
            case LONGEST, LARGEST -> row.getLong("place");
        };
    }

    private static Object start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toOffsetDateTime();
    }

    /** Conditions with their arguments. */
    private static final class Where {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> arguments = new ArrayList<>();

        void and(String condition, Object... values) {
            conditions.add(condition);
            arguments.addAll(List.of(values));
        }

        void nothing() {
            and("false");
        }

        /** The same decision as that of each article's own gate, for many at once. */
        void inSight(Caller caller, Reach reach, Instant now) {
            and("a.replaces is null");
            boolean maker = caller.signedIn() && caller.has(Scope.MEDIA_READ);
            if (maker && caller.role().atLeast(Role.EDITOR)) {
                and("a.trashed_at is null");
                return;
            }
            switch (reach) {
                case VISIBLE -> {
                    if (maker) {
                        and("a.trashed_at is null");
                        and("(a.owner = ? or (" + LISTED + "))", caller.account(), now);
                    } else {
                        and(LISTED, now);
                    }
                }
                case EDITABLE -> {
                    if (!maker) {
                        throw new ProblemException(ProblemType.UNAUTHENTICATED, "unauthenticated");
                    }
                    and("a.trashed_at is null");
                    and("a.owner = ?", caller.account());
                }
            }
        }

        @Override
        public String toString() {
            return String.join(" and ", conditions);
        }
    }
}
