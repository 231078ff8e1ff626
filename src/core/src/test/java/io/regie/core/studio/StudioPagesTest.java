package io.regie.core.studio;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.access.Role;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StudioPagesTest {

    private static final Pattern INLINE = Pattern.compile(
            "<script(?![^>]*\\ssrc=)|<style|<[^>]*\\s(?:style|on[a-z]+)=|<[^>]*javascript:", Pattern.CASE_INSENSITIVE);
    private static final Pattern NONCE = Pattern.compile("<script[^>]* nonce=\"([^\"]{22,})\"");

    @ParameterizedTest
    @ValueSource(strings = {"/studio", "/studio/upload", "/studio/design"})
    void pagesNameTheirOnlyScriptAndAreKeptByNobody(String path) {
        Browser browser = TestAccounts.create(Role.CONTRIBUTOR).signIn();
        Response page = people(browser).get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        Matcher nonce = NONCE.matcher(page.asString());
        assertThat(nonce.find()).isTrue();
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("script-src 'self' 'nonce-" + nonce.group(1) + "'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(INLINE.matcher(page.asString()).find()).isFalse();
        assertThat(people(browser).get(path).header("Content-Security-Policy")).doesNotContain(nonce.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/studio", "/studio/going", "/studio/upload", "/studio/design"})
    void visitorsSignInFirstAndComeBack(String path) {
        given().redirects()
                .follow(false)
                .accept("text/html")
                .get(path)
                .then()
                .statusCode(303)
                .header("Location", equalTo("/sign-in?next=" + path.replace("/", "%2F")));
    }

    @Test
    void speaksTheLanguageOfTheBrowser() {
        Browser nobody = TestAccounts.create(Role.CONTRIBUTOR).signIn();
        people(nobody).get("/studio").then().statusCode(200).header("Content-Language", equalTo("en"));
        assertThat(people(nobody).header("Accept-Language", "fr").get("/studio").asString())
                .contains("<html lang=\"fr\" dir=\"ltr\" data-theme=\"auto\">")
                .contains("Médiathèque</a>");
    }

    @ParameterizedTest
    @CsvSource({"none,gzip", "same-origin,gzip", "cross-site,", "same-site,", ","})
    void compressesOnlyWhatNoForeignPageAskedFor(String from, String encoding) {
        Browser browser = TestAccounts.create(Role.CONTRIBUTOR).signIn();
        RequestSpecification asked = people(browser).header("Accept-Encoding", "gzip");
        Response page = (from == null ? asked : asked.header("Sec-Fetch-Site", from)).get("/studio");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.header("Content-Encoding")).isEqualTo(encoding);
        assertThat(page.asString()).contains("</html>");
    }

    @Test
    void choicesOfAppearanceStayInTheBrowser() {
        Browser browser = TestAccounts.create(Role.CONTRIBUTOR).signIn();
        Response changed = people(browser)
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .formParam("theme", "dark")
                .formParam("language", "fr")
                .formParam("next", "/studio/upload")
                .post("/studio/appearance");
        changed.then().statusCode(303).header("Location", endsWith("/studio/upload"));
        assertThat(people(browser).cookies(changed.cookies()).get("/studio").asString())
                .contains("<html lang=\"fr\" dir=\"ltr\" data-theme=\"dark\">");
    }

    @Test
    void appearanceTakesNothingElse() {
        Browser browser = TestAccounts.create(Role.CONTRIBUTOR).signIn();
        Response changed = people(browser)
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .formParam("theme", "\"><script>")
                .formParam("next", "https://example.org/")
                .post("/studio/appearance");
        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(changed.header("Location")).doesNotContain("example.org");
        assertThat(changed.cookies()).isEmpty();
        Response unspoken = people(browser)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .formParam("language", "xx")
                .post("/studio/appearance");
        assertThat(unspoken.statusCode()).isEqualTo(400);
        assertThat(unspoken.cookies()).isEmpty();
        people(browser)
                .contentType(ContentType.URLENC)
                .formParam("theme", "dark")
                .post("/studio/appearance")
                .then()
                .statusCode(403);
    }

    private static RequestSpecification people(Browser browser) {
        return browser.askedWithoutToken().accept("text/html");
    }
}
