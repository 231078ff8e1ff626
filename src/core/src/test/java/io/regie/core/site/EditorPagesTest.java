package io.regie.core.site;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.RegieTestResource;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The editor's page and its plain form. */
@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class EditorPagesTest {

    private static final String HOSTILE = "\"><svg onload=alert(1)></title>{frame.nonce}";

    @Inject
    ArticleRows articles;

    private User author;
    private Browser browser;
    private UUID id;

    @BeforeEach
    void add() {
        author = TestAccounts.create(Role.AUTHOR);
        browser = author.signIn();
        id = articles.add(author.id(), HOSTILE, "PUBLIC", "READY", true);
    }

    @Test
    void showsHostileTextsAsText() {
        Response page = get("/studio/media/" + id);
        page.then().statusCode(200);
        assertThat(page.asString())
                .contains("&lt;svg onload=alert(1)&gt;")
                .contains("{frame.nonce}")
                .doesNotContain("<svg onload");
        assertThat(page.header("Content-Security-Policy")).doesNotContain("unsafe");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void isMissingForOthers() {
        Browser other = TestAccounts.create(Role.AUTHOR).signIn();
        other.askedWithoutToken()
                .accept("text/html")
                .get("/studio/media/" + id)
                .then()
                .statusCode(404);
        other.askedWithoutToken()
                .accept("text/html")
                .get("/studio/media/" + id + "/work")
                .then()
                .statusCode(404);
        form(other, "Theirs", "0").then().statusCode(404);
        assertThat(author.asked().get("/api/v1/media/" + id).path("title").toString())
                .isEqualTo(HOSTILE);
    }

    @Test
    void savesTheWholeFormAndNotWhatChangedMeanwhile() {
        form(browser, "Mine", "1").then().statusCode(303);
        Response late = form(browser, "Late", "1");
        late.then().statusCode(412);
        assertThat(late.asString())
                .contains("value=\"Late\"")
                .contains("<strong>Mine</strong>")
                .contains("Somebody changed this meanwhile");
        form(browser, "", "2").then().statusCode(400);
        assertThat(author.asked().get("/api/v1/media/" + id).path("title").toString())
                .isEqualTo("Mine");
    }

    @Test
    void leavesTheFormattingOfATextThatNobodyTouched() {
        author.asked()
                .contentType("application/json")
                .body("{\"description\":{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":["
                        + "{\"type\":\"text\",\"text\":\"Kept\",\"marks\":[{\"type\":\"bold\"}]}]}]}}")
                .patch("/api/v1/media/" + id)
                .then()
                .statusCode(200);
        filled(browser, "Title", "2").formParam("text", "Kept").post("/studio/media/" + id);
        assertThat(author.asked().get("/api/v1/media/" + id).asString()).contains("\"bold\"");
        filled(browser, "Title", "3").formParam("text", "Kept\r\n\r\nmore").post("/studio/media/" + id);
        assertThat(author.asked().get("/api/v1/media/" + id).asString())
                .doesNotContain("\"bold\"")
                .contains("more");
    }

    @Test
    void refusesFormsOfForeignPages() {
        browser.askedWithoutToken()
                .contentType("application/x-www-form-urlencoded")
                .formParam("title", "Foreign")
                .post("/studio/media/" + id)
                .then()
                .statusCode(403);
        browser.askedWithoutToken()
                .contentType("application/x-www-form-urlencoded")
                .post("/studio/media/" + id + "/delete")
                .then()
                .statusCode(403);
    }

    private Response get(String path) {
        return browser.askedWithoutToken()
                .accept("text/html")
                .header("Accept-Language", "en")
                .get(path);
    }

    private Response form(Browser who, String title, String revision) {
        return filled(who, title, revision).formParam("text", "").post("/studio/media/" + id);
    }

    private String slug() {
        return "slug-" + id;
    }

    private RequestSpecification filled(Browser who, String title, String revision) {
        return given().spec(who.askedWithoutToken())
                .redirects()
                .follow(false)
                .accept("text/html")
                .header("Accept-Language", "en")
                .contentType("application/x-www-form-urlencoded; charset=utf-8")
                .formParam("csrf", who.csrf())
                .formParam("revision", revision)
                .formParam("title", title)
                .formParam("slug", slug())
                .formParam("visibility", "public")
                .formParam("publication", "published")
                .formParam("publishedAt", "")
                .formParam("language", "en")
                .formParam("licence", "")
                .formParam("tags", "");
    }
}
