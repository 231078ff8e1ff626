package io.regie.core.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.core.media.Listing.Statement;
import io.regie.core.media.MediaQuery.Reach;
import io.regie.core.media.MediaQuery.Sort;
import io.regie.spi.MediaKind;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** How much of 100,000 articles a page reads: asked of the planner and its counters, never of a clock. */
@QuarkusTest
class LibraryPlansTest {

    private static final int PAGE = 48;
    /** Of 100,000; a page of something that is in every twentieth row reads a thousand. */
    private static final long FEW = 6_000;
    /** Counting stops after a thousand. */
    private static final long FEW_TO_COUNT = 30_000;
    /** Entries of an index are read many at a time. */
    private static final long FEW_ENTRIES = 30_000;

    /** Categories, each with one below it. */
    private static final UUID EVERYWHERE = new UUID(1, 1);

    private static final UUID SELDOM = new UUID(1, 2);
    private static final UUID EMPTY = new UUID(1, 3);

    private static final UUID OWNER = new UUID(0, 7);
    private static final Caller ADMIN =
            new Caller(UUID.randomUUID(), Role.ADMIN, Set.of(Scope.EVERYTHING), Caller.Via.SESSION);
    private static final Caller AUTHOR = new Caller(OWNER, Role.AUTHOR, Set.of(Scope.EVERYTHING), Caller.Via.SESSION);

    @Inject
    AgroalDataSource database;

