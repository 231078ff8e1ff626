package io.regie.core.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.database.Sql;
import io.regie.core.live.LiveRun.Kind;
import io.regie.core.media.RecordingArticles;
import io.regie.core.settings.SettingsService;
import io.regie.core.storage.Storage;
import io.regie.core.storage.StorageRoom;
import io.regie.core.storage.Stored;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a year before all other recordings, so that those of other tests are too young to go. */
@QuarkusTest
class DeleteOldRecordingsTest {
    private static final Instant NOW = Instant.parse("2001-06-30T12:00:00Z");
    private static User owner;

    @Inject
    RecordingArticles articles;

    @Inject
    LiveRuns runs;

    @Inject
    Deletions deletions;

    @Inject
    SettingsService site;

    @Inject
    Storage storage;

    @Inject
    Sql sql;

    @TempDir
    Path folder;

    private final Map<UUID, String> files = new HashMap<>();
    private final List<UUID> made = new ArrayList<>();
    private final List<UUID> streams = new ArrayList<>();
    /** What is free of the disk, and how much more with each recording that goes. */
    private double free = 0.5;

    private static final double EACH = 0.04;

    private static final long DISK = 1000;
    /** Whether it says so at once. */
    private boolean prompt = true;

    @BeforeEach
    void register() {
        owner = owner == null ? TestAccounts.create(Role.AUTHOR) : owner;
    }

    @BeforeEach
    @AfterEach
    void clear() {
        sql.update("DELETE FROM live_deletion");
        sql.update("DELETE FROM media_article WHERE recorded_at < ?", Instant.parse("2002-01-01T00:00:00Z"));
    }

    @Test
    void deletesNothingUnlessToldTo() throws Exception {
        UUID old = recording(3000);
        free = 0.001;
        run(0, 0);
        assertThat(left()).containsExactly(old);
        assertThat(deletions.last()).isEmpty();
    }

    @Test
    void deletesRecordingsThatAreTooOldAndNothingElse() throws Exception {
        UUID old = recording(8);
        UUID young = recording(6);
        UUID kept = recording(9);
        keep(kept);
        UUID running = recording(10);
        sql.update("UPDATE media_article SET recorded_at = NULL, state = 'PROCESSING' WHERE id = ?", running);
        UUID uploaded = recording(20);
        sql.update("UPDATE media_article SET recorded_at = NULL WHERE id = ?", uploaded);
        UUID trashed = recording(8);
        sql.update("UPDATE media_article SET trashed_at = ? WHERE id = ?", NOW, trashed);

        run(7, 0);

        assertThat(left()).containsExactly(young, kept, running, uploaded, trashed);
        assertThat(storage.exists(files.get(old))).isFalse();
        assertThat(storage.exists(files.get(young))).isTrue();
        assertThat(deletions.last()).singleElement().satisfies(deletion -> {
            assertThat(deletion.title()).isEqualTo("Day 8");
            assertThat(deletion.cause()).isEqualTo("age");
        });
        run(7, 0);
        assertThat(left()).hasSize(5);
    }

    @Test
    void keepsThemAsLongAsTheirStreamSays() throws Exception {
        UUID shorter = recording(4, 3);
        UUID longer = recording(40, 60);
        UUID ever = recording(400, 0);
        UUID usual = recording(8);

        run(0, 0);
        assertThat(left()).as("only what its stream says").containsExactly(longer, ever, usual);
        run(7, 0);
        assertThat(left()).containsExactly(longer, ever);
        free = 0.01;
        run(7, 90);
        assertThat(left()).as("for ever is for ever").containsExactly(ever);
        assertThat(sql.find("SELECT 1 FROM media_article WHERE id = ?", row -> row.getInt(1), shorter))
                .isEmpty();
    }

    @Test
    void keepsThemAsTheirStreamSaidWhenItIsGone() throws Exception {
        UUID longer = recording(40, 60);
        UUID ever = recording(400, 0);
        for (UUID stream : streams) {
            given().spec(owner.asked())
                    .delete("/api/v1/live-streams/" + stream)
                    .then()
                    .statusCode(204);
        }
        run(7, 0);
        assertThat(left()).containsExactly(longer, ever);
    }

    @Test
    void keepsForEverWhatOneOfTwoStreamsKeepsForEver() throws Exception {
        UUID both = recording(400, 0);
        recordedBy(both, 3);
        run(7, 0);
        assertThat(left()).containsExactly(both);
    }

