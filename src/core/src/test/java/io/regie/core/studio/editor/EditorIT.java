package io.regie.core.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import io.regie.core.studio.StudioBrowser;
import io.regie.core.studio.StudioBrowser.Window;
import io.regie.testkit.Clips;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does to an article in the editor, in a browser, with a real film. */
class EditorIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static StudioBrowser studio;
    private static RegieClient admin;
    private static String film;

    @BeforeAll
    static void start() throws Exception {
        studio = StudioBrowser.start();
        admin = studio.admin();
        film = admin.upload(Clips.clip().seconds(4).blackFrames(50).writeIn(folder, "film"), "public");
        admin.awaitReady(film);
    }

    @AfterAll
    static void stop() throws Exception {
        studio.close();
    }

    @AfterEach
    void quiet() {
        assertThat(studio.complaints()).isEmpty();
    }

    @Test
    void savesWhilePeopleWrite() throws Exception {
        Page page = edit();
        page.locator("#title").fill("A day at the sea");
        Locator text = page.locator("#rich-text");
        text.click();
        page.keyboard().press("Control+a");
        page.keyboard().press("Delete");
        page.keyboard().press("Control+b");
        page.keyboard().type("Waves");
        page.keyboard().press("Control+b");
        page.keyboard().type(" and <wind>");
        page.locator("#add-tag").fill("sea");
        page.keyboard().press("Enter");
        page.locator("#licence").selectOption("CC-BY-4.0");
        saved(page);

        JsonNode article = admin.media(film);
        assertThat(article.get("title").asText()).isEqualTo("A day at the sea");
        assertThat(article.get("licence").asText()).isEqualTo("CC-BY-4.0");
        assertThat(article.get("tags").toString()).isEqualTo("[\"sea\"]");
        assertThat(article.at("/description/content/0/content/0/marks/0/type").asText())
                .isEqualTo("bold");
        page.reload();
        StudioBrowser.eventually(page.locator("#rich-text strong")).hasText("Waves");
        page.navigate(studio.address(article.get("watchUrl").asText()));
        StudioBrowser.eventually(page.locator(".prose")).hasText("Waves and <wind>");
    }

    @Test
    void conflictShowsBothTextsAndLosesNeither() throws Exception {
        Page page = edit();
        admin.send("PATCH", "/api/v1/media/" + film, JSON.createObjectNode().put("title", "Their title"));
        page.locator("#title").fill("My title");
        Locator dialog = page.locator("dialog.conflict");
        StudioBrowser.eventually(dialog).isVisible();
        StudioBrowser.eventually(dialog).containsText("My title");
        StudioBrowser.eventually(dialog).containsText("Their title");
        assertThat(admin.media(film).get("title").asText()).isEqualTo("Their title");
        page.locator("button[data-choice=mine]").click();
        saved(page);
        assertThat(admin.media(film).get("title").asText()).isEqualTo("My title");
        studio.forgive("412");
    }

    @Test
    void changesOfDifferentFieldsAreJoined() throws Exception {
        Page page = edit();
        admin.send("PATCH", "/api/v1/media/" + film, JSON.createObjectNode().put("licence", "CC0-1.0"));
        page.locator("#title").fill("Joined");
        saved(page);
        JsonNode article = admin.media(film);
        assertThat(article.get("title").asText()).isEqualTo("Joined");
        assertThat(article.get("licence").asText()).isEqualTo("CC0-1.0");
        assertThat(page.locator("#licence").inputValue()).isEqualTo("CC0-1.0");
        studio.forgive("412");
    }

    @Test
    void whatCouldNotBeSavedComesBack() throws Exception {
        Page page = edit();
        page.context().setOffline(true);
        page.locator("#title").fill("Written on the train");
        StudioBrowser.eventually(page.locator("#save-state")).hasText("Offline, will retry");
        Page later = page.context().newPage();
        page.close();
        later.context().setOffline(false);
        later.navigate(studio.address("/studio/media/" + film));
        later.locator(".kept button").first().click();
        saved(later);
        assertThat(admin.media(film).get("title").asText()).isEqualTo("Written on the train");
        studio.forgive("ERR_INTERNET_DISCONNECTED");
    }

    @Test
    void draftIsMissingForVisitorsUntilItIsPublished() throws Exception {
        Page page = edit();
        page.locator("[name=publication][value=draft]").check();
        saved(page);
        RegieClient visitor = RegieClient.visitor(studio.server());
        assertThat(visitor.get("/api/v1/media/" + film).statusCode()).isEqualTo(404);
        assertThat(visitor.get("/media/" + film + "/master.m3u8").statusCode()).isEqualTo(404);
        page.locator("[name=publication][value=published]").check();
        saved(page);
        assertThat(visitor.get("/api/v1/media/" + film).statusCode()).isEqualTo(200);
        assertThat(visitor.get("/media/" + film + "/master.m3u8").statusCode()).isEqualTo(200);
    }

    @Test
    void wrongAddressIsSaidNextToItsFieldWhileTheRestIsSaved() throws Exception {
        Page page = edit();
        page.locator("#slug").fill("No Address");
        page.locator("#slug").blur();
        StudioBrowser.eventually(page.locator("#slug-error")).containsText("lower-case letters");
        page.locator("#slug").fill("by-the-sea");
        page.locator("#slug").blur();
        saved(page);
        assertThat(admin.media(film).get("slug").asText()).isEqualTo("by-the-sea");
        studio.forgive("400");
    }

    @Test
    void frameChosenByScrubbingBecomesThePoster() throws Exception {
        Page page = edit();
        page.locator("[data-choose]").click();
        Locator range = page.locator(".scrubber-range");
        range.evaluate("range => { range.value = 3; range.dispatchEvent(new Event('input')); }");
        range.press("ArrowRight");
        page.locator("dialog .button.primary").click();
        StudioBrowser.eventually(page.locator("[data-forget]")).isVisible();

        JsonNode article = admin.media(film);
        assertThat(article.get("posterChosen").asBoolean()).isTrue();
        byte[] poster = admin.bytes(article.get("posterUrl").asText()).body();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(poster));
        assertThat(picture.getWidth()).isEqualTo(320);
        // The first two seconds are black.
        assertThat(picture.getRGB(10, 10) & 0xFF).isGreaterThan(100);
        StudioBrowser.eventually(page.locator(".poster img"))
                .hasAttribute("src", article.get("posterUrl").asText());
    }

    @Test
    void renditionIsMadeAgain() throws Exception {
        Page page = edit();
        List<String> before = jobs("transcoding.rung");
        page.locator("#work [data-action] button").first().click();
        admin.await(film, Duration.ofMinutes(2), found -> {
            try {
                JsonNode all = admin.jobs(film);
                return jobs("transcoding.rung").size() > before.size()
                        && all.findValuesAsText("state").stream().noneMatch(state -> state.equals("running"))
                        && all.findValuesAsText("state").stream().noneMatch(state -> state.equals("queued"));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        StudioBrowser.eventually(page.locator("#work .rows .badge.good").first())
                .isVisible();
        assertThat(admin.media(film).get("renditions")).isNotEmpty();
    }

    @Test
    void offersTagsThatAreThereAlready() throws Exception {
        String other = leaflet("tagged");
        ObjectNode tags = JSON.createObjectNode();
        tags.putArray("tags").add("Harbour").add("Harvest").add("Sea");
        admin.send("PATCH", "/api/v1/media/" + other, tags);
        String article = leaflet("untagged");
        Page page = edit(article);
        Locator field = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Tags"));
        Locator offered = page.locator(".suggestions").getByRole(AriaRole.OPTION);

        field.pressSequentially("har");
        StudioBrowser.eventually(offered).hasText(new String[] {"Harbour", "Harvest"});
        StudioBrowser.eventually(page.getByText("2 suggestions")).isAttached();
        field.press("ArrowDown");
        field.press("ArrowDown");
        StudioBrowser.eventually(offered.nth(1)).hasAttribute("aria-selected", "true");
        assertThat(field.getAttribute("aria-activedescendant"))
                .isEqualTo(offered.nth(1).getAttribute("id"));
        field.press("Enter");
        StudioBrowser.eventually(offered).hasCount(0);
        StudioBrowser.eventually(field).hasAttribute("aria-expanded", "false");
        field.pressSequentially("har");
        StudioBrowser.eventually(offered).hasText(new String[] {"Harbour"});
        field.press("Escape");
        StudioBrowser.eventually(offered).hasCount(0);
        field.press("Enter");
        saved(page);
        assertThat(admin.media(article).get("tags").toString()).isEqualTo("[\"har\",\"Harvest\"]");
    }

    @Test
    void filesThatGoWithItAreOfferedForDownload() throws Exception {
        String article = leaflet("with_files");
        Path score = Files.writeString(folder.resolve("the_score.html"), "<h1>Adagio</h1>");
        Path photo = Files.write(folder.resolve("stage.raw"), new byte[100_000]);
        Page page = edit(article);
        // The list with the first of them is on its way until the second has come too.
        List<Runnable> late = new ArrayList<>();
        page.route("**/annexes", route -> {
            APIResponse list = route.fetch();
            Runnable answer = () -> route.fulfill(new Route.FulfillOptions().setResponse(list));
            if (late.isEmpty()) {
                late.add(answer);
            } else {
                answer.run();
            }
        });
        page.locator("regie-annexes input[type=file]").setInputFiles(new Path[] {score, photo});
        StudioBrowser.eventually(page.locator(".annex-sending li")).hasCount(0);
        page.waitForCondition(() -> !late.isEmpty());
        late.get(0).run();
        Locator titles = page.locator("#annexes .row-title");
        StudioBrowser.eventually(titles).hasText(new String[] {"the score", "stage"});

        Locator rows = page.locator("#annexes .row");
        rows.nth(1).locator("[id^=up-]").click();
        StudioBrowser.eventually(titles).hasText(new String[] {"stage", "the score"});
        rows.nth(1).locator("summary").click();
        rows.nth(1).locator("[name=title]").fill("Score & <parts>");
        rows.nth(1).locator("details button").click();
        StudioBrowser.eventually(titles).hasText(new String[] {"stage", "Score & <parts>"});
        rows.nth(0).locator("form[action$=delete] button").click();
        page.locator("dialog[open] button[value=yes]").click();
        StudioBrowser.eventually(titles).hasText(new String[] {"Score & <parts>"});

        page.navigate(studio.address(admin.media(article).get("watchUrl").asText()));
        StudioBrowser.eventually(page.locator(".files")).containsText("the_score.html");
        Download download =
                page.waitForDownload(() -> page.getByText("Score & <parts>").click());
        assertThat(download.suggestedFilename()).isEqualTo("the_score.html");
        assertThat(Files.readString(download.path())).isEqualTo("<h1>Adagio</h1>");
    }

    @Test
    void timesAreNeverSeenAsMachinesWriteThem() {
        Page page = edit();
        page.waitForFunction("() => document.querySelector('#work time[data-relative][title]')");
        // What is painted after each renewal, frame by frame.
        page.evaluate(
                """
                () => {
                  window.seen = [];
                  const look = () => {
                    for (const time of document.querySelectorAll('#work time[data-relative]')) window.seen.push(time.textContent);
                    requestAnimationFrame(look);
                  };
                  requestAnimationFrame(look);
                  window.old = document.getElementById('work');
                  document.dispatchEvent(
                    new CustomEvent('regie:hint', { detail: { type: 'job', id: document.querySelector('regie-editor').dataset.article, version: 0 } }));
                }
                """);
        page.waitForFunction("() => document.getElementById('work') !== window.old");
        page.waitForFunction("before => window.seen.length > before + 20", page.evaluate("() => window.seen.length"));
        assertThat(page.evaluate("() => window.seen.filter((text) => /\\dT\\d/.test(text))"))
                .isEqualTo(List.of());
    }

    @Test
    void deletingCanBeTakenBack() throws Exception {
        String leaflet = leaflet("thrown_away");
        Page page = edit(leaflet);
        page.locator(".danger-zone button").click();
        Locator toast = page.locator(".toast");
        StudioBrowser.eventually(toast).containsText("1 article deleted");
        assertThat(page.url()).isEqualTo(studio.address("/studio/library"));
        Locator card = page.locator("[data-article='" + leaflet + "']");
        StudioBrowser.eventually(card).hasCount(0);
        assertThat(admin.get("/api/v1/media/" + leaflet).statusCode()).isEqualTo(404);
        toast.getByText("Undo").click();
        StudioBrowser.eventually(card).isVisible();
        assertThat(admin.get("/api/v1/media/" + leaflet).statusCode()).isEqualTo(200);
    }

    @Test
    void plainFormSavesWithoutScript() throws Exception {
        Page page = studio.signIn(
                studio.open(new Browser.NewContextOptions().setJavaScriptEnabled(false)),
                "/studio/media/" + film,
                RegieServer.EMAIL);
        page.locator("#text").fill("First\n\nSecond <b>");
        page.locator("#visibility").selectOption("unlisted");
        page.locator("#article button.primary").click();
        page.waitForURL(studio.address("/studio/media/" + film));
        JsonNode article = admin.media(film);
        assertThat(article.get("visibility").asText()).isEqualTo("unlisted");
        assertThat(article.at("/description/content/1/content/0/text").asText()).isEqualTo("Second <b>");
        page.locator("#visibility").selectOption("public");
        page.locator("#article button.primary").click();
        page.waitForURL(studio.address("/studio/media/" + film));
    }

    @Test
    void speaksFrenchAndFitsOnAPhone() {
        Page page = studio.signedIn("/studio/media/" + film, Window.PHONE, "fr", ColorScheme.DARK);
        StudioBrowser.eventually(page.locator("regie-editor[ready]")).isVisible();
        StudioBrowser.eventually(page.locator("#save-state")).hasText("Enregistré");
        StudioBrowser.eventually(page.getByText("Fichier d’origine")).isVisible();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
    }

    private static String leaflet(String name) throws Exception {
        Path file = folder.resolve(name + ".pdf");
        Files.writeString(file, "%PDF-1.4\n" + name + "\n%%EOF\n");
        return admin.upload(file, "public");
    }

    private static Page edit() {
        return edit(film);
    }

    private static Page edit(String article) {
        Page page = studio.signedIn("/studio/media/" + article);
        StudioBrowser.eventually(page.locator("regie-editor[ready]")).isVisible();
        return page;
    }

    private static void saved(Page page) {
        StudioBrowser.eventually(page.locator("#save-state")).hasText("Saved");
    }

    private static List<String> jobs(String type) throws Exception {
        List<String> ids = new ArrayList<>();
        for (JsonNode job : admin.jobs(film)) {
            if (job.get("type").asText().equals(type)) {
                ids.add(job.get("id").asText());
            }
        }
        return ids;
    }
}
