package io.regie.core;

import io.agroal.api.AgroalDataSource;
import io.regie.core.storage.Storage;
import io.regie.core.storage.Stored;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One of everybody and everything that rights are about, put into the database as features would leave it. */
@Singleton
public class Population {

    /** Who asks. */
    public enum Who {
        VISITOR,
        CONTRIBUTOR,
        /** Owns every thing. */
        AUTHOR,
        OTHER,
        EDITOR,
        ADMIN,
        /** The author's session of long ago. */
        EXPIRED,
        /** An editor who was disabled a moment ago. */
        DISABLED,
        /** The administrator's token for reading media. */
        READER;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public UUID account() {
            return named(this == EXPIRED ? "author" : this == READER ? "admin" : word());
        }

        String secret() {
            return "secret-of-" + word();
        }

        /** What a page's forms and scripts of this person send back. */
        public String csrf() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("csrf:" + secret()));
        }

        /** Name and value of the header that says who it is; empty for visitors. */
        public List<String> credential() {
            return switch (this) {
                case VISITOR -> List.of();
                case READER -> List.of("Authorization", "Bearer " + secret());
                default -> List.of("Cookie", "__Host-regie=" + secret());
            };
        }
    }

    /** A thing in each state that rights depend on. The letter stands for it where things are listed. */
    public enum Thing {
        PUBLIC('p', "PUBLIC"),
        UNLISTED('u', "UNLISTED"),
        PRIVATE('x', "PRIVATE"),
        /** Public once somebody publishes it. */
        DRAFT('d', "PUBLIC"),
        /** Public tomorrow. */
        SCHEDULED('s', "PUBLIC"),
        /** Was public. */
        TRASHED('t', "PUBLIC");

        public final char letter;
        private final String visibility;

        Thing(char letter, String visibility) {
            this.letter = letter;
            this.visibility = visibility;
        }

        /** Whether it does not exist for strangers. */
        public boolean hidden() {
            return this != PUBLIC && this != UNLISTED;
        }

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public UUID article() {
            return named("article " + word());
        }

        public String title() {
            return "Canary " + article();
        }

        /** The news post in the same state, where there is one: they are for everybody, or not out yet. */
        public UUID news() {
            return named("news " + word());
        }

        boolean hasNews() {
            return this == PUBLIC || this == DRAFT || this == SCHEDULED;
        }

        UUID part(String part) {
            return named(part + " of " + word());
        }

        /** What stands for the placeholders in addresses and bodies. */
        public Map<String, String> names() {
            Map<String, String> names = new LinkedHashMap<>();
            names.put("article", article().toString());
            names.put("news", news().toString());
            for (String part : List.of(
                    "job", "rendition", "poster", "sheet", "download", "animation", "caption", "annex", "upload")) {
                names.put(part, part(part).toString());
            }
            return names;
        }
    }

    /** A password hash that nobody has the password of. */
    private static final String HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$/bBYHQ5sKKXCK339tECLQQaYWRSe86cRovRjUg7O26s";

    private final AgroalDataSource database;
    private final Storage storage;
    private final InstantSource clock;
    private @Nullable Stored film;
    private @Nullable Stored picture;

    Population(AgroalDataSource database, Storage storage, InstantSource clock) {
        this.database = database;
        this.storage = storage;
        this.clock = clock;
    }

    /** The session, token or account that stands for such a thing of somebody, and the category that all things are in. */
    public static Map<String, String> names() {
        return Map.of(
                "category", category().toString(),
                "account", Who.CONTRIBUTOR.account().toString(),
                "session", named("session author").toString(),
                "token", named("token author").toString());
    }

    /** Puts everybody and everything back as it was. */
    public void renew() throws SQLException, IOException {
        if (film == null || picture == null || !storage.exists(film.key()) || !storage.exists(picture.key())) {
            film = store("mp4");
            picture = store("jpg");
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            clear(connection);
            for (Who who : Who.values()) {
                add(connection, who);
            }
            addCategory(connection, picture);
            for (Thing thing : Thing.values()) {
                add(connection, thing, film, picture);
            }
            connection.commit();
        }
    }

    /** Leaves nothing of them to other tests. */
    public void clear() throws SQLException {
        try (Connection connection = database.getConnection()) {
            clear(connection);
        }
    }

    private static UUID category() {
        return named("category");
    }

    private static void clear(Connection connection) throws SQLException {
        for (Who who : Who.values()) {
            UUID account = who.account();
            run(connection, "delete from job where owner = ?", account);
            run(connection, "delete from upload where owner = ?", account);
            run(connection, "delete from media_article where owner = ?", account);
            run(connection, "delete from account where id = ?", account);
        }
        for (Thing thing : Thing.values()) {
            run(connection, "delete from news_post where id = ?", thing.news());
        }
        run(connection, "delete from news_post where title like 'Fresh %'");
        run(connection, "delete from category where id = ? or name like 'Fresh %'", category());
        run(connection, "delete from setting where key = 'site.featured'");
        run(connection, "delete from account where email like '%@population.example'");
    }

    private void add(Connection connection, Who who) throws SQLException {
        Object now = clock.instant().atOffset(ZoneOffset.UTC);
        if (who == Who.VISITOR) {
            return;
        }
        String role =
                switch (who) {
                    case AUTHOR, OTHER, EXPIRED -> "AUTHOR";
                    case DISABLED -> "EDITOR";
                    case READER -> "ADMIN";
                    default -> who.name();
                };
        if (who != Who.EXPIRED && who != Who.READER) {
            run(
                    connection,
                    "insert into account (id, email, name, role, password_hash, disabled, created, version)"
                            + " values (?, ?, ?, ?, ?, ?, ?, 1)",
                    who.account(),
                    who.word() + "@population.example",
                    "Population " + who.word(),
                    role,
                    HASH,
                    who == Who.DISABLED,
                    now);
        }
        if (who == Who.READER) {
            token(connection, who, "media:read", who.secret());
            return;
        }
        if (who == Who.AUTHOR) {
            token(connection, who, "*", "another-secret");
        }
        run(
                connection,
                "insert into session (id, account, hash, created, last_seen, expires) values (?, ?, ?, ?, ?, ?)",
                named("session " + who.word()),
                who.account(),
                sha256(who.secret()),
                now,
                now,
                clock.instant().plusSeconds(who == Who.EXPIRED ? -1 : 3600).atOffset(ZoneOffset.UTC));
    }

    private void token(Connection connection, Who who, String scopes, String secret) throws SQLException {
        Object now = clock.instant().atOffset(ZoneOffset.UTC);
        run(
                connection,
                "insert into api_token (id, account, name, hash, scopes, created, last_used)"
                        + " values (?, ?, 'Population', ?, ?, ?, ?)",
                named("token " + who.word()),
                who.account(),
                sha256(secret),
                scopes,
                now,
                now);
    }

    private void add(Connection connection, Thing thing, Stored film, Stored picture) throws SQLException {
        Object now = clock.instant().atOffset(ZoneOffset.UTC);
        UUID owner = Who.AUTHOR.account();
        UUID job = thing.part("job");
        run(
                connection,
                "insert into media_article (id, owner, slug, title, title_chosen, kind, visibility, state, playable,"
                        + " locale, translation_group, filename, media_type, original_key, original_bytes,"
                        + " original_sha256, revision, version, created_at, updated_at, trashed_at, published_at) values"
                        + " (?, ?, ?, ?, true, 'VIDEO', ?, 'READY', true, 'en', ?, 'x.mp4', 'video/mp4', ?, ?, ?, 1, 1, ?,"
                        + " ?, ?, ?)",
                thing.article(),
                owner,
                "canary-" + thing.article(),
                thing.title(),
                thing.visibility,
                thing.article(),
                film.key(),
                film.bytes(),
                film.sha256(),
                now,
                now,
                thing == Thing.TRASHED ? now : null,
                switch (thing) {
                    case DRAFT -> null;
                    case SCHEDULED -> clock.instant().plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC);
                    default -> now;
                });
        run(
                connection,
                "insert into media_article_category (article, category) values (?, ?)",
                thing.article(),
                category());
        if (thing.hasNews()) {
            addNews(connection, thing, picture);
        }
        run(
                connection,
                "insert into rendition (id, article, job, job_type, attempt, name, state, track, codecs, width, height,"
                        + " frame_rate, channels, sample_rate, peak_bandwidth, average_bandwidth, init_offset,"
                        + " init_length, storage_key, sha256, bytes, segments, finished_at) values (?, ?, ?,"
                        + " 'none.nothing', 1, 'video', 'FINISHED', 'VIDEO', 'avc1.64001e', 640, 360, 25, 0, 0, 1000,"
                        + " 1000, 0, 2, ?, ?, ?, '0,4000000,2,2', ?)",
                thing.part("rendition"),
                thing.article(),
                job,
                film.key(),
                film.sha256(),
                film.bytes(),
                now);
        attach(connection, thing, "poster", "POSTER", "image/jpeg", picture);
        attach(connection, thing, "sheet", "STORYBOARD", "image/jpeg", picture);
        attach(connection, thing, "download", "DOWNLOAD", "video/mp4", film);
        attach(connection, thing, "animation", "ANIMATION", "video/mp4", film);
        run(
                connection,
                "insert into caption_track (id, article, kind, language, label, standard, cues, cue_count, revision,"
                        + " created_at, updated_at) values (?, ?, 'CAPTIONS', 'en', 'English', true, ?, 1, 1, ?, ?)",
                thing.part("caption"),
                thing.article(),
                "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nHello\n",
                now,
                now);
        run(
                connection,
                "insert into media_annex (id, article, position, title, filename, media_type, storage_key, sha256, bytes,"
                        + " created_at) values (?, ?, 0, 'Annex', 'x.txt', 'application/octet-stream', ?, ?, ?, ?)",
                thing.part("annex"),
                thing.article(),
                film.key(),
                film.sha256(),
                film.bytes(),
                now);
        run(
                connection,
                "insert into chapter_list (article, chapters, revision, updated_at) values (?, ?, 1, ?)",
                thing.article(),
                "[{\"start\":0,\"title\":\"Start\"}]",
                now);
        run(
                connection,
                "insert into job (id, type, pool, ticket, subject, owner, inputs, parameters, state, created, queued,"
                        + " ended) values (?, 'none.nothing', 'BATCH', ?, ?, ?, '[]', '{}', 'SUCCEEDED', ?, ?, ?)",
                job,
                job,
                thing.article(),
                owner,
                now,
                now,
                now);
        run(
                connection,
                "insert into upload (id, owner, filename, visibility, length, reserved, acknowledged, state, article,"
                        + " created, expires) values (?, ?, 'x.mp4', ?, 4, 4, 4, 'FINISHED', ?, ?, ?)",
                thing.part("upload"),
                owner,
                thing.visibility,
                thing.article(),
                now,
                clock.instant().plusSeconds(3600).atOffset(ZoneOffset.UTC));
    }

    private void addCategory(Connection connection, Stored picture) throws SQLException {
        Object now = clock.instant().atOffset(ZoneOffset.UTC);
        run(
                connection,
                "insert into category (id, position, name, slug, locale, translation_group, pictures, created, changed)"
                        + " values (?, 0, 'Canary', ?, 'en', ?, jsonb_build_array(jsonb_build_object('key', ?, 'sha256', ?,"
                        + " 'bytes', ?::int, 'width', 64, 'height', 36)), ?, ?)",
                category(),
                category().toString(),
                category(),
                picture.key(),
                picture.sha256(),
                picture.bytes(),
                now,
                now);
    }

    private void addNews(Connection connection, Thing thing, Stored picture) throws SQLException {
        Object now = clock.instant().atOffset(ZoneOffset.UTC);
        run(
                connection,
                "insert into news_post (id, kind, slug, title, published_at, locale, translation_group, pictures, created,"
                        + " changed) values (?, 'NEWS_POST', ?, ?, ?, 'en', ?, jsonb_build_array(jsonb_build_object('key', ?,"
                        + " 'sha256', ?, 'bytes', ?::int, 'width', 64, 'height', 36)), ?, ?)",
                thing.news(),
                thing.news().toString(),
                "Canary " + thing.news(),
                switch (thing) {
                    case DRAFT -> null;
                    case SCHEDULED -> clock.instant().plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC);
                    default -> now;
                },
                thing.news(),
                picture.key(),
                picture.sha256(),
                picture.bytes(),
                now,
                now);
    }

    private void attach(Connection connection, Thing thing, String part, String role, String type, Stored file)
            throws SQLException {
        run(
                connection,
                "insert into attachment (id, article, job, role, name, media_type, storage_key, sha256, bytes, width,"
                        + " height, storyboard, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 64, 36, ?, ?)",
                thing.part(part),
                thing.article(),
                thing.part("job"),
                role,
                part,
                type,
                file.key(),
                file.sha256(),
                file.bytes(),
                role.equals("STORYBOARD")
                        ? "{\"tileWidth\":64,\"tileHeight\":36,\"columns\":1,\"starts\":[0.0]}"
                        : null,
                clock.instant().atOffset(ZoneOffset.UTC));
    }

    private Stored store(String extension) throws IOException {
        Path file = Files.createTempFile("population", "." + extension);
        Files.writeString(file, "four");
        try {
            return storage.copy(file, extension);
        } finally {
            Files.delete(file);
        }
    }

    private static void run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof byte[] bytes) {
                    statement.setBytes(i + 1, bytes);
                } else {
                    statement.setObject(i + 1, values[i]);
                }
            }
            statement.executeUpdate();
        }
    }

    private static UUID named(String name) {
        return UUID.nameUUIDFromBytes(("population " + name).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
