package io.regie.core.categories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.regie.core.categories.CategoryTree.Node;
import io.regie.core.database.Sql;
import io.regie.core.pictures.Picture;
import io.regie.core.process.ProtocolJson;
import io.regie.core.richtext.RichDocument;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of categories. Who changes one holds the whole tree. */
@Singleton
public class Categories {

    private static final String COLUMNS =
            "SELECT id, parent, name, slug, body, locale, pictures, revision, created, changed FROM category ";

    /** Where two move at once the second sees what the first one did, or together they would close a circle. */
    private static final long TREE = 7_301_965_545L;

    private final Sql sql;

    Categories(Sql sql) {
        this.sql = sql;
    }

    public CategoryTree tree() {
        return new CategoryTree(sql.list(
                "SELECT id, parent, name, slug FROM category ORDER BY position, name, id",
                row -> new Node(
                        row.getObject("id", UUID.class),
                        row.getObject("parent", UUID.class),
                        row.getString("name"),
                        row.getString("slug"))));
    }

    /** Nobody else changes a category, or its place or slug, until the transaction ends. */
    void lockTree() {
        sql.find("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?)) AS held", row -> 1, TREE);
    }

    /** Without their texts, in no particular order. */
    List<Category> list() {
        return sql.list(
                "SELECT id, parent, name, slug, NULL AS body, locale, pictures, revision, created, changed FROM category",
                Categories::read);
    }

    Optional<Category> find(UUID id) {
        return sql.find(COLUMNS + "WHERE id = ?", Categories::read, id);
    }

    /** By its slug, or one that it once had. */
    Optional<Category> findBySlug(String slug) {
        return sql.find(COLUMNS + "WHERE slug = ?", Categories::read, slug)
                .or(() -> sql.find(
                        COLUMNS + "WHERE id = (SELECT category FROM category_old_slug WHERE slug = ?)",
                        Categories::read,
                        slug));
    }

    /** Whether another category has it, or had it. */
    boolean slugTaken(String slug, UUID category) {
        return sql.find(
                        "SELECT 1 WHERE EXISTS (SELECT FROM category WHERE slug = ? AND id <> ?)"
                                + " OR EXISTS (SELECT FROM category_old_slug WHERE slug = ? AND category <> ?)",
                        row -> 1,
                        slug,
                        category,
                        slug,
                        category)
                .isPresent();
    }

    /** First among its neighbours. */
    void insert(Category category) {
        sql.update(
                """
                INSERT INTO category (id, parent, position, name, slug, body, locale, translation_group, pictures, created,
                        changed)
                VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                """,
                category.id(),
                category.parent(),
                category.name(),
                category.slug(),
                text(category),
                category.locale(),
                category.id(),
                ProtocolJson.write(category.pictures()),
                category.created(),
                category.changed());
    }

    void update(Category before, Category category) {
        if (!before.slug().equals(category.slug())) {
            sql.update("DELETE FROM category_old_slug WHERE slug = ?", category.slug());
            sql.update("INSERT INTO category_old_slug (slug, category) VALUES (?, ?)", before.slug(), category.id());
        }
        sql.update(
                """
                UPDATE category SET parent = ?, name = ?, slug = ?, body = ?, pictures = ?::jsonb, revision = ?, changed = ?
                WHERE id = ?
                """,
                category.parent(),
                category.name(),
                category.slug(),
                text(category),
                ProtocolJson.write(category.pictures()),
                category.revision(),
                category.changed(),
                category.id());
    }

    /** Puts neighbours in this order. */
    void arrange(List<UUID> neighbours) {
        for (int i = 0; i < neighbours.size(); i++) {
            sql.update("UPDATE category SET position = ? WHERE id = ? AND position <> ?", i, neighbours.get(i), i);
        }
    }

    /** Deletes a category; what was right below it is where it was, and whoever looked at one of them sees that it moved. */
    void delete(Category category) {
        sql.update(
                "UPDATE category SET parent = ?, revision = revision + 1 WHERE parent = ?",
                category.parent(),
                category.id());
        sql.update("DELETE FROM category WHERE id = ?", category.id());
    }

    List<String> keys() {
        return sql.list(
                "SELECT picture ->> 'key' FROM category, jsonb_array_elements(pictures) AS picture",
                row -> row.getString(1));
    }

    Set<String> keysAmong(Collection<String> keys) {
        return new HashSet<>(sql.list(
                "SELECT picture ->> 'key' FROM category, jsonb_array_elements(pictures) AS picture"
                        + " WHERE picture ->> 'key' = ANY (?::text[])",
                row -> row.getString(1),
                (Object) keys.toArray(String[]::new)));
    }

    private static @Nullable String text(Category category) {
        return category.text() == null ? null : category.text().toString();
    }

    private static Category read(ResultSet row) throws SQLException {
        String text = row.getString("body");
        return new Category(
                row.getObject("id", UUID.class),
                row.getObject("parent", UUID.class),
                row.getString("name"),
                row.getString("slug"),
                text == null ? null : RichDocument.stored(text),
                row.getString("locale"),
                pictures(row.getString("pictures")),
                row.getLong("revision"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("changed", OffsetDateTime.class).toInstant());
    }

    private static List<Picture> pictures(String json) {
        try {
            return ProtocolJson.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A category's logo is unreadable", e);
        }
    }
}
