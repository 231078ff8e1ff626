package io.regie.core;

import static io.restassured.RestAssured.given;

import io.regie.core.access.Role;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** People for tests, made over HTTP like real ones. Every call of {@link #create} makes a new one. */
public final class TestAccounts {

    /** The administrator that test configuration makes at the first start. */
    public static final User ADMIN = new User(null, "admin@example.org", "correct horse battery");

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private TestAccounts() {}

    /** @param id null for {@link #ADMIN}: ask {@link #id()} */
    public record User(UUID id, String email, String password) {

        public UUID id() {
            return id != null
                    ? id
                    : UUID.fromString(asked().get("/api/v1/account").path("id"));
        }

        /** A token with these scopes, or with every scope. */
        public String token(String... scopes) {
            return given().auth()
                    .preemptive()
                    .basic(email, password)
                    .contentType(ContentType.JSON)
                    .body(Map.of("name", "test", "scopes", scopes.length == 0 ? List.of("*") : List.of(scopes)))
                    .post("/api/v1/tokens")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("token");
        }

        /** A request that carries a new token with every scope. */
        public RequestSpecification asked() {
            return given().header("Authorization", "Bearer " + token());
        }

        /** Signs in as a browser does. */
        public Browser signIn() {
            Response form = given().get("/sign-in");
            Response answer = given().redirects()
                    .follow(false)
                    .cookies(form.cookies())
                    .contentType(ContentType.URLENC)
                    .formParam("csrf", csrfIn(form))
                    .formParam("email", email)
                    .formParam("password", password)
                    .post("/sign-in");
            answer.then().statusCode(303);
            String session = answer.cookie("__Host-regie");
            Response signedIn = given().cookie("__Host-regie", session).get("/sign-in");
            return new Browser(session, csrfIn(signedIn));
        }
    }

    /** A browser that is signed in. */
    public record Browser(String session, String csrf) {

        /** A request as the site's own scripts send it. */
        public RequestSpecification asked() {
            return given().cookie("__Host-regie", session).header("X-CSRF-Token", csrf);
        }

        /** A request with the cookie only. */
        public RequestSpecification askedWithoutToken() {
            return given().cookie("__Host-regie", session);
        }
    }

    public static User create(Role role) {
        String email = role.name().toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID() + "@example.org";
        String password = "a password of " + email;
        String id = ADMIN.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "name", "Test " + role, "role", role.name(), "password", password))
                .post("/api/v1/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new User(UUID.fromString(id), email, password);
    }

    public static String csrfIn(Response page) {
        Matcher field = CSRF.matcher(page.asString());
        if (!field.find()) {
            throw new AssertionError("No CSRF field in " + page.asString());
        }
        return field.group(1);
    }
}