    @Test
    void readsLittleOfALargeLibrary() throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                fill(connection);
                for (Question question : questions()) {
                    assertReadsFew(softly, connection, question.name(), question.page(), true);
                    assertReadsFew(softly, connection, "count of " + question.name(), question.count(), false);
                }
                softly.assertAll();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection
                        .createStatement()
                        .execute("vacuum analyze media_article, media_tag, category, media_article_category");
            }
        }
    }

    private record Question(String name, Caller caller, MediaQuery query) {
        Statement page() {
            return Listing.pageStatement(caller, query, categories(), Instant.now(), PAGE + 1);
        }

        private Set<UUID> categories() {
            UUID category = query.filter().category();
            return category == null ? Set.of() : Set.of(category, below(category));
        }

        Statement count() {
            return Listing.countStatement(caller, query, categories(), Instant.now(), MediaLibrary.COUNTED + 1);
        }
    }

    private static UUID below(UUID category) {
        return new UUID(2, category.getLeastSignificantBits());
    }

    private static List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (Sort sort : Sort.values()) {
            for (Caller caller : List.of(ADMIN, AUTHOR)) {
                questions.add(editable("all, " + sort, caller, MediaFilter.NONE, sort, null));
            }
            Object place =
                    switch (sort) {
                        case NEWEST, OLDEST, CHANGED -> Instant.parse("2003-01-01T00:00:00Z");
                        case TITLE -> "clip 00050000";
                        case LONGEST, LARGEST -> 50_000L;
                    };
            String cursor = new Cursor(sort, place, new UUID(1, 1)).encode();
            questions.add(editable("from the middle, " + sort, ADMIN, MediaFilter.NONE, sort, cursor));
        }
        for (MediaFilter filter : List.of(
                MediaFilter.words("clip"),
                MediaFilter.words("cl"),
                MediaFilter.words("topic77"),
                MediaFilter.words("clip topic77"),
                MediaFilter.words("unheard"),
                new MediaFilter(null, MediaKind.VIDEO, null, null, null, null, null, null, null, null),
                new MediaFilter(null, MediaKind.DOCUMENT, null, null, null, null, null, null, null, null),
                new MediaFilter(null, null, ArticleState.FAILED, null, null, null, null, null, null, null),
                new MediaFilter(null, null, null, Visibility.PRIVATE, null, null, null, null, null, null),
                new MediaFilter(
                        null,
                        MediaKind.AUDIO,
                        ArticleState.READY,
                        Visibility.PUBLIC,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                new MediaFilter(null, null, null, null, null, "everywhere", null, null, null, null),
                new MediaFilter(null, null, null, null, null, "tag 500", null, null, null, null),
                new MediaFilter(null, null, null, null, null, "nowhere", null, null, null, null),
                new MediaFilter(null, null, null, null, null, null, OWNER, null, null, null),
                new MediaFilter(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        LocalDate.of(2002, 1, 1),
                        LocalDate.of(2002, 1, 2),
                        null),
                new MediaFilter("clip", null, null, Visibility.PUBLIC, null, "everywhere", OWNER, null, null, null),
                MediaFilter.category(EVERYWHERE),
                MediaFilter.category(SELDOM),
                MediaFilter.category(EMPTY))) {
            questions.add(editable(filter.toString(), ADMIN, filter, Sort.NEWEST, null));
            questions.add(editable(filter.toString(), AUTHOR, filter, Sort.NEWEST, null));
            questions.add(new Question(
                    "public " + filter,
                    Caller.visitor(),
                    new MediaQuery(filter, Sort.NEWEST, Reach.VISIBLE, PAGE, null)));
        }
        questions.add(new Question("public", Caller.visitor(), MediaQuery.latest(PAGE)));
        questions.add(new Question("author's home", AUTHOR, MediaQuery.latest(PAGE)));
        return questions;
    }

    private static Question editable(String name, Caller caller, MediaFilter filter, Sort sort, String cursor) {
        return new Question(
                caller.role() + " " + name, caller, new MediaQuery(filter, sort, Reach.EDITABLE, PAGE, cursor));
    }

    private static void assertReadsFew(
            SoftAssertions softly, Connection connection, String name, Statement statement, boolean page)
            throws SQLException {
        JsonNode plan = plan(connection, statement);
        String nodes = nodes(plan);
        softly.assertThat(read(plan, false)).as("rows for %s: %s", name, nodes).isLessThan(page ? FEW : FEW_TO_COUNT);
        softly.assertThat(read(plan, true))
                .as("entries for %s: %s", name, nodes)
                .isLessThan(FEW_ENTRIES);
        if (page) {
            softly.assertThat(nodes).as(name).doesNotContain("Seq Scan");
        }
    }

    private static String nodes(JsonNode plan) {
        StringBuilder text = new StringBuilder(plan.get("Node Type").asText())
                .append(' ')
                .append(plan.path("Index Name").asText(""));
        plan.path("Plans").forEach(child -> text.append(" > ").append(nodes(child)));
        return text.toString();
    }

    private static JsonNode plan(Connection connection, Statement statement) throws SQLException {
        try (PreparedStatement explain =
                connection.prepareStatement("explain (analyze, timing off, format json) " + statement.text())) {
            int position = 1;
            for (Object argument : statement.arguments()) {
                explain.setObject(
                        position++,
                        argument instanceof Instant time ? time.atOffset(java.time.ZoneOffset.UTC) : argument);
            }
            try (ResultSet rows = explain.executeQuery()) {
                rows.next();
                return new ObjectMapper().readTree(rows.getString(1)).get(0).get("Plan");
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What every scan looked at, whether it kept it or not: in tables, or in bitmaps of an index. */
    private static long read(JsonNode plan, boolean bitmap) {
        long read = 0;
        String node = plan.get("Node Type").asText();
        if (node.endsWith("Scan") && node.equals("Bitmap Index Scan") == bitmap) {
            double each = plan.path("Actual Rows").asDouble()
                    + plan.path("Rows Removed by Filter").asDouble()
                    + plan.path("Rows Removed by Index Recheck").asDouble();
            read += Math.round(each * plan.path("Actual Loops").asDouble());
        }
        for (JsonNode child : plan.path("Plans")) {
            read += read(child, bitmap);
        }
        return read;
    }

    private static void fill(Connection connection) throws SQLException {
        try (java.sql.Statement sql = connection.createStatement()) {
            // Chance, but the same in every run, and without one property following from another.
            sql.execute(
                    """
                    create function pick(n bigint, property bigint, below bigint) returns bigint
                    language sql immutable return abs(hashint8extended(n, property) % below)""");
            sql.execute(
                    """
                    insert into media_article (id, owner, slug, title, title_chosen, kind, visibility, state, playable,
                        locale, translation_group, filename, media_type, original_bytes, original_sha256, revision,
                        version, created_at, updated_at, search_text, title_key, duration_millis)
                    select id, ('00000000-0000-0000-0000-' || lpad(pick(n, 1, 20)::text, 12, '0'))::uuid,
                        'clip-' || n, 'Clip ' || n, true,
                        case when pick(n, 2, 1000) = 0 then 'DOCUMENT' when pick(n, 2, 1000) < 100 then 'AUDIO'
                            else 'VIDEO' end,
                        case when pick(n, 3, 5) = 0 then 'PRIVATE' else 'PUBLIC' end,
                        case when pick(n, 4, 2000) = 0 then 'FAILED' else 'READY' end,
                        pick(n, 4, 2000) <> 0, 'en', id, 'x.mp4', 'video/mp4', pick(n, 5, 1000000), 'x', 1, n,
                        timestamptz '2001-01-01Z' + n * interval '1 hour',
                        timestamptz '2001-01-01Z' + n * interval '1 hour',
                        'clip ' || n || ' topic' || pick(n, 6, 1000), 'clip ' || lpad(n::text, 8, '0'),
                        pick(n, 7, 7200000)
                    from (select n, gen_random_uuid() as id from generate_series(1, 100000) n) numbered""");
            sql.execute(
                    """
                    insert into media_tag (article, key, name)
                    select id, 'everywhere', 'Everywhere' from media_article where pick(version, 8, 10) = 0
                    union all
                    select id, 'tag ' || pick(version, 9, 1000), 'Tag' from media_article""");
            for (UUID category : List.of(EVERYWHERE, SELDOM, EMPTY)) {
                for (UUID each : List.of(category, below(category))) {
                    sql.execute(
                            "insert into category (id, position, name, slug, locale, translation_group, created, changed)"
                                    + " values ('" + each + "', 0, 'x', '" + each + "', 'en', '" + each
                                    + "', now(), now())");
                }
            }
            sql.execute(
                    "insert into media_article_category (article, category) select id, case when version % 2 = 0 then '"
                            + EVERYWHERE + "'::uuid else '" + below(EVERYWHERE)
                            + "'::uuid end from media_article where pick(version, 10, 10) = 0 union all select id, '"
                            + below(SELDOM) + "'::uuid from media_article where pick(version, 11, 1000) = 0");
            sql.execute("analyze media_article, media_tag, category, media_article_category");
            // As the application asks; see Listing.
            sql.execute("set local plan_cache_mode = force_custom_plan");
        }
    }
}
