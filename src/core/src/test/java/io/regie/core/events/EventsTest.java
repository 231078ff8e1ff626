package io.regie.core.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Guarded;
import io.regie.core.access.Role;
import io.regie.core.access.Visibility;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventsTest {

    @TestHTTPResource("/api/v1/events")
    URL address;

    @Inject
    Events events;

    @Inject
    EventStreams streams;

    @Inject
    DataSource database;

    @Test
    void tellsOnlyThoseWhoMayKnow() throws Exception {
        User owner = TestAccounts.create(Role.AUTHOR);
        User other = TestAccounts.create(Role.AUTHOR);
        User editor = TestAccounts.create(Role.EDITOR);
        try (Listener own = listen(owner);
                Listener foreign = listen(other);
                Listener editing = listen(editor)) {
            String secret = publish(owner, Visibility.PRIVATE);
            String known = publish(owner, Visibility.PUBLIC);
            for (Listener listener : List.of(own, foreign, editing)) {
                await().until(() -> listener.heard(known));
            }
            assertThat(own.heard(secret)).isTrue();
            assertThat(editing.heard(secret)).isTrue();
            assertThat(foreign.heard(secret)).isFalse();
        }
    }

    @Test
    void saysNothingButTypeIdAndVersion() throws Exception {
        User owner = TestAccounts.create(Role.AUTHOR);
        try (Listener listener = listen(owner)) {
            String id = publish(owner, Visibility.PRIVATE);
            await().until(() -> listener.heard(id));
            assertThat(listener.lines).contains("data: {\"type\":\"media\",\"id\":\"" + id + "\",\"version\":7}");
        }
    }

    @Test
    void tellsWhatAPageMissedBeforeItListened() throws Exception {
        User owner = TestAccounts.create(Role.AUTHOR);
        User other = TestAccounts.create(Role.AUTHOR);
        try (Listener early = listen(owner)) {
            String id = publish(owner, Visibility.PRIVATE);
            await().until(() -> early.heard(id));
            String known = publish(owner, Visibility.PUBLIC);
            await().until(() -> early.heard(known));
            try (Listener late = listen(owner, "?missed=20000");
                    Listener foreign = listen(other, "?missed=20000");
                    Listener unasked = listen(owner)) {
                await().until(() -> late.heard(id) && late.heard(known) && foreign.heard(known));
                String next = publish(owner, Visibility.PUBLIC);
                await().until(() -> unasked.heard(next) && foreign.heard(next));
                assertThat(unasked.heard(known)).isFalse();
                assertThat(foreign.heard(id)).isFalse();
            }
        }
    }

    @Test
    void waitsForTheCommitAndForgetsWhatIsRolledBack() throws Exception {
        User owner = TestAccounts.create(Role.AUTHOR);
        try (Listener listener = listen(owner)) {
            String undone = UUID.randomUUID().toString();
            QuarkusTransaction.begin();
            events.publish(hint(undone, owner, Visibility.PUBLIC));
            QuarkusTransaction.rollback();
            String done = UUID.randomUUID().toString();
            QuarkusTransaction.begin();
            events.publish(hint(done, owner, Visibility.PUBLIC));
            String between = publishElsewhere(owner);
            await().until(() -> listener.heard(between));
            assertThat(listener.heard(done)).isFalse();
            QuarkusTransaction.commit();
            await().until(() -> listener.heard(done));
            assertThat(listener.heard(undone)).isFalse();
        }
    }

    @Test
    void revokedSessionHearsNothingMore() throws Exception {
        Browser browser = TestAccounts.create(Role.AUTHOR).signIn();
        try (Listener listener = new Listener(
                HttpRequest.newBuilder(address.toURI()).header("Cookie", "__Host-regie=" + browser.session()))) {
            String id = browser.asked().get("/api/v1/sessions").path("[0].id");
            browser.asked().delete("/api/v1/sessions/" + id).then().statusCode(204);
            await().atMost(Duration.ofSeconds(3)).until(() -> listener.ended);
        }
    }

    @Test
    void lostDatabaseConnectionEndsStreamsAndComesBack() throws Exception {
        User owner = TestAccounts.create(Role.AUTHOR);
        try (Listener listener = listen(owner)) {
            killListeningConnection();
            await().until(() -> listener.ended);
        }
        await().ignoreExceptions().until(() -> {
            try (Listener again = listen(owner)) {
                String id = publish(owner, Visibility.PRIVATE);
                await().atMost(Duration.ofSeconds(2)).until(() -> again.heard(id));
                return true;
            }
        });
    }

    @Test
    void clientsThatLeaveAreForgotten() throws Exception {
        User owner = TestAccounts.create(Role.AUTHOR);
        int before = streams.size();
        try (Listener listener = listen(owner)) {
            assertThat(listener.ended).isFalse();
            assertThat(streams.size()).isGreaterThan(before);
        }
        await().until(() -> {
            publish(owner, Visibility.PUBLIC);
            return streams.size() <= before;
        });
    }

    @Test
    void visitorsAndNarrowTokensDoNotListen() {
        given().get("/api/v1/events").then().statusCode(401);
        given().header(
                        "Authorization",
                        "Bearer " + TestAccounts.create(Role.AUTHOR).token("admin"))
                .get("/api/v1/events")
                .then()
                .statusCode(403);
    }

    private String publish(User owner, Visibility visibility) {
        String id = UUID.randomUUID().toString();
        events.publish(hint(id, owner, visibility));
        return id;
    }

    private String publishElsewhere(User owner) throws Exception {
        String[] id = new String[1];
        Thread elsewhere = new Thread(() -> id[0] = publish(owner, Visibility.PUBLIC));
        elsewhere.start();
        elsewhere.join();
        return id[0];
    }

    private static Hint hint(String id, User owner, Visibility visibility) {
        return new Hint("media", id, 7, new Guarded(owner.id(), visibility));
    }

    private void killListeningConnection() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection
                    .createStatement()
                    .execute("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %'");
        }
    }

    private Listener listen(User user) throws Exception {
        return listen(user, "");
    }

    private Listener listen(User user, String query) throws Exception {
        return new Listener(
                HttpRequest.newBuilder(URI.create(address + query)).header("Authorization", "Bearer " + user.token()));
    }

    /** A client that reads lines until its stream ends. */
    private static final class Listener implements AutoCloseable {

        final List<String> lines = new CopyOnWriteArrayList<>();
        volatile boolean ended;
        private final InputStream body;

        Listener(HttpRequest.Builder request) throws Exception {
            HttpResponse<InputStream> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            body = response.body();
            Thread reader = new Thread(this::read, "test-listener");
            reader.setDaemon(true);
            reader.start();
            await().until(() -> !lines.isEmpty());
        }

        boolean heard(String id) {
            return lines.stream().anyMatch(line -> line.contains(id));
        }

        private void read() {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException closed) {
                // By us or by the server; both end it.
            }
            ended = true;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
