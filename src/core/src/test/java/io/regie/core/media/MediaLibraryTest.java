package io.regie.core.media;

import static io.regie.core.media.LibraryRows.tagged;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.User;
import io.regie.core.access.Role;
import io.regie.core.access.Visibility;
import io.regie.spi.MediaKind;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists over HTTP: whom they show what, and how they are narrowed, sorted and paged. */
@QuarkusTest
class MediaLibraryTest {

    private static final String LIST = "/api/v1/media";

    @Inject
    LibraryRows rows;

    @Inject
    InstantSource clock;

    private User author;
    private RequestSpecification asked;

    @BeforeEach
    void author() {
        author = TestAccounts.create(Role.AUTHOR);
        asked = author.asked();
    }

    @Test
    void showsEachPersonWhatTheyMayEdit() {
        User other = TestAccounts.create(Role.AUTHOR);
        UUID own = rows.add(author.id(), "Own", article -> article.visibility = Visibility.PRIVATE);
        UUID foreign = rows.add(other.id(), "Foreign");
        UUID hidden = rows.add(other.id(), "Hidden", article -> article.visibility = Visibility.PRIVATE);
        UUID draft = rows.add(other.id(), "Draft", article -> article.publishedAt = null);
        UUID scheduled = rows.add(
                other.id(),
                "Scheduled",
                article -> article.publishedAt = Instant.now().plusSeconds(86_400));

        assertThat(ids(asked, Map.of("scope", "editable"))).containsExactly(own);
        assertThat(ids(asked, Map.of("limit", "100"))).contains(own, foreign).doesNotContain(hidden, draft, scheduled);
        assertThat(ids(given(), Map.of("limit", "100")))
                .contains(foreign)
                .doesNotContain(own, hidden, draft, scheduled);
        RequestSpecification editor = TestAccounts.create(Role.EDITOR).asked();
        assertThat(ids(editor, Map.of("scope", "editable", "limit", "100")))
                .contains(own, foreign, hidden, draft, scheduled);
        given().queryParam("scope", "editable").get(LIST).then().statusCode(401);
        given().queryParam("owner", "me").get(LIST).then().statusCode(401);
    }

    @Test
    void doesNotNarrowIntoWhatTheCallerMayNotSee() {
        UUID secret = rows.add(author.id(), "Nightfall", article -> {
            article.visibility = Visibility.PRIVATE;
            tagged("nightfall").accept(article);
        });
        RequestSpecification other = TestAccounts.create(Role.AUTHOR).asked();
        for (Map<String, String> filter : List.of(
                Map.of("visibility", "private"),
                Map.of("q", "nightfall"),
                Map.of("tag", "nightfall"),
                Map.of("owner", author.id().toString()))) {
            assertThat(ids(asked, filter)).as("own, %s", filter).contains(secret);
            assertThat(ids(other, filter)).as("other, %s", filter).doesNotContain(secret);
            assertThat(ids(given(), filter)).as("visitor, %s", filter).doesNotContain(secret);
        }
        assertThat(tags(asked, "nightf")).containsExactly("nightfall");
        assertThat(tags(other, "nightf")).isEmpty();
    }

    @Test
    void saysWhatHappenedInTheReadersLanguageWhoeverSaidWhat() {
        UUID unknown = rows.add(author.id(), "Odd", article -> {
            article.state = ArticleState.FAILED;
            article.failure = "The codec is odd.";
        });
        UUID known = rows.add(author.id(), "Large", article -> {
            article.state = ArticleState.FAILED;
            article.failureReason = "memory";
            article.failure = "Out of memory.";
        });
        asked.header("Accept-Language", "fr")
                .get(LIST + "/" + unknown)
                .then()
                .body("failure.reason", equalTo("failed"))
                .body("failure.detail", startsWith("Ce fichier n'a pas pu être traité."))
                .body("failure.said", equalTo("The codec is odd."));
        author.asked()
                .header("Accept-Language", "fr")
                .get(LIST + "/" + known)
                .then()
                .body("failure.detail", startsWith("À deux reprises"))
                .body("failure.said", nullValue());
    }

    @Test
    void showsTheTrashToThoseWhoMayTakeThingsBack() {
        UUID gone = rows.add(author.id(), "Gone", article -> article.trashedAt = clock.instant());
        rows.add(author.id(), "Here");
        UUID late = rows.add(
                author.id(),
                "Late",
                article -> article.trashedAt = clock.instant().minus(Duration.ofMinutes(11)));
        User other = TestAccounts.create(Role.AUTHOR);
        User editor = TestAccounts.create(Role.EDITOR);
        assertThat(trash(author)).containsExactly(gone.toString());
        assertThat(trash(other)).isEmpty();
        assertThat(trash(editor)).contains(gone.toString()).doesNotContain(late.toString());
    }

