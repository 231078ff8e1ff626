package io.regie.core.site;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.RegieTestResource;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.settings.Installation;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.themes.ThemeRegistry;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class SitePagesTest {

    /** In tags and outside their values: titles of other tests' articles say such things as text. */
    private static final Pattern INLINE = Pattern.compile(
            "<script(?![^>]*\\ssrc=)|<style|<[a-z](?:[^<>\"]|\"[^\"]*\")*?\\s(?:style|on[a-z]+)=|=\"\\s*javascript:",
            Pattern.CASE_INSENSITIVE);

    @Inject
    ArticleRows articles;

    @Inject
    ThemeRegistry themes;

    @Inject
    SettingsService settings;

    @Inject
    Installation installation;

    @Test
    void homeListsPublicArticlesOnly() {
        User owner = TestAccounts.create(Role.AUTHOR);
        String mark = UUID.randomUUID().toString();
        articles.add(owner.id(), "Shown " + mark, "PUBLIC", "READY", true);
        articles.add(owner.id(), "Unlisted " + mark, "UNLISTED", "READY", true);
        articles.add(owner.id(), "Private " + mark, "PRIVATE", "READY", true);
        articles.add(owner.id(), "Failed " + mark, "PUBLIC", "FAILED", false);
        await().untilAsserted(() -> assertThat(asked("en").get("/").asString()).contains("Shown " + mark));
        String home = asked("en").get("/").then().statusCode(200).extract().asString();
        assertThat(home)
                .contains("<html lang=\"en\" dir=\"ltr\">")
                .contains("rel=\"canonical\"")
                .doesNotContain("Unlisted " + mark)
                .doesNotContain("Private " + mark)
                .doesNotContain("Failed " + mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?q=nothing+has+these+words", "/nowhere", "/watch/nothing"})
    void pagesHoldNothingInlineAndSayTheirPolicy(String path) {
        Response page = asked("en").get(path);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(INLINE.matcher(page.asString()).find()).isFalse();
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("base-uri 'none'")
                .contains("frame-ancestors")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void pagesPlayUnderTheirPolicy() {
        assertThat(asked("en").get("/").header("Content-Security-Policy"))
                .contains("script-src 'self'")
                .contains("media-src 'self' blob:")
                .contains("worker-src 'self' blob:")
                .contains("connect-src 'self'")
                .contains("object-src 'none'");
    }

    @Test
    void pagesCanBeKept() {
        Response first = asked("en").get("/?q=unchanging");
        assertThat(first.header("Cache-Control")).isEqualTo("public, no-cache");
        assertThat(first.header("Vary")).contains("Accept-Language");
        assertThat(first.cookies()).isEmpty();
        asked("en")
                .header("If-None-Match", first.header("ETag"))
                .get("/?q=unchanging")
                .then()
                .statusCode(304);
        asked("fr")
                .header("If-None-Match", first.header("ETag"))
                .get("/?q=unchanging")
                .then()
                .statusCode(200);
    }

    /** Each asked for twice before the change, so that a page is at hand that must not be used any more. */
    @Test
    void keptPagesFollowEveryChangeAtOnce() {
        User owner = TestAccounts.create(Role.AUTHOR);
        String mark = UUID.randomUUID().toString();
        UUID id = articles.add(owner.id(), "Kept " + mark, "PUBLIC", "READY", true);
        String address = "/watch/slug-" + id;
        RequestSpecification edit = owner.asked().contentType("application/json");
        String tag = readTwice(address).header("ETag");
        assertThat(readTwice(address).header("ETag")).isEqualTo(tag);

        edit.body("{\"title\":\"Renamed " + mark + "\"}")
                .patch("/api/v1/media/" + id)
                .then()
                .statusCode(200);
        assertThat(readTwice(address).asString()).contains("Renamed " + mark).doesNotContain("Kept " + mark);
        assertThat(readTwice(address).header("ETag")).isNotEqualTo(tag);

        String name = settings.get(Setting.SITE_NAME);
        settings.set(Setting.SITE_NAME, "Site " + mark);
        try {
            assertThat(readTwice(address).asString()).contains("Site " + mark);
            assertThat(readTwice("/").asString()).contains("Site " + mark);
        } finally {
            settings.set(Setting.SITE_NAME, name);
        }

        // Its maker's page has a button that nobody else's may get.
        assertThat(asked("en")
                        .header("Authorization", "Bearer " + owner.token())
                        .get(address)
                        .asString())
                .contains("/studio/media/" + id);
        assertThat(readTwice(address).asString()).doesNotContain("/studio/media/" + id);

        edit.body("{\"visibility\":\"private\"}")
                .patch("/api/v1/media/" + id)
                .then()
                .statusCode(200);
        asked("en").get(address).then().statusCode(404);
        asked("en").header("If-None-Match", tag).get(address).then().statusCode(404);
    }

    private static Response readTwice(String address) {
        assertThat(asked("en").get(address).statusCode()).isEqualTo(200);
        return asked("en").get(address);
    }

    @Test
    void pagesSpeakTheReadersLanguage() {
        assertThat(asked("fr-CA,fr;q=0.9,en;q=0.5").get("/?q=introuvable").asString())
                .contains("<html lang=\"fr\"")
                .contains("Aucun résultat");
        assertThat(asked("de").get("/?q=unfindable").asString())
                .contains("<html lang=\"en\"")
                .contains("Nothing matches");
    }

    @Test
    void hostileTitlesStayText() {
        User owner = TestAccounts.create(Role.AUTHOR);
        String mark = "mark" + UUID.randomUUID().toString().replace("-", "");
        UUID id = articles.add(
                owner.id(),
                mark + "\"><svg onload=alert(1)>{site.name}</title><script>x</script>",
                "PUBLIC",
                "READY",
                true);
        for (String path : new String[] {"/?q=" + mark, "/watch/slug-" + id, "/?q=\"><svg onload=alert(1)>"}) {
            String page = asked("en").get(path).then().statusCode(200).extract().asString();
            assertThat(page)
                    .contains("&lt;svg onload=alert(1)&gt;")
                    .doesNotContain("<svg onload")
                    .doesNotContain("<script>x");
        }
        assertThat(asked("en").get("/watch/slug-" + id).asString()).contains("{site.name}");
    }

    @Test
    void watchPageHoldsThePlayerAndWorksWithoutIt() {
        User owner = TestAccounts.create(Role.AUTHOR);
        UUID id = articles.add(owner.id(), "Film", "PUBLIC", "READY", true);
        Response page = asked("en").get("/watch/slug-" + id);
        assertThat(page.asString())
                .contains("<regie-player kind=\"video\" hls=\"")
                .contains("<video controls playsinline")
                .contains("<meta property=\"og:title\" content=\"Film\">");
        assertThat(page.header("Cache-Control")).isEqualTo("public, no-cache");
        Matcher script =
                Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"").matcher(page.asString());
        assertThat(script.find()).isTrue();
        given().get(script.group(1)).then().statusCode(200);
    }

    @Test
    void watchPageOfUnfinishedMediaWaits() {
        User owner = TestAccounts.create(Role.AUTHOR);
        UUID id = articles.add(owner.id(), "Soon", "PUBLIC", "PROCESSING", false);
        assertThat(asked("en").get("/watch/slug-" + id).asString())
                .contains("<regie-waiting api=\"/api/v1/media/" + id + "\">")
                .doesNotContain("<regie-player");
    }

    @Test
    void privateArticlesAreMissingToOthers() {
        User owner = TestAccounts.create(Role.AUTHOR);
        User other = TestAccounts.create(Role.AUTHOR);
        UUID id = articles.add(owner.id(), "Diary", "PRIVATE", "READY", true);
        for (String path : new String[] {"/watch/" + id, "/watch/slug-" + id}) {
            asked("en").get(path).then().statusCode(404);
            as(other.signIn()).get(path).then().statusCode(404);
        }
        Response page = as(owner.signIn()).get("/watch/" + id);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("private, no-store");
        assertThat(page.asString())
                .contains("content=\"noindex, nofollow\"")
                .doesNotContain("og:title")
                .doesNotContain("rel=\"canonical\"");
    }

    @Test
    void onlyMakersLearnWhyMediaFailed() {
        User owner = TestAccounts.create(Role.AUTHOR);
        UUID id = articles.add(owner.id(), "Broken", "PUBLIC", "FAILED", false);
        assertThat(asked("en").get("/watch/slug-" + id).asString())
                .contains("This media cannot be played")
                .doesNotContain("The secret reason.");
        assertThat(as(owner.signIn()).get("/watch/slug-" + id).asString()).contains("The secret reason.");
    }

    @Test
    void missingPagesLookLikeTheSite() {
        Response page = asked("fr").get("/nowhere/at-all");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.asString()).contains("Il n’y a rien ici").contains("class=\"site-header\"");
        given().accept("application/json")
                .get("/api/v1/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void assetsAreKeptForEverUnderTheirVersion() {
        String home = asked("en").get("/").asString();
        Matcher css = Pattern.compile("href=\"(/themes/default/[0-9a-f]{12}/theme\\.css)\"")
                .matcher(home);
        assertThat(css.find()).isTrue();
        Response sheet = given().get(css.group(1));
        assertThat(sheet.statusCode()).isEqualTo(200);
        assertThat(sheet.contentType()).startsWith("text/css");
        assertThat(sheet.header("Cache-Control")).contains("immutable");
        assertThat(sheet.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(given().get(css.group(1).replaceAll("[0-9a-f]{12}", "000000000000"))
                        .header("Cache-Control"))
                .isEqualTo("no-cache");
        given().get("/assets/player.js").then().statusCode(200).header("Cache-Control", "no-cache");
        given().get("/brand.css").then().statusCode(200);
        for (String wrong : new String[] {
            "/assets/assets.txt",
            "/assets/nothing.js",
            "/themes/default/x/theme.yaml",
            "/themes/default/x/templates/home.html",
            "/themes/nothing/x/theme.css"
        }) {
            given().get(wrong).then().statusCode(404);
        }
    }

    @Test
    void uploadPageIsForPeopleWhoSignedIn() {
        given().redirects()
                .follow(false)
                .accept("text/html")
                .get("/studio/upload")
                .then()
                .statusCode(303)
                .header("Location", startsWith("/sign-in?next="));
        Browser browser = TestAccounts.create(Role.AUTHOR).signIn();
        Response page = as(browser).get("/studio/upload");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.asString())
                .contains("name=\"csrf\" content=\"" + browser.csrf() + "\"")
                .contains("<noscript>");
        assertThat(INLINE.matcher(page.asString()).find()).isFalse();
    }

    @Test
    void brokenThemeIsReplacedAndReported() throws IOException {
        Path theme = installation.data().resolve("themes/broken");
        Files.createDirectories(theme.resolve("templates"));
        Files.writeString(theme.resolve("theme.yaml"), "title: Broken\nversion: \"1\"\nrequires: \"0.1\"\n");
        Files.writeString(theme.resolve("templates/home.html"), "{page.thereIsNoSuchThing}");
        themes.reload();
        settings.set(Setting.ACTIVE_THEME, "broken");
        try {
            assertThat(asked("en").get("/").then().statusCode(200).extract().asString())
                    .contains("/themes/default/");
            await().untilAsserted(() -> assertThat(TestAccounts.ADMIN
                            .asked()
                            .get("/api/v1/themes")
                            .jsonPath()
                            .getString("find { it.name == 'broken' }.failures[0].sentence"))
                    .contains("thereIsNoSuchThing"));
        } finally {
            settings.set(Setting.ACTIVE_THEME, "default");
            Files.delete(theme.resolve("theme.yaml"));
            themes.reload();
        }
    }

    private static RequestSpecification asked(String language) {
        return given().accept("text/html").header("Accept-Language", language);
    }

    private static RequestSpecification as(Browser browser) {
        return browser.askedWithoutToken().accept("text/html").header("Accept-Language", "en");
    }
}
