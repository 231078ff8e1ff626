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
import io.regie.core.media.DownloadRule;
import io.regie.core.media.Downloads;
import io.regie.core.storage.Storage;
import io.regie.core.storage.Stored;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may take an article's file home, by its direct address as by its page. */
@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class DownloadRuleTest {

    @Inject
    ArticleRows articles;

    @Inject
    AgroalDataSource database;

    @Inject
    Storage storage;

    @Inject
    Downloads downloads;

    @TempDir
    Path folder;

    private String author;
    private UUID id;
    private String download;
    private String shown;

    @BeforeEach
    void add() throws Exception {
        User maker = TestAccounts.create(Role.AUTHOR);
        author = maker.token();
        id = articles.add(maker.id(), "Film", "PUBLIC", "READY", true);
        Stored file = storage.take(Files.writeString(folder.resolve("film.mp4"), "film " + id), "mp4");
        UUID attachment = UUID.randomUUID();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into attachment (id, article, role, name, media_type, storage_key, sha256, bytes, width,"
                                + " height, created_at) values (?, ?, 'DOWNLOAD', 'download', 'video/mp4', ?, ?, ?, 0, 0,"
                                + " now())")) {
            insert.setObject(1, attachment);
            insert.setObject(2, id);
            insert.setString(3, file.key());
            insert.setString(4, file.sha256());
            insert.setLong(5, file.bytes());
            insert.executeUpdate();
        }
        download = "/media/" + id + "/downloads/" + attachment + ".mp4";
        shown = "/media/" + id + "/files/" + attachment + ".mp4";
    }

    @AfterEach
    void everybodyMay() {
        downloads.changeStandard(DownloadRule.YES);
    }

    @ParameterizedTest
    @CsvSource({"yes,200,200", "signed_in,401,200", "no,403,403"})
    void holdsAtTheAddressItself(String rule, int visitor, int member) {
        say(rule);
        String other = TestAccounts.create(Role.CONTRIBUTOR).token();
        for (String address : new String[] {download, shown}) {
            given().get(address).then().statusCode(visitor);
            given().head(address).then().statusCode(visitor);
            given().header("Range", "bytes=0-1").get(address).then().statusCode(visitor == 200 ? 206 : visitor);
            as(other).get(address).then().statusCode(member);
            as(author).get(address).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"yes,true,true", "signed_in,false,true", "no,false,false"})
    void isOfferedToWhoeverMay(String rule, boolean visitor, boolean member) {
        say(rule);
        String other = TestAccounts.create(Role.CONTRIBUTOR).token();
        String path = "/api/v1/media/" + id;
        given().get(path).then().body("downloadUrl", visitor ? equalTo(download) : nullValue());
        as(other).get(path).then().body("downloadUrl", member ? equalTo(download) : nullValue());
        as(author).get(path).then().body("downloadUrl", equalTo(download)).body("downloads", equalTo(rule));
        String page = given().get("/watch/slug-" + id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(page.contains(download)).isEqualTo(visitor);
        assertThat(page.contains(shown)).isEqualTo(visitor);
        assertThat(page.contains("Sign in to download")).isEqualTo(!visitor && member);
    }

    @Test
    void siteDecidesForArticlesThatSayNothing() {
        downloads.changeStandard(DownloadRule.NO);
        given().get(download)
                .then()
                .statusCode(403)
                .body("detail", equalTo("This is to be watched here and not to be downloaded."));
        say("yes");
        given().get(download).then().statusCode(200);
        say("default");
        given().get(download).then().statusCode(403);
        as(author).get("/api/v1/media/" + id).then().body("downloads", equalTo("default"));
    }

    /** Else a copy on the way to its readers would outlive the rule. */
    @Test
    void isAskedAboutEachTime() {
        given().get(download).then().header("Cache-Control", "public, no-cache");
        say("signed_in");
        as(author).get(download).then().header("Cache-Control", "private, no-cache");
    }

    @Test
    void knowsNoOtherRules() {
        as(author)
                .contentType("application/json")
                .body("{\"downloads\":\"sometimes\"}")
                .patch("/api/v1/media/" + id)
                .then()
                .statusCode(400);
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private void say(String rule) {
        as(author)
                .contentType("application/json")
                .body("{\"downloads\":\"" + rule + "\"}")
                .patch("/api/v1/media/" + id)
                .then()
                .statusCode(200)
                .body("downloads", equalTo(rule));
    }
}