    private static List<String> trash(User user) {
        return user.asked()
                .get(LIST + "/trash")
                .then()
                .statusCode(200)
                .extract()
                .path("items.article.id");
    }

    @Test
    void narrowsByEachProperty() {
        UUID video = rows.add(author.id(), "A video", tagged("Holiday", "Été"));
        UUID sound = rows.add(author.id(), "A sound", article -> {
            article.kind = MediaKind.AUDIO;
            article.visibility = Visibility.UNLISTED;
            article.createdAt = Instant.parse("2020-02-29T23:59:59Z");
        });
        UUID broken = rows.add(author.id(), "A failure", article -> {
            article.state = ArticleState.FAILED;
            article.publishedAt = null;
            article.createdAt = Instant.parse("2020-03-01T00:00:00Z");
        });
        assertThat(own("kind", "audio")).containsExactly(sound);
        assertThat(own("visibility", "unlisted")).containsExactly(sound);
        assertThat(own("state", "failed")).containsExactly(broken);
        assertThat(own("publication", "draft")).containsExactly(broken);
        assertThat(own("publication", "scheduled")).isEmpty();
        assertThat(own("tag", "hOLIDAY")).containsExactly(video);
        assertThat(own("tag", "ÉTÉ")).containsExactly(video);
        assertThat(own("tag", "ete")).isEmpty();
        assertThat(own("from", "2020-02-29", "to", "2020-02-29")).containsExactly(sound);
        assertThat(own("to", "2020-03-01")).containsExactly(broken, sound);
        assertThat(own("owner", "me", "from", "2021-01-01")).containsExactly(video);
        assertThat(own("owner", UUID.randomUUID().toString())).isEmpty();
        assertThat(own("kind", "", "tag", " ", "q", "")).hasSize(3);
    }

