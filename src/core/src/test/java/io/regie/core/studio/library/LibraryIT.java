package io.regie.core.studio.library;

import static io.regie.core.studio.StudioBrowser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import io.regie.core.RegieClient;
import io.regie.core.RegieServer;
import io.regie.core.studio.StudioBrowser;
import io.regie.core.studio.StudioBrowser.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library in a browser: found, filtered, selected, changed and taken back. */
class LibraryIT {

    private static final String LIBRARY = "/studio/library";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'{7*7}";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static StudioBrowser studio;
    private static RegieClient admin;
    private static final Map<String, String> IDS = new LinkedHashMap<>();

    @BeforeAll
    static void fill() throws Exception {
        studio = StudioBrowser.start();
        admin = studio.admin();
        for (String title : new String[] {"Harbour at night", "Harbour by day", "Étude en bleu", "Minutes of May"}) {
            add(title);
        }
        // More than one page of them.
        for (int i = 1; i <= 50; i++) {
            add("Leaflet " + i);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        studio.close();
    }

    @AfterEach
    void quiet() {
        assertThat(studio.complaints()).isEmpty();
    }

    private static String add(String title) throws Exception {
        Path file = folder.resolve(title.replace(' ', '_') + ".pdf");
        Files.writeString(file, "%PDF-1.4\n" + title + "\n%%EOF\n");
        String id = admin.upload(file, "public");
        IDS.put(title, id);
        return id;
    }

    private static void edit(String id, ObjectNode change) throws Exception {
        assertThat(admin.send("PATCH", "/api/v1/media/" + id, change).statusCode())
                .isEqualTo(200);
    }

    private static Page library(String words) {
        return settled(studio.signedIn(LIBRARY + words));
    }

    /** Waits until the element that selects is there. */
    private static Page settled(Page page) {
        page.waitForFunction("() => customElements.get('regie-library')");
        return page;
    }

    private static Locator article(Page page, String title) {
        return page.locator("[data-article='" + IDS.get(title) + "']");
    }

    private static Locator box(Page page, String title) {
        return article(page, title).locator("input[type=checkbox]");
    }

    private static Locator articles(Page page) {
        return page.locator("[data-article]");
    }

    @Test
    void findsWhileSomebodyTypesAndKeepsTheAddress() {
        Page page = library("");
        page.locator("#q").pressSequentially("harb ni");
        eventually(articles(page)).hasCount(1);
        eventually(article(page, "Harbour at night")).isVisible();
        assertThat(page.url()).endsWith(LIBRARY + "?q=harb+ni");
        page.locator("#q").fill("etude");
        eventually(article(page, "Étude en bleu")).isVisible();
        page.locator("#q").fill("zzz");
        eventually(page.locator(".empty h2")).hasText("Nothing found");
        page.locator(".empty a").click();
        eventually(page.locator(".library-count")).containsText("articles");
    }

    @Test
    void showsTheSameViewAtTheSameAddress() {
        Page page = library("?kind=document&sort=title&view=table&q=harbour");
        eventually(articles(page)).hasCount(2);
        eventually(articles(page).first().locator(".row-title")).hasText("Harbour at night");
        eventually(page.locator("#kind")).hasValue("document");
        eventually(page.locator("#sort")).hasValue("title");
        page.locator("#kind").selectOption("video");
        eventually(articles(page)).hasCount(0);
        assertThat(page.url()).contains("kind=video").contains("view=table").contains("q=harbour");
        page.goBack();
        eventually(articles(page)).hasCount(2);
    }

    @Test
    void loadsMoreUntilTheEnd() {
        Page page = library("?q=leaflet&sort=title");
        eventually(articles(page)).hasCount(48);
        page.locator(".library-next a").click();
        eventually(articles(page)).hasCount(50);
        eventually(page.locator(".library-next")).hasCount(0);
        eventually(articles(page).last().locator(".card-title")).hasText("Leaflet 50");
    }

    @Test
    void changesManyAtOnceAndTakesDeletingBack() throws Exception {
        String first = add("Poster draft one");
        String second = add("Poster draft two");
        Page page = library("?q=poster+draft");
        box(page, "Poster draft one").check();
        box(page, "Poster draft two").check();
        eventually(page.locator(".library-selected")).hasText("2 selected");
        page.locator(".library-bulk summary").click();
        page.locator("[data-visibility=private]").click();
        eventually(article(page, "Poster draft one").locator(".badge")).hasText("Private");
        eventually(article(page, "Poster draft two").locator(".badge")).hasText("Private");

        page.locator("[data-tags]").click();
        page.locator("#add-tags").fill("sketch, wall");
        page.locator("#tags-dialog button[value=yes]").click();
        eventually(article(page, "Poster draft one").locator(".tag")).hasText(new String[] {"sketch", "wall"});

        page.locator("[data-delete]").click();
        eventually(articles(page)).hasCount(0);
        assertThat(admin.get("/api/v1/media/" + first).statusCode()).isEqualTo(404);
        page.locator(".toast button")
                .filter(new Locator.FilterOptions().setHasText("Undo"))
                .click();
        eventually(articles(page)).hasCount(2);
        assertThat(admin.media(second).get("visibility").asText()).isEqualTo("private");
    }

    @Test
    void showsWhatChangesElsewhereWithoutLosingTheSelection() throws Exception {
        String id = add("Changing elsewhere");
        Page page = library("?q=elsewhere");
        box(page, "Changing elsewhere").check();
        edit(id, JSON.createObjectNode().put("title", "Changed elsewhere"));
        eventually(article(page, "Changing elsewhere").locator(".card-title")).hasText("Changed elsewhere");
        eventually(box(page, "Changing elsewhere")).isChecked();
    }

    @Test
    void showsTheArticlesOfOnePerson() throws Exception {
        RegieClient ann = admin.newAccount("ann@example.org", "author");
        Path file = Files.writeString(folder.resolve("Anns_own.pdf"), "%PDF-1.4\nAnn\n%%EOF\n");
        IDS.put("Anns own", ann.upload(file, "private"));
        Page page = library("");
        page.getByText("More filters").click();
        page.locator("#owner").selectOption(new SelectOption().setLabel("ann@example.org"));
        eventually(articles(page)).hasCount(1);
        eventually(article(page, "Anns own")).isVisible();
        assertThat(page.url()).contains("owner=");
        page.reload();
        eventually(articles(page)).hasCount(1);
        eventually(page.locator("#owner option:checked")).hasText("ann@example.org");
    }

    @Test
    void fetchesWhatIsInViewOfALongList() throws Exception {
        for (int i = 1; i <= 60; i++) {
            add("Sheet " + i);
        }
        Page page = library("?sort=title&view=table");
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/items?")) {
                asked.add(request.url());
            }
        });
        eventually(articles(page)).hasCount(48);
        page.locator(".library-next a").click();
        eventually(articles(page)).hasCount(96);
        page.locator(".library-next a").click();
        eventually(page.locator(".library-next")).hasCount(0);
        assertThat(articles(page).count()).isGreaterThan(100);
        Locator first = articles(page).first();
        Locator last = articles(page).last();
        String firstId = first.getAttribute("data-article");
        String lastId = last.getAttribute("data-article");
        last.scrollIntoViewIfNeeded();

        edit(firstId, JSON.createObjectNode().put("licence", "CC0-1.0").put("title", "Aisle changed out of view"));
        edit(lastId, JSON.createObjectNode().put("title", "Zone changed in view"));
        eventually(last.locator(".row-title")).hasText("Zone changed in view");
        assertThat(asked).noneMatch(url -> url.contains(firstId));
        first.scrollIntoViewIfNeeded();
        eventually(first.locator(".row-title")).hasText("Aisle changed out of view");
        assertThat(articles(page).count()).isGreaterThan(100);
    }

    @Test
    void restoresFromTheTrashWithoutScripts() throws Exception {
        String id = add("Thrown by mistake");
        Page page = studio.open(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        studio.signIn(page, "/studio/media/" + id, RegieServer.EMAIL);
        page.locator(".danger-zone button").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Trash"))
                .click();
        Locator row = article(page, "Thrown by mistake");
        eventually(row).containsText("Thrown by mistake");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Restore"))
                .click();
        eventually(row).hasCount(0);
        assertThat(admin.get("/api/v1/media/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void showsHostileWordsAsTheyAre() throws Exception {
        String id = add("Hostile");
        ObjectNode change = JSON.createObjectNode().put("title", HOSTILE);
        change.putArray("tags").add("<script>alert(1)</script>");
        edit(id, change);
        for (String view : new String[] {"", "&view=table"}) {
            Page page = library("?q=onerror" + view);
            eventually(article(page, "Hostile").locator(".card-title, .row-title"))
                    .hasText(HOSTILE);
            eventually(article(page, "Hostile").locator(".tag")).hasText("<script>alert(1)</script>");
            assertThat(page.locator("#results img[onerror]").count()).isZero();
        }
        Page page = library("?q=" + "%22%3E%3Cimg+src%3Dx+onerror%3Dalert(2)%3E");
        eventually(page.locator("#q")).hasValue("\"><img src=x onerror=alert(2)>");
    }

    @Test
    void fitsAPhone() throws Exception {
        add("Pocket one");
        Page page = settled(studio.signedIn(LIBRARY + "?q=pocket", Window.PHONE, "fr", ColorScheme.DARK));
        eventually(page.locator("h1")).hasText("Médiathèque");
        box(page, "Pocket one").check();
        eventually(page.locator(".library-selected")).hasText("1 sélectionné");
        eventually(page.locator("[data-delete]")).isInViewport();
        page.locator("summary")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("filtres")))
                .click();
        eventually(page.locator("#to")).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void findsWithoutScripts() {
        Page page = studio.open(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        studio.signIn(page, LIBRARY, RegieServer.EMAIL);
        page.locator("#q").fill("harbour");
        page.locator("#q").press("Enter");
        eventually(articles(page)).hasCount(2);
        eventually(article(page, "Harbour by day")).isVisible();
    }

    @Test
    void worksByKeyboardAlone() throws Exception {
        add("Keyboard one");
        add("Keyboard two");
        add("Keyboard three");
        Page page = library("");
        page.keyboard().press("?");
        eventually(page.locator("#shortcuts")).isVisible();
        page.keyboard().press("Escape");
        page.keyboard().press("/");
        page.keyboard().type("keyboard");
        eventually(articles(page)).hasCount(3);
        page.keyboard().press("ArrowDown");
        eventually(articles(page).nth(0).locator("a:focus")).hasCount(1);
        page.keyboard().press("x");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Shift+X");
        eventually(page.locator(".library-selected")).hasText("3 selected");
        page.keyboard().press("Escape");
        eventually(page.locator(".library-bulk")).isHidden();
        page.keyboard().press("ArrowLeft");
        eventually(article(page, "Keyboard two").locator(".card-title a")).isFocused();
        eventually(article(page, "Keyboard two").locator(".card-title a"))
                .hasAttribute("href", "/studio/media/" + IDS.get("Keyboard two"));
    }

    @Test
    void keepsItsPlaceWhenResultsComeLate() throws Exception {
        add("Late one");
        add("Late two");
        Page page = library("");
        page.locator("#q").fill("late");
        eventually(articles(page)).hasCount(2);
        // Leaving the field asks once more.
        CompletableFuture<Route> held = new CompletableFuture<>();
        page.route(address -> address.contains("q=late"), held::complete);
        page.locator("#q").press("ArrowDown");
        page.keyboard().press("ArrowRight");
        Locator place = articles(page).nth(1).locator(".card-title a");
        eventually(place).isFocused();
        place.evaluate("link => link.dataset.old = ''");
        page.waitForCondition(held::isDone);
        held.join().resume();
        eventually(place).not().hasAttribute("data-old", "");
        eventually(place).isFocused();
    }
}