    @Test
    void makesRoomFromTheOldestOnUntilThereIsEnough() throws Exception {
        UUID third = recording(3);
        UUID oldest = recording(5);
        UUID second = recording(4);
        UUID kept = recording(50);
        keep(kept);
        free = 0.05;

        run(0, 5);
        assertThat(left()).hasSize(4);
        run(0, 12);

        assertThat(left()).containsExactly(third, kept);
        assertThat(storage.exists(files.get(oldest))).isFalse();
        assertThat(storage.exists(files.get(second))).isFalse();
        assertThat(deletions.last()).extracting(Deletions.Deletion::cause).containsExactly("space", "space");

        free = 0;
        run(0, 50);
        assertThat(left()).as("what is kept stays, however full the disk is").containsExactly(kept);
    }

    /** Somebody watches what was deleted, so its blocks are not free yet. */
    @Test
    void deletesNoMoreThanIsLackingWhenRoomComesLate() throws Exception {
        UUID third = recording(3);
        recording(5);
        recording(4);
        free = 0.05;
        prompt = false;
        run(0, 12);
        assertThat(left()).containsExactly(third);
    }

    @Test
    void isSetByAdministratorsOnly() {
        Map<String, Object> wanted = Map.of("keepDays", 36_500, "minFreePercent", 1);
        given().spec(owner.asked())
                .contentType(ContentType.JSON)
                .body(wanted)
                .put("/api/v1/live-settings")
                .then()
                .statusCode(403);
        settings(wanted).statusCode(200).body("keepDays", equalTo(36_500)).body("minFreePercent", equalTo(1));
        settings(Map.of("keepDays", 0))
                .statusCode(200)
                .body("keepDays", equalTo(0))
                .body("minFreePercent", equalTo(1));
        settings(Map.of("keepDays", -1)).statusCode(400);
        settings(Map.of("keepDays", 40_000)).statusCode(400);
        settings(Map.of("minFreePercent", 91)).statusCode(400);
        settings(Map.of("minFreePercent", 0)).statusCode(200);
    }

    private static io.restassured.response.ValidatableResponse settings(Map<String, Object> wanted) {
        return given().spec(TestAccounts.ADMIN.asked())
                .contentType(ContentType.JSON)
                .body(wanted)
                .put("/api/v1/live-settings")
                .then();
    }

    private void run(int keepDays, int minFreePercent) {
        LiveSettings settings = new LiveSettings(site) {
            @Override
            public int keepDays() {
                return keepDays;
            }

            @Override
            public int minFreePercent() {
                return minFreePercent;
            }
        };
        StorageRoom room = new StorageRoom(folder) {
            private final int before = left().size();

            @Override
            public double freeShare() {
                return prompt ? free + EACH * (before - left().size()) : free;
            }

            @Override
            public long size() {
                return DISK;
            }
        };
        new DeleteOldRecordings(articles, runs, settings, deletions, room, () -> NOW).run();
    }

    /** A recording that ended so many days ago. */
    private UUID recording(int days) throws Exception {
        UUID article = QuarkusTransaction.requiringNew().call(() -> articles.begin(owner.id(), "Day " + days));
        Stored file = storage.take(Files.writeString(folder.resolve(article + ".mp4"), article.toString()), "mp4");
        sql.update(
                "UPDATE media_article SET recorded_at = ?, state = 'READY', original_key = ?, original_sha256 = ?,"
                        + " original_bytes = ? WHERE id = ?",
                NOW.minus(Duration.ofDays(days)),
                file.key(),
                file.sha256(),
                Math.round(EACH * DISK),
                article);
        files.put(article, file.key());
        made.add(article);
        return article;
    }

    /** @param keepDays as its stream says */
    private UUID recording(int days, int keepDays) throws Exception {
        UUID article = recording(days);
        recordedBy(article, keepDays);
        return article;
    }

    private void recordedBy(UUID article, int keepDays) {
        UUID stream = UUID.randomUUID();
        streams.add(stream);
        sql.update(
                "INSERT INTO live_stream (id, owner, name, address, keep_days, created, changed)"
                        + " VALUES (?, ?, 'Quay', 'rtsp://9.9.9.9:554/', ?, ?, ?)",
                stream,
                owner.id(),
                keepDays,
                NOW,
                NOW);
        UUID job = UUID.randomUUID();
        runs.insert(job, stream, Kind.RECORD, article, null, false);
        runs.end(job, "STOPPED", Map.of(), Map.of(), null);
    }

    private static void keep(UUID article) {
        given().spec(owner.asked())
                .contentType(ContentType.JSON)
                .body(Map.of("kept", true))
                .patch("/api/v1/media/" + article)
                .then()
                .statusCode(200)
                .body("kept", equalTo(true));
    }

    /** Those of this test that are still there, in the order in which they were made. */
    private List<UUID> left() {
        List<UUID> there = sql.list(
                "SELECT id FROM media_article WHERE id = ANY (?::uuid[])",
                row -> row.getObject(1, UUID.class),
                Arrays.toString(made.toArray()).replace('[', '{').replace(']', '}'));
        return made.stream().filter(there::contains).toList();
    }
}
