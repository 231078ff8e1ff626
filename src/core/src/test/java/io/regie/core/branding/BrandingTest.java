package io.regie.core.branding;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.RegieTestResource;
import io.regie.core.TestAccounts;
import io.regie.core.TestAccounts.Browser;
import io.regie.core.access.Role;
import io.regie.core.settings.Installation;
import io.regie.core.settings.Setting;
import io.regie.core.settings.SettingsService;
import io.regie.core.themes.ThemeRegistry;
import io.regie.testkit.Images;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class BrandingTest {

    private static final String API = "/api/v1/branding";
    private static final String PLAIN = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 10\"><rect"
            + " width=\"30\" height=\"10\" fill=\"#4257c9\"/></svg>";

    @Inject
    ThemeRegistry themes;

    @Inject
    SettingsService settings;

    @Inject
    Installation installation;

    @TempDir
    Path folder;

    private Browser admin;
    private String name;

    @BeforeEach
    void signIn() {
        admin = TestAccounts.create(Role.ADMIN).signIn();
        name = settings.get(Setting.SITE_NAME);
    }

    /** Other tests look at the same pages. */
    @AfterEach
    void asItWas() throws IOException {
        for (BrandKind kind : BrandKind.values()) {
            admin.asked().delete(API + "/images/" + kind.word());
        }
        settings.set(Setting.SITE_NAME, name);
        settings.set(Setting.SITE_SLOGAN, "");
        settings.set(Setting.ACTIVE_THEME, "default");
        Files.deleteIfExists(installation.data().resolve("themes/plain/theme.yaml"));
        themes.reload();
    }

    @Test
    void showsEverythingAtOnce() throws IOException {
        write("Canal <b>Sud</b>", "Images of \"here\"").then().statusCode(200);
        String logo = put("logo", Images.transparentPng(folder.resolve("l.png"), 400, 120))
                .path("pictures[0].url");
        String banner =
                put("banner", Images.png(folder.resolve("b.png"), 1600, 400)).path("pictures[1].url");
        String background = put("background", Images.png(folder.resolve("g.png"), 1400, 900))
                .path("pictures[0].url");
        String icon =
                put("favicon", Images.png(folder.resolve("f.png"), 256, 256)).path("pictures[1].url");
        String home = home();
        assertThat(home)
                .contains("Canal &lt;b&gt;Sud&lt;/b&gt;")
                .contains("Images of &quot;here&quot;")
                .contains("<meta name=\"description\" content=\"Images of &quot;here&quot;\">")
                .contains(logo)
                .contains(banner + " 1280w")
                .contains("class=\"has-background\"")
                .contains("<link rel=\"icon\" href=\"" + icon + "\">")
                .doesNotContain("<b>Sud");
        assertThat(given().get("/brand.css").asString()).contains("--brand-background: url(\"" + background + "\")");
        for (String url : List.of(logo, banner, background, icon)) {
            Response image = given().get(url);
            assertThat(image.header("Cache-Control")).contains("immutable");
            assertThat(image.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(given().get(icon).contentType()).isEqualTo("image/png");

        String second =
                put("logo", Images.png(folder.resolve("m.png"), 300, 100)).path("pictures[0].url");
        assertThat(second).isNotEqualTo(logo);
        assertThat(home()).contains(second).doesNotContain(logo);
        given().get(logo).then().statusCode(404);
        admin.asked().delete(API + "/images/banner").then().statusCode(200).body("pictures", hasSize(0));
        assertThat(home()).doesNotContain("/brand/banner/");
    }

    @Test
    void offersOnlyWhatTheThemeShowsAndKeepsTheRest() throws IOException {
        write("Stays", "A slogan").then().statusCode(200);
        String logo = put("logo", Images.png(folder.resolve("l.png"), 300, 100)).path("pictures[0].url");
        String banner =
                put("banner", Images.png(folder.resolve("b.png"), 1600, 400)).path("pictures[0].url");
        put("background", Images.png(folder.resolve("g.png"), 1400, 900)).then().statusCode(200);
        put("favicon", Images.png(folder.resolve("f.png"), 64, 64)).then().statusCode(200);
        Path theme = installation.data().resolve("themes/plain");
        Files.createDirectories(theme);
        Files.writeString(
                theme.resolve("theme.yaml"),
                "title: Plain\nversion: \"1\"\nrequires: \"0.1\"\nparent: default\nsupports:\n"
                        + "  logo: {width: 320, height: 80}\n");
        themes.reload();
        settings.set(Setting.ACTIVE_THEME, "plain");

        assertThat(home())
                .contains(logo)
                .contains("A slogan")
                .doesNotContain("/brand/banner/")
                .doesNotContain("has-background")
                .doesNotContain("/brand/favicon/");
        assertThat(given().get("/brand.css").asString()).doesNotContain("--brand-background");
        put("banner", Images.png(folder.resolve("c.png"), 800, 200))
                .then()
                .statusCode(409)
                .body("detail", equalTo("The theme Plain shows no banner."));
        admin.asked()
                .get(API)
                .then()
                .body("theme", equalTo("Plain"))
                .body("images.find { it.kind == 'banner' }.shown", equalTo(false))
                .body("images.find { it.kind == 'logo' }.shown", equalTo(true));
        String page = page();
        assertThat(page)
                .contains("Best from 320 × 80 pixels on.")
                .contains("The theme Plain shows no such image. What you have chosen stays here");
        assertThat(page.split("data-upload", -1)).hasSize(2);
        admin.asked().delete(API + "/images/background").then().statusCode(200);
        assertThat(page()).contains("so none can be chosen for now");

        settings.set(Setting.ACTIVE_THEME, "default");
        assertThat(home())
                .contains("Stays")
                .contains("A slogan")
                .contains(logo)
                .contains(banner)
                .contains("/brand/favicon/")
                .doesNotContain("has-background");
    }

    @Test
    void drawsImagesAgain() throws IOException {
        Path gif = Images.gif(folder.resolve("a.gif"), 900, 300);
        Files.writeString(gif, "/*<script>alert(1)</script>*/", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        String url = put("logo", gif).then().statusCode(200).extract().path("pictures[0].url");
        Response image = given().get(url);
        assertThat(image.contentType()).isEqualTo("image/webp");
        assertThat(new String(image.asByteArray(), StandardCharsets.ISO_8859_1)).doesNotContain("script");
        url = put("favicon", Images.orientedJpeg(folder.resolve("a.jpg"), 400, 300, 6, "A camera"))
                .path("pictures[0].url");
        byte[] icon = given().get(url).asByteArray();
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(icon));
        assertThat(drawn.getHeight()).isEqualTo(180);
        assertThat(new String(icon, StandardCharsets.ISO_8859_1)).doesNotContain("A camera");
    }

    @Test
    void drawingsAreWrittenAnewAndActNowhere() {
        String url = put("logo", PLAIN.replace("<rect", "<!-- secret --><rect").getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(200)
                .body("pictures.width", equalTo(List.of(30)))
                .extract()
                .path("pictures[0].url");
        Response image = given().get(url);
        assertThat(image.contentType()).startsWith("image/svg+xml");
        assertThat(image.header("Content-Disposition")).startsWith("attachment");
        assertThat(image.header("Content-Security-Policy")).contains("sandbox").contains("default-src 'none'");
        assertThat(image.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(image.asString()).contains("<rect").doesNotContain("secret");
        assertThat(home()).contains(url);
    }

    @Test
    void refusesHostileDrawingsAndOtherFilesWithASentence() {
        for (String hostile : List.of(
                PLAIN.replace("<rect", "<script>alert(1)</script><rect"),
                PLAIN.replace("<rect", "<rect onload=\"alert(1)\""),
                PLAIN.replace("<svg", "<?xml-stylesheet href=\"x.css\"?><svg"),
                "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + PLAIN)) {
            Response refused = put("logo", hostile.getBytes(StandardCharsets.UTF_8));
            assertThat(refused.statusCode()).as(hostile).isEqualTo(422);
            assertThat(refused.<String>path("detail")).contains("SVG");
        }
        put("banner", PLAIN.getBytes(StandardCharsets.UTF_8)).then().statusCode(415);
        put("logo", "<!doctype html><script>1</script>".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(415);
        put("logo", "push graphic-context".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(415);
        put("logo", new byte[(16 << 20) + 1]).then().statusCode(413);
        put("poster", PLAIN.getBytes(StandardCharsets.UTF_8)).then().statusCode(404);
        assertThat(home()).doesNotContain("/brand/logo/");
    }

    @Test
    void onlyAdministratorsChange() {
        Browser editor = TestAccounts.create(Role.EDITOR).signIn();
        editor.asked().get(API).then().statusCode(403);
        editor.asked()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "x"))
                .put(API)
                .then()
                .statusCode(403);
        editor.asked()
                .contentType("image/svg+xml")
                .body(PLAIN.getBytes(StandardCharsets.UTF_8))
                .put(API + "/images/logo")
                .then()
                .statusCode(403);
        editor.askedWithoutToken().get("/studio/branding").then().statusCode(403);
        assertThat(editor.askedWithoutToken().get("/studio").asString()).doesNotContain("/studio/branding");
        write(" ", null).then().statusCode(400).body("fields[0].field", equalTo("name"));
    }

    @Test
    void formWorksWithoutScript() {
        Response saved = post("By hand", "Line");
        saved.then().statusCode(303);
        assertThat(page()).contains("value=\"By hand\"").contains("value=\"Line\"");
        assertThat(home()).contains("By hand");
        Response refused = post("", "Line");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("id=\"name-error\"");
    }

    @Test
    void imagesAreChosenAndTakenAwayWithoutScript() throws IOException {
        byte[] image = Files.readAllBytes(Images.png(folder.resolve("l.png"), 300, 100));
        assertThat(page()).contains("enctype=\"multipart/form-data\" action=\"/studio/branding/images/logo\"");
        form().formParam("csrf", admin.csrf())
                .multiPart("file", "l.png", image, "image/png")
                .post("/studio/branding/images/logo")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/studio/branding?saved=yes"));
        assertThat(home()).contains("/brand/logo/");
        form().contentType(ContentType.URLENC)
                .formParam("csrf", admin.csrf())
                .post("/studio/branding/images/logo/remove")
                .then()
                .statusCode(303);
        assertThat(home()).doesNotContain("/brand/logo/");

        assertThat(refused(415, admin.csrf(), "<script>1</script>".getBytes(StandardCharsets.UTF_8)))
                .contains("<!doctype html>");
        refused(413, admin.csrf(), new byte[(16 << 20) + 1]);
        assertThat(home()).doesNotContain("/brand/logo/");
    }

    @Test
    void formsWithFilesNeedTheToken() throws IOException {
        byte[] image = Files.readAllBytes(Images.png(folder.resolve("l.png"), 300, 100));
        refused(403, "forged", image);
        refused(403, TestAccounts.create(Role.ADMIN).signIn().csrf(), image);
        form().multiPart("file", "l.png", image, "image/png")
                .post("/studio/branding/images/logo")
                .then()
                .statusCode(403);
        form().config(RestAssured.config()
                        .encoderConfig(encoderConfig().encodeContentTypeAs("multipart/form-data", ContentType.TEXT)))
                .contentType("multipart/form-data; boundary=x")
                .body("not of parts")
                .post("/studio/branding/images/logo")
                .then()
                .statusCode(403);
        form().header("Origin", "https://evil.example")
                .formParam("csrf", admin.csrf())
                .multiPart("file", "l.png", image, "image/png")
                .post("/studio/branding/images/logo")
                .then()
                .statusCode(403);
        // Nor does any other form take files, with or without a token.
        form().formParam("csrf", admin.csrf())
                .formParam("name", "Multipart")
                .multiPart("file", "l.png", image, "image/png")
                .post("/studio/branding")
                .then()
                .statusCode(415);
        assertThat(home()).doesNotContain("/brand/logo/").doesNotContain("Multipart");
    }

    private String refused(int status, String csrf, byte[] image) {
        return form().accept("text/html")
                .formParam("csrf", csrf)
                .multiPart("file", "l.png", image, "image/png")
                .post("/studio/branding/images/logo")
                .then()
                .statusCode(status)
                .extract()
                .asString();
    }

    private RequestSpecification form() {
        return admin.askedWithoutToken().redirects().follow(false);
    }

    private Response post(String siteName, String slogan) {
        return admin.askedWithoutToken()
                .redirects()
                .follow(false)
                .accept("text/html")
                .contentType(ContentType.URLENC)
                .formParam("csrf", admin.csrf())
                .formParam("name", siteName)
                .formParam("slogan", slogan)
                .post("/studio/branding");
    }

    private Response write(String siteName, String slogan) {
        Map<String, String> draft =
                slogan == null ? Map.of("name", siteName) : Map.of("name", siteName, "slogan", slogan);
        return admin.asked().contentType(ContentType.JSON).body(draft).put(API);
    }

    private Response put(String kind, Path image) throws IOException {
        return put(kind, Files.readAllBytes(image));
    }

    private Response put(String kind, byte[] image) {
        return admin.asked()
                .header("Accept-Language", "en")
                .contentType("image/png")
                .body(image)
                .put(API + "/images/" + kind);
    }

    private String page() {
        return admin.askedWithoutToken()
                .header("Accept-Language", "en")
                .get("/studio/branding")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String home() {
        String home = given().accept("text/html")
                .header("Accept-Language", "en")
                .get("/")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        Matcher foreign = Pattern.compile("(src|srcset)=\"https?:").matcher(home);
        assertThat(foreign.find()).isFalse();
        return home;
    }
}
