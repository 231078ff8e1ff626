package io.regie.core.studio.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.access.Role;
import io.regie.core.media.NewArticles;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingsPagesTest {

    private static final String PAGE = "/studio/settings";

    @Inject
    NewArticles articles;

    @AfterEach
    void asItWas() {
        articles.changeLicence(null);
    }

    @Test
    void keepsTheLicenceOfNewArticles() {
        Browser admin = TestAccounts.create(Role.ADMIN).signIn();
        save(admin, "CC-BY-4.0").then().statusCode(303).header("Location", endsWith(PAGE + "?saved=yes"));
        assertThat(admin.askedWithoutToken().get(PAGE).asString())
                .contains("<option value=\"CC-BY-4.0\" selected>")
                .contains("href=\"/studio/settings\" aria-current=\"page\"");
        assertThat(save(admin, "mine").statusCode()).isEqualTo(400);
        assertThat(articles.licence()).isPresent();
        save(admin, "").then().statusCode(303);
        assertThat(articles.licence()).isEmpty();
    }

    @Test
    void isShownToAdministratorsOnly() {
        Browser editor = TestAccounts.create(Role.EDITOR).signIn();
        assertThat(editor.askedWithoutToken().get("/studio").asString()).doesNotContain(PAGE);
        assertThat(save(editor, "CC-BY-4.0").statusCode()).isEqualTo(403);
        assertThat(articles.licence()).isEmpty();
    }

    private static Response save(Browser browser, String licence) {
        return browser.askedWithoutToken()
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParam("csrf", browser.csrf())
                .formParam("licence", licence)
                .post(PAGE);
    }
}
