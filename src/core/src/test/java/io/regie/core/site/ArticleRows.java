package io.regie.core.site;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Puts articles into the database as uploads and jobs would leave them. */
@ApplicationScoped
public class ArticleRows {

    private final AgroalDataSource database;

    ArticleRows(AgroalDataSource database) {
        this.database = database;
    }

    /** One article. @param state {@code PROCESSING}, {@code READY} or {@code FAILED} */
    public UUID add(UUID owner, String title, String visibility, String state, boolean playable) {
        UUID id = UUID.randomUUID();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into media_article (id, owner, slug, title, title_chosen, kind, visibility, state,"
                                + " playable, failure_reason, failure, locale, translation_group, filename, media_type,"
                                + " original_bytes, original_sha256, revision, version, created_at, updated_at, search_text)"
                                + " values (?, ?, ?, ?, true, 'VIDEO', ?, ?, ?, ?, ?, 'en', ?, 'x.mp4', 'video/mp4',"
                                + " 1, 'x', 1, 1, now(), now(), lower(?))")) {
            insert.setObject(1, id);
            insert.setObject(2, owner);
            insert.setString(3, "slug-" + id);
            insert.setString(4, title);
            insert.setString(5, visibility);
            insert.setString(6, state);
            insert.setBoolean(7, playable);
            insert.setString(8, state.equals("FAILED") ? "odd" : null);
            insert.setString(9, state.equals("FAILED") ? "The secret reason." : null);
            insert.setObject(10, id);
            insert.setString(11, title.replaceAll("[^A-Za-z0-9]+", " "));
            insert.executeUpdate();
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
