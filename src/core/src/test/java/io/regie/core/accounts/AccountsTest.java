package io.regie.core.accounts;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AccountsTest {

    @Test
    void emailIsTakenInEverySpelling() {
        User user = TestAccounts.create(Role.AUTHOR);
        create(user.email().toUpperCase(Locale.ROOT), "long enough a password")
                .statusCode(409)
                .body("reason", equalTo("accounts.email-taken"));
    }

    @Test
    void badFieldsAreNamed() {
        create("not an address", "long enough a password").statusCode(400).body("fields.field", hasItem("email"));
        create(UUID.randomUUID() + "@example.org", "short").statusCode(400).body("fields.field", hasItem("password"));
    }

    @Test
    void onlyAdministratorsSeeAccounts() {
        User author = TestAccounts.create(Role.AUTHOR);
        User editor = TestAccounts.create(Role.EDITOR);
        editor.asked().get("/api/v1/accounts/" + author.id()).then().statusCode(403);
        given().get("/api/v1/accounts/" + author.id()).then().statusCode(401);
        TestAccounts.ADMIN
                .asked()
                .get("/api/v1/accounts/" + author.id())
                .then()
                .statusCode(200)
                .body("email", equalTo(author.email()))
                .body(not(containsString("argon2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "created", "passwordHash", "email", "version", "locale"})
    void fieldsThatCannotBeChangedAreRefused(String field) {
        User user = TestAccounts.create(Role.AUTHOR);
        TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "Changed", field, "x"))
                .patch("/api/v1/accounts/" + user.id())
                .then()
                .statusCode(400);
        user.asked().get("/api/v1/account").then().body("name", equalTo("Test AUTHOR"));
    }

    @Test
    void nobodyRaisesTheirOwnRole() {
        User user = TestAccounts.create(Role.AUTHOR);
        user.asked()
                .contentType(ContentType.JSON)
                .body("{\"role\":\"ADMIN\"}")
                .patch("/api/v1/accounts/" + user.id())
                .then()
                .statusCode(403);
        user.asked()
                .contentType(ContentType.JSON)
                .body("{\"role\":\"ADMIN\"}")
                .patch("/api/v1/account")
                .then()
                .statusCode(400);
        user.asked().get("/api/v1/account").then().body("role", equalTo("author"));
    }

    @Test
    void passwordChangeNeedsTheCurrentOne() {
        User user = TestAccounts.create(Role.AUTHOR);
        user.asked()
                .contentType(ContentType.JSON)
                .body("{\"current\":\"a guess\",\"password\":\"another good password\"}")
                .post("/api/v1/account/password")
                .then()
                .statusCode(400)
                .body("fields[0].field", equalTo("current"));
        user.signIn();
    }

    private static ValidatableResponse create(String email, String password) {
        return TestAccounts.ADMIN
                .asked()
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "name", "Somebody", "role", "AUTHOR", "password", password))
                .post("/api/v1/accounts")
                .then();
    }
}
