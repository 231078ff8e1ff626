package io.regie.core.news;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.regie.core.database.Sql;
import io.regie.core.pictures.Picture;
import io.regie.core.process.ProtocolJson;
import io.regie.core.richtext.RichDocument;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of news posts and editorials. */
@Singleton
class NewsPosts {

    private static final String COLUMNS =
            "SELECT id, kind, slug, title, body, published_at, locale, pictures, revision,"
                    + " created, changed FROM news_post ";

    /** What posts are listed by; a draft is later than everything. */
    private static final String LISTED = "coalesce(published_at, 'infinity')";

    private static final String DRAFTS = "infinity";

    /** Of two who reach for one slug at once the second waits for what the first one gets. */
    private static final long SLUGS = 7_301_965_544L;

    private final Sql sql;

    NewsPosts(Sql sql) {
        this.sql = sql;
    }

    /** Where a part of a list begins: after this post. */
    record After(@Nullable Instant publishedAt, UUID id) {}

    /**
     * Drafts first, then what is to come, then the newest.
     *
     * @param kind null for both
     * @param until what is out by then; null for everything
     */
    List<NewsPost> list(@Nullable NewsKind kind, @Nullable Instant until, @Nullable After after, int limit) {
        String word = kind == null ? null : kind.name();
        String from = after == null
                ? null
                : after.publishedAt() == null ? DRAFTS : after.publishedAt().toString();
        UUID last = after == null ? null : after.id();
        return sql.list(
                COLUMNS + "WHERE (?::text IS NULL OR kind = ?) AND (?::timestamptz IS NULL OR " + LISTED
                        + " <= ?::timestamptz) AND (?::text IS NULL OR (" + LISTED
                        + ", id) < (?::timestamptz, ?::uuid)) ORDER BY " + LISTED + " DESC, id DESC LIMIT ?",
                NewsPosts::read,
                word,
                word,
                until,
                until,
                from,
                from,
                last,
                limit);
    }

    Optional<NewsPost> find(UUID id) {
        return sql.find(COLUMNS + "WHERE id = ?", NewsPosts::read, id);
    }

    Optional<NewsPost> lock(UUID id) {
        return sql.find(COLUMNS + "WHERE id = ? FOR UPDATE", NewsPosts::read, id);
    }

    /** By its slug, or one that it once had. */
    Optional<NewsPost> findBySlug(String slug) {
        return sql.find(COLUMNS + "WHERE slug = ?", NewsPosts::read, slug)
                .or(() -> sql.find(
                        COLUMNS + "WHERE id = (SELECT post FROM news_old_slug WHERE slug = ?)", NewsPosts::read, slug));
    }

    /** Nobody else gets a slug until the transaction ends. */
    void lockSlugs() {
        sql.find("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?)) AS held", row -> 1, SLUGS);
    }

    /** Whether another post has it, or had it. */
    boolean slugTaken(String slug, UUID post) {
        return sql.find(
                        "SELECT 1 WHERE EXISTS (SELECT FROM news_post WHERE slug = ? AND id <> ?)"
                                + " OR EXISTS (SELECT FROM news_old_slug WHERE slug = ? AND post <> ?)",
                        row -> 1,
                        slug,
                        post,
                        slug,
                        post)
                .isPresent();
    }

    void insert(NewsPost post, @Nullable UUID author) {
        sql.update(
                """
                INSERT INTO news_post (id, kind, slug, title, body, published_at, locale, translation_group, author,
                        pictures, created, changed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                """,
                post.id(),
                post.kind().name(),
                post.slug(),
                post.title(),
                post.text() == null ? null : post.text().toString(),
                post.publishedAt(),
                post.locale(),
                post.id(),
                author,
                ProtocolJson.write(post.pictures()),
                post.created(),
                post.changed());
    }

    void update(NewsPost before, NewsPost post) {
        if (!before.slug().equals(post.slug())) {
            sql.update("DELETE FROM news_old_slug WHERE slug = ?", post.slug());
            sql.update("INSERT INTO news_old_slug (slug, post) VALUES (?, ?)", before.slug(), post.id());
        }
        sql.update(
                """
                UPDATE news_post SET kind = ?, slug = ?, title = ?, body = ?, published_at = ?, pictures = ?::jsonb,
                        revision = ?, changed = ?
                WHERE id = ?
                """,
                post.kind().name(),
                post.slug(),
                post.title(),
                post.text() == null ? null : post.text().toString(),
                post.publishedAt(),
                ProtocolJson.write(post.pictures()),
                post.revision(),
                post.changed(),
                post.id());
    }

    void delete(UUID id) {
        sql.update("DELETE FROM news_post WHERE id = ?", id);
    }

    List<String> keys() {
        return sql.list(
                "SELECT picture ->> 'key' FROM news_post, jsonb_array_elements(pictures) AS picture",
                row -> row.getString(1));
    }

    Set<String> keysAmong(Collection<String> keys) {
        return new HashSet<>(sql.list(
                "SELECT picture ->> 'key' FROM news_post, jsonb_array_elements(pictures) AS picture"
                        + " WHERE picture ->> 'key' = ANY (?::text[])",
                row -> row.getString(1),
                (Object) keys.toArray(String[]::new)));
    }

    private static NewsPost read(ResultSet row) throws SQLException {
        String text = row.getString("body");
        return new NewsPost(
                row.getObject("id", UUID.class),
                NewsKind.valueOf(row.getString("kind")),
                row.getString("slug"),
                row.getString("title"),
                text == null ? null : RichDocument.stored(text),
                row.getObject("published_at") == null ? null : instant(row, "published_at"),
                row.getString("locale"),
                pictures(row.getString("pictures")),
                row.getLong("revision"),
                instant(row, "created"),
                instant(row, "changed"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static List<Picture> pictures(String json) {
        try {
            return ProtocolJson.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A post's illustration is unreadable", e);
        }
    }
}