    @Test
    void findsBeginningsOfWordsWhileSomebodyTypes() {
        UUID article = rows.add(author.id(), "Été à l'île d'Yeu: Œuvres №2", row -> {
            row.filename = "DSC_0042-final.MOV";
            tagged("Côte sauvage").accept(row);
        });
        rows.add(author.id(), "Something else");
        for (String typed :
                List.of("ete", "ÉT", "yeu ile", "oeuv", "dsc 0042", "DSC_0042-final.mov", "mov", "sauv ete", "cote")) {
            assertThat(own("q", typed)).as(typed).containsExactly(article);
        }
        assertThat(own("q", "ete somewhere")).isEmpty();
        UUID film = rows.add(author.id(), "東京物語");
        assertThat(own("q", "物語")).containsExactly(film);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "':*",
                "a' | 'b",
                "\\",
                "!!!",
                "<->",
                "%",
                "_",
                "\u0000",
                "(((((",
                "'; drop table media_article; --"
            })
    void takesWhateverSomebodyTypesAsWords(String typed) {
        rows.add(author.id(), "Plain");
        assertThat(own("q", typed)).isEmpty();
        assertThat(own("tag", typed)).isEmpty();
        assertThat(tags(asked, typed)).isNotNull();
    }

    @Test
    void searchesLongTextsQuickly() {
        assertThat(own("q", "a".repeat(900) + "!")).isEmpty();
        assertThat(own("q", "a! ".repeat(300))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=passwordHash",
                "sort=id desc; --",
                "sort=NEWEST",
                "sort=newest&sort=oldest",
                "kind=film",
                "state=trashed",
                "visibility=all",
                "owner=1-1-1-1-1",
                "owner=somebody",
                "from=yesterday",
                "from=2026-02-30",
                "to=9999-12-31",
                "limit=-1",
                "limit=99999999999",
                "scope=everything",
                "cursor=nonsense",
                "cursor=bmV3ZXN0CjIwMjYtMTEtMjJUMDA6MDA6MDBaCm5vbnNlbnNl",
                "fields=passwordHash",
                "filter[owner]=me",
                "password_hash=x"
            })
    void refusesWordsItDoesNotKnow(String query) {
        RequestSpecification request = given().spec(asked);
        for (String parameter : query.split("&")) {
            request.queryParam(
                    parameter.substring(0, parameter.indexOf('=')), parameter.substring(parameter.indexOf('=') + 1));
        }
        request.get(LIST).then().statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @EnumSource(MediaQuery.Sort.class)
    void showsEveryArticleOnceOverAllPages(MediaQuery.Sort sort) {
        List<UUID> made = new ArrayList<>();
        Instant now = Instant.now();
        for (int i = 0; i < 7; i++) {
            int number = i;
            // Every other one ties with its neighbour, so that ids decide.
            made.add(rows.add(author.id(), "Lesson " + (number / 2 + 9), article -> {
                article.createdAt = now.plusSeconds(number / 2);
                article.updatedAt = now.minusSeconds(number / 2);
                article.originalBytes = number / 2;
            }));
        }
        List<UUID> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = given().spec(asked)
                    .queryParams("scope", "editable", "sort", Views.lower(sort), "limit", 2, "cursor", cursor)
                    .get(LIST);
            page.then().statusCode(200);
            found.addAll(ids(page));
            cursor = page.path("nextCursor");
            if (cursor != null && sort != MediaQuery.Sort.TITLE) {
                given().spec(asked)
                        .queryParams("sort", "title", "cursor", cursor)
                        .get(LIST)
                        .then()
                        .statusCode(400);
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(made);
        List<UUID> all = own("sort", Views.lower(sort));
        assertThat(found).isEqualTo(all);
        if (sort == MediaQuery.Sort.TITLE || sort == MediaQuery.Sort.OLDEST || sort == MediaQuery.Sort.CHANGED) {
            assertThat(all.get(6)).isEqualTo(made.get(6));
        } else if (sort != MediaQuery.Sort.LONGEST) {
            assertThat(all.get(0)).isEqualTo(made.get(6));
        }
    }

    @Test
    void countsWhenAsked() {
        rows.add(author.id(), "One");
        rows.add(author.id(), "Two");
        given().spec(asked)
                .queryParams("scope", "editable", "total", "true", "limit", 1)
                .get(LIST)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("total.count", equalTo(2))
                .body("total.more", equalTo(false));
        given().spec(asked).get(LIST).then().body("total", nullValue());
    }

    @Test
    void keepsTagsOnceWhateverTheirCase() {
        UUID article = rows.add(author.id(), "Tagged");
        edit(article, Map.of("tags", List.of("Sea", " sea", "SEA, sun ", "", "<b>&\"'")))
                .then()
                .statusCode(200)
                .body("tags", equalTo(List.of("<b>&\"'", "Sea", "sun")));
        edit(article, Map.of("title", "Still tagged")).then().body("tags", hasSize(3));
        assertThat(own("q", "sun")).containsExactly(article);
        edit(article, Map.of("tags", List.of("SUN"))).then().body("tags", equalTo(List.of("SUN")));
        assertThat(own("q", "sea")).isEmpty();
        edit(article, Map.of("tags", List.of("x".repeat(51)))).then().statusCode(400);
        edit(
                        article,
                        Map.of(
                                "tags",
                                java.util.stream.IntStream.range(0, 31)
                                        .mapToObj(String::valueOf)
                                        .toList()))
                .then()
                .statusCode(400);
        edit(article, Map.of("tags", List.of())).then().statusCode(200).body("tags", hasSize(0));
    }

    @Test
    void suggestsEachTagOnce() {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        rows.add(author.id(), "One", tagged(mark + "-beach", mark + "-boat"));
        rows.add(author.id(), "Two", tagged(mark + "-Beach"));
        rows.add(author.id(), "Three", tagged("other"));
        assertThat(tags(asked, mark.toUpperCase(java.util.Locale.ROOT))).hasSize(2);
        assertThat(tags(asked, mark + "-bo")).containsExactly(mark + "-boat");
        given().get("/api/v1/tags").then().statusCode(401);
    }

    private Response edit(UUID article, Map<String, ?> body) {
        return given().spec(asked).contentType(ContentType.JSON).body(body).patch(LIST + "/" + article);
    }

    private List<UUID> own(String... parameters) {
        RequestSpecification request = given().spec(asked).queryParam("scope", "editable");
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return ids(request.get(LIST));
    }

    private static List<UUID> ids(RequestSpecification who, Map<String, String> parameters) {
        return ids(given().spec(who).queryParams(parameters).get(LIST));
    }

    private static List<UUID> ids(Response page) {
        page.then().statusCode(200);
        List<String> ids = page.path("items.id");
        return ids.stream().map(UUID::fromString).toList();
    }

    private static List<String> tags(RequestSpecification who, String typed) {
        return given().spec(who)
                .queryParam("q", typed)
                .get("/api/v1/tags")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }
}
