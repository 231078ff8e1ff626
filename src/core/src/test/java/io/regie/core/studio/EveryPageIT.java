package io.regie.core.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.regie.core.RegieClient;
import io.regie.core.studio.StudioBrowser.Window;
import io.regie.testkit.Clips;
import io.regie.testkit.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page, judged by axe-core in both languages and both themes, and drawn at two widths into
 * {@code target/screenshots}, to be looked at:
 *
 * <pre>{@code
 * mvn -q -pl src/core -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=EveryPageIT -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 */
class EveryPageIT {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @TempDir
    static Path folder;

    private static StudioBrowser studio;
    /** Addresses by the name of their pictures. */
    private static final Map<String, String> STUDIO = new LinkedHashMap<>();

    private static final Map<String, String> VISITOR = new LinkedHashMap<>();

    @BeforeAll
    static void fill() throws Exception {
        studio = StudioBrowser.start(Map.of("REGIE_UPLOADS_QUOTA", "1G"));
        RegieClient admin = studio.admin();
        ObjectMapper json = new ObjectMapper();
        Map<String, Path> films = new LinkedHashMap<>();
        films.put("A walk by the sea", Clips.standard(folder));
        films.put(
                "Interview with the lighthouse keeper, in three voices, a title long enough to need a second line",
                Clips.rotated(folder, 90));
        films.put("Rehearsal <b>&amp;</b> première", Clips.surround(folder));
        String last = "";
        for (Map.Entry<String, Path> film : films.entrySet()) {
            last = admin.upload(film.getValue(), "public");
            admin.awaitReady(last);
            admin.send("PATCH", "/api/v1/media/" + last, json.createObjectNode().put("title", film.getKey()));
        }
        // Something that went wrong, whatever the answer says.
        byte[] broken = Files.readAllBytes(Clips.withoutIndex(folder));
        admin.patch(admin.create(broken.length, "broken.mp4", "private"), 0, broken);
        Path leaflet = Files.writeString(folder.resolve("leaflet.pdf"), "%PDF-1.4\n%%EOF\n");
        admin.send(
                "POST",
                "/api/v1/media/bulk",
                json.createObjectNode()
                        .put("delete", true)
                        .set("ids", json.createArrayNode().add(admin.upload(leaflet, "public"))));
        admin.annex(last, leaflet);
        admin.annex(last, Files.write(folder.resolve("Sources of the rehearsal, all takes.zip"), new byte[2_400_000]));
        STUDIO.put("overview", "/studio");
        STUDIO.put("upload", "/studio/upload");
        STUDIO.put("library", "/studio/library");
        STUDIO.put("trash", "/studio/library/trash");
        STUDIO.put("editor", "/studio/media/" + last);
        STUDIO.put("captions-add", "/studio/media/" + last + "/texts");
        STUDIO.put("captions", "/studio/media/" + last + "/texts/captions/" + caption(admin, json, last));
        STUDIO.put("chapters", "/studio/media/" + last + "/texts/chapters");
        STUDIO.put("jobs", "/studio/jobs");
        STUDIO.put("account", "/studio/account");
        STUDIO.put("account-password", "/studio/account/password");
        STUDIO.put("account-sessions", "/studio/account/sessions");
        STUDIO.put("account-tokens", "/studio/account/tokens");
        STUDIO.put("settings", "/studio/settings");
        STUDIO.put("settings-mail", "/studio/settings/mail");
        STUDIO.put("people", "/studio/people");
        STUDIO.put("person", "/studio/people/" + person(json));
        STUDIO.put("notifications", "/studio/notifications");
        STUDIO.put("system", "/studio/system");
        JsonNode stream = json.readTree(plan(json, "The harbour", "30 18 * * *"));
        plan(json, "The square, seen from the lighthouse", "0 19 * * 1-5");
        STUDIO.put("live", "/studio/live");
        // The week after this one is planned as a whole, on whichever day this runs.
        STUDIO.put(
                "live-calendar",
                "/studio/live/calendar?week="
                        + LocalDate.now(ZoneId.systemDefault())
                                .plusWeeks(1)
                                .format(DateTimeFormatter.ISO_WEEK_DATE)
                                .substring(0, 8));
        STUDIO.put("live-new", "/studio/live/new");
        STUDIO.put("live-stream", "/studio/live/" + stream.get("id").asText());
        STUDIO.put("welcome", "/studio/welcome?sample=yes");
        String news = write(json, "news-post", "The doors open in autumn", "now");
        write(
                json,
                "news-post",
                "Three evenings with the voices of the harbour, and a title that takes two lines",
                "now");
        write(json, "news-post", "Next season", "2199-01-01T10:00:00Z");
        String editorial = write(json, "editorial", "What we believe in", "now");
        Path illustration = Images.png(folder.resolve("illustration.png"), 1200, 675);
        for (String illustrated : List.of(news, editorial)) {
            admin.put("/api/v1/news/" + illustrated + "/picture", Files.readAllBytes(illustration));
        }
        STUDIO.put("news", "/studio/news");
        STUDIO.put("news-new", "/studio/news/new");
        STUDIO.put("news-post", "/studio/news/" + news);
        admin.send(
                "PUT", "/api/v1/branding", json.createObjectNode().put("slogan", "Images and voices from the coast"));
        admin.put(
                "/api/v1/branding/images/banner",
                Files.readAllBytes(Images.png(folder.resolve("banner.png"), 1920, 480)));
        admin.put(
                "/api/v1/branding/images/background",
                Files.readAllBytes(Images.png(folder.resolve("background.png"), 1920, 1080)));
        STUDIO.put("branding", "/studio/branding");
        String coast = categorise(json, last);
        STUDIO.put("categories", "/studio/categories");
        STUDIO.put("category-new", "/studio/categories/new?parent=" + coast);
        STUDIO.put("category", "/studio/categories/" + coast);
        VISITOR.put("sign-in", "/sign-in");
        VISITOR.put("forgot-password", "/forgot-password");
        VISITOR.put("home", "/");
        VISITOR.put("watch", admin.media(last).get("watchUrl").asText());
        VISITOR.put("public-categories", "/categories");
        VISITOR.put("public-category", "/category/the-coast");
        VISITOR.put("public-news", "/news");
        VISITOR.put("public-post", "/news/the-doors-open-in-autumn");
        VISITOR.put("missing", "/watch/nothing-here");
    }

    /** What is said in an article's media, and two chapters of it. */
    private static String caption(RegieClient admin, ObjectMapper json, String article) throws Exception {
        String address = "/api/v1/media/" + article;
        ObjectNode chapters = json.createObjectNode();
        chapters.putArray("items").addObject().put("start", 0).put("title", "The quay");
        chapters.withArray("items").addObject().put("start", 1.2).put("title", "The <b>lamp</b>");
        admin.send("PUT", address + "/chapters", chapters);
        String captions = address + "/captions?language=fr&default=true";
        String track = json.readTree(admin.send(
                                "POST",
                                captions,
                                "text/vtt",
                                """
                                00:00.200 --> 00:00.900
                                La mer est calme ce soir.

                                00:01.000 --> 00:01.800
                                <i>Et la lampe</i>
                                n’est pas encore allumée.
                                """)
                        .body())
                .at("/track/id")
                .asText();
        admin.send("POST", address + "/captions?language=en", "text/vtt", "00:00.200 --> 00:00.900\nThe sea is calm.");
        return track;
    }

    /** Categories of every kind: with and without logo, deep and long. */
    private static String categorise(ObjectMapper json, String article) throws Exception {
        RegieClient admin = studio.admin();
        String coast = category(json, "The coast", null);
        String harbour = category(json, "Voices of the harbour, from the first fishermen to this summer", coast);
        String pier = category(json, "The old pier", harbour);
        String inland = category(json, "Inland", null);
        category(json, "Rivers", inland);
        category(json, "Workshops <b>&amp;</b> schools", null);
        admin.put(
                "/api/v1/categories/" + coast + "/logo",
                Files.readAllBytes(Images.transparentPng(folder.resolve("coast.png"), 400, 400)));
        admin.put(
                "/api/v1/categories/" + harbour + "/logo",
                Files.readAllBytes(Images.png(folder.resolve("harbour.png"), 400, 400)));
        ObjectNode text = json.createObjectNode();
        text.set("text", paragraph(json));
        admin.send("PATCH", "/api/v1/categories/" + coast, text);
        ObjectNode into = json.createObjectNode();
        into.putArray("categories").add(coast).add(pier);
        admin.send("PATCH", "/api/v1/media/" + article, into);
        return coast;
    }

    private static String category(ObjectMapper json, String name, String parent) throws Exception {
        ObjectNode draft = json.createObjectNode().put("name", name).put("parent", parent);
        return json.readTree(
                        studio.admin().send("POST", "/api/v1/categories", draft).body())
                .get("id")
                .asText();
    }

    private static String write(ObjectMapper json, String kind, String title, String publishedAt) throws Exception {
        ObjectNode draft =
                json.createObjectNode().put("kind", kind).put("title", title).put("publishedAt", publishedAt);
        draft.set("text", paragraph(json));
        return json.readTree(studio.admin().send("POST", "/api/v1/news", draft).body())
                .get("id")
                .asText();
    }

    private static ObjectNode paragraph(ObjectMapper json) {
        ObjectNode text = json.createObjectNode().put("type", "doc");
        text.putArray("content")
                .addObject()
                .put("type", "paragraph")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put(
                        "text",
                        "A few words about what comes, long enough to fill more than one line on a phone. ".repeat(4));
        return text;
    }

    /** Somebody else, and somebody who is still to come. */
    private static String person(ObjectMapper json) throws Exception {
        RegieClient admin = studio.admin();
        ObjectNode invited = json.createObjectNode()
                .put("email", "margaret.hamilton@example.org")
                .put("role", "editor");
        String link = json.readTree(
                        admin.send("POST", "/api/v1/invitations", invited).body())
                .get("link")
                .asText();
        VISITOR.put("invitation", link.replaceFirst("^https?://[^/]+", ""));
        ObjectNode draft = json.createObjectNode()
                .put("email", "ada.lovelace@example.org")
                .put("name", "Ada Lovelace")
                .put("role", "author")
                .put("password", "a very good password");
        return json.readTree(admin.send("POST", "/api/v1/accounts", draft).body())
                .get("id")
                .asText();
    }

    /** A stream that is recorded for an hour and a half at these times. */
    private static String plan(ObjectMapper json, String name, String cron) throws Exception {
        ObjectNode draft = json.createObjectNode().put("name", name).put("url", "rtsp://user:secret@9.9.9.9/quay");
        draft.putArray("schedules")
                .addObject()
                .put("kind", "cron")
                .put("cron", cron)
                .put("minutes", 90);
        return studio.admin().send("POST", "/api/v1/live-streams", draft).body();
    }

    @AfterAll
    static void stop() throws Exception {
        studio.close();
    }

    @AfterEach
    void quiet() {
        studio.forgive("404");
        assertThat(studio.complaints()).isEmpty();
    }

    @Test
    void everybodyCanUseEveryPage() throws IOException {
        List<String> violations = new ArrayList<>();
        for (String language : List.of("en", "fr")) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = studio.signedIn("/studio", Window.DESK, language, scheme);
                Page visitor = studio.open(Window.DESK, language, scheme);
                for (Map.Entry<String, String> each : STUDIO.entrySet()) {
                    judge(page, each, language + " " + scheme, violations);
                }
                for (Map.Entry<String, String> each : VISITOR.entrySet()) {
                    judge(visitor, each, language + " " + scheme, violations);
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    private static void judge(Page page, Map.Entry<String, String> each, String how, List<String> violations)
            throws IOException {
        open(page, each.getValue());
        for (String violation : StudioBrowser.violations(page)) {
            violations.add(each.getKey() + " (" + how + ") " + violation);
        }
    }

    @Test
    void everyPageFitsItsWindow() throws IOException {
        Files.createDirectories(SCREENSHOTS);
        List<String> tooWide = new ArrayList<>();
        for (Window window : Window.values()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = studio.signedIn("/studio", window, "en", scheme);
                Page visitor = studio.open(window, "en", scheme);
                STUDIO.forEach((name, address) -> draw(page, name, address, window, scheme, tooWide));
                VISITOR.forEach((name, address) -> draw(visitor, name, address, window, scheme, tooWide));
            }
        }
        assertThat(tooWide).isEmpty();
    }

    private static void draw(
            Page page, String name, String address, Window window, ColorScheme scheme, List<String> tooWide) {
        open(page, address);
        String picture =
                name + "-" + window.name().toLowerCase() + "-" + scheme.name().toLowerCase() + ".png";
        page.screenshot(
                new ScreenshotOptions().setPath(SCREENSHOTS.resolve(picture)).setFullPage(true));
        Object excess =
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (((Number) excess).intValue() > 0) {
            tooWide.add(picture + " by " + excess + " px");
        }
    }

    private static void open(Page page, String address) {
        page.navigate(studio.address(address));
        page.waitForLoadState(LoadState.LOAD);
        // What is loaded on demand belongs to the page.
        StudioBrowser.eventually(page.locator(":not(:defined)")).hasCount(0);
    }
}
