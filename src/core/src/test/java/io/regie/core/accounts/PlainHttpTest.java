package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PlainHttpTest {

    @Test
    void signInPageExplainsAndHasNoForm() {
        given().header("Host", "media.example.org")
                .get("/sign-in")
                .then()
                .statusCode(200)
                .body(containsString("not encrypted"))
                .body(not(containsString("<form")));
    }

    @Test
    void passwordsAreRefused() {
        Response page = given().get("/sign-in");
        Response answer = given().redirects()
                .follow(false)
                .header("Host", "media.example.org")
                .cookies(page.cookies())
                .contentType(ContentType.URLENC)
                .formParam("csrf", TestAccounts.csrfIn(page))
                .formParam("email", TestAccounts.ADMIN.email())
                .formParam("password", TestAccounts.ADMIN.password())
                .post("/sign-in");
        answer.then().statusCode(403);
        assertThat(answer.cookies()).isEmpty();
    }
}
