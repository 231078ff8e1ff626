package io.regie.core.site;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.RegieTestResource;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.testkit.Images;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posters that people send. Those taken from a video are tested where there is one, in the editor. */
@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class PosterTest {

    private static final String SCRIPT = "/*<script>alert(1)</script>*/";

    @Inject
    ArticleRows articles;

    @Inject
    AgroalDataSource database;

    @TempDir
    Path folder;

    private String token;
    private UUID id;

    @BeforeEach
    void add() {
        User author = TestAccounts.create(Role.AUTHOR);
        token = author.token();
        id = articles.add(author.id(), "Film", "PUBLIC", "READY", true);
    }

    @Test
    void drawsTheImageAgainAndKeepsNothingOfWhatWasSent() throws IOException {
        Path gif = Images.gif(folder.resolve("a.gif"), 640, 360);
        Files.writeString(gif, SCRIPT, StandardCharsets.UTF_8, StandardOpenOption.APPEND);

        String url =
                put(Files.readAllBytes(gif)).then().statusCode(200).extract().path("posterUrl");

        Response poster = given().get(url);
        assertThat(poster.contentType()).isEqualTo("image/jpeg");
        assertThat(new String(poster.asByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("script");
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(poster.asByteArray()));
        assertThat(drawn.getWidth()).isEqualTo(640);
    }

    @Test
    void turnsAndShrinksPhotographs() throws IOException {
        put(Files.readAllBytes(Images.orientedJpeg(folder.resolve("a.jpg"), 4000, 3000, 6, "A camera")))
                .then()
                .statusCode(200);

        byte[] poster = given().get(article().path("posterUrl").toString()).asByteArray();
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(poster));
        assertThat(drawn.getHeight()).isEqualTo(1920);
        assertThat(drawn.getWidth()).isEqualTo(1440);
        assertThat(new String(poster, StandardCharsets.ISO_8859_1)).doesNotContain("A camera");
    }

    @Test
    void chosenPosterStaysAboveWhatJobsMakeLater() throws IOException {
        String chosen = put(Files.readAllBytes(Images.png(folder.resolve("a.png"), 320, 180)))
                .then()
                .extract()
                .path("posterUrl");
        addPosterOfJob();
        article().then().body("posterUrl", equalTo(chosen)).body("posterChosen", equalTo(true));

        String second = put(Files.readAllBytes(Images.png(folder.resolve("b.png"), 200, 100)))
                .then()
                .extract()
                .path("posterUrl");
        article().then().body("posterUrl", equalTo(second));
        // Whoever looks at the page still gets the old one.
        given().get(chosen).then().statusCode(200);

        asked().delete("/api/v1/media/" + id + "/poster").then().statusCode(200).body("posterChosen", equalTo(false));
        assertThat(article().path("posterUrl").toString()).isNotEqualTo(second);
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        put("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(415);
        put("<!doctype html><script>1</script>".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(415);
        put("%PDF-1.7".getBytes(StandardCharsets.UTF_8)).then().statusCode(415);
        put(new byte[0]).then().statusCode(415);
        byte[] cut = Files.readAllBytes(Images.png(folder.resolve("a.png"), 320, 180));
        put(Arrays.copyOf(cut, 60)).then().statusCode(422).body("reason", equalTo("media-refused-unreadable"));
        put(Files.readAllBytes(Images.pngOfClaimedSize(folder.resolve("bomb.png"), 30_000, 30_000)))
                .then()
                .statusCode(422)
                .body("reason", equalTo("media-refused-too-many-pixels"));
        article().then().body("posterUrl", nullValue());
    }

    @Test
    void refusesWhatIsTooLargeBeforeAndWhileItComes() {
        byte[] large = new byte[(16 << 20) + 1];
        assertThat(put(large).statusCode()).isEqualTo(413);
    }

    @Test
    void onlyMakersChoose() throws IOException {
        byte[] image = Files.readAllBytes(Images.png(folder.resolve("a.png"), 32, 32));
        String path = "/api/v1/media/" + id + "/poster";
        given().contentType("image/png").body(image).put(path).then().statusCode(401);
        User other = TestAccounts.create(Role.AUTHOR);
        other.asked().contentType("image/png").body(image).put(path).then().statusCode(403);
        other.asked()
                .contentType("application/json")
                .body("{\"time\":1}")
                .post(path)
                .then()
                .statusCode(403);
        other.asked().delete(path).then().statusCode(403);
        asked().contentType("application/json")
                .body("{\"time\":1}")
                .post(path)
                .then()
                .statusCode(409);
        asked().contentType("application/json")
                .body("{\"time\":-1}")
                .post(path)
                .then()
                .statusCode(400);
        asked().contentType("application/json")
                .body("{\"time\":\"1\"}")
                .post(path)
                .then()
                .statusCode(400);
    }

    private Response put(byte[] image) {
        return asked().contentType("image/png").body(image).put("/api/v1/media/" + id + "/poster");
    }

    private Response article() {
        return asked().get("/api/v1/media/" + id);
    }

    private RequestSpecification asked() {
        return given().header("Authorization", "Bearer " + token);
    }

    private void addPosterOfJob() {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into attachment (id, article, job, role, name, media_type, storage_key, sha256, bytes,"
                                + " width, height, created_at) values (?, ?, ?, 'POSTER', 'poster', 'image/jpeg',"
                                + " 'aa/job.jpg', 'x', 1, 1, 1, now() + interval '1 hour')")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setObject(2, id);
            insert.setObject(3, UUID.randomUUID());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
