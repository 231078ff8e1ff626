package io.regie.core.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.SelectOption;
import io.regie.core.RegieClient;
import io.regie.testkit.Clips;
import io.regie.testkit.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** News and branding from the studio to the home page. */
class PortalIT {

    private static final Path SHIPPED = Path.of("../../themes/default");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    @TempDir
    static Path folder;

    private static StudioBrowser studio;

    @BeforeAll
    static void start() throws Exception {
        studio = StudioBrowser.start(Map.of("REGIE_UPLOADS_QUOTA", "1G"));
        RegieClient admin = studio.admin();
        admin.awaitReady(admin.upload(Clips.standard(folder), "public"));
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
    void newsPostOfAFutureDateShowsFromThenOnBelowTheEditorials() throws IOException {
        Page editorial = studio.signedIn("/studio/news");
        write(editorial, "What we believe in");
        editorial.locator("[name=kind][value=editorial]").check();
        save(editorial);

        Page page = studio.signedIn("/studio/news");
        write(page, "The doors open");
        page.locator("[name=publication][value=at]").check();
        page.locator("#publishedAt").fill(LOCAL.format(LocalDateTime.now().plusDays(1)));
        save(page);
        StudioBrowser.eventually(page.locator("#rich-text strong")).hasText("Come");
        choose(page.locator("regie-picture"), Images.png(folder.resolve("doors.png"), 640, 360));
        String post = page.url().replaceFirst("\\?.*", "");
        page.navigate(studio.address("/studio/news"));
        StudioBrowser.eventually(page.locator(".row", new Page.LocatorOptions().setHasText("The doors open")))
                .containsText("Scheduled");

        Page visitor = studio.open();
        showsAtHome(visitor, "What we believe in");
        StudioBrowser.eventually(visitor.getByText("The doors open")).hasCount(0);
        visitor.navigate(studio.address("/news/the-doors-open"));
        StudioBrowser.eventually(visitor.getByText("There is nothing here")).isVisible();
        studio.forgive("404");

        page.navigate(post);
        StudioBrowser.eventually(page.locator("regie-post[ready]")).isVisible();
        page.locator("#publishedAt").fill(LOCAL.format(LocalDateTime.now().minusDays(1)));
        save(page);
        showsAtHome(visitor, "The doors open");
        double media = top(visitor.locator(".feature"));
        double editorials = top(visitor.getByText("What we believe in"));
        double news = top(visitor.getByText("The doors open"));
        assertThat(List.of(media, editorials, news, top(visitor.locator("footer"))))
                .isSorted();
        visitor.getByText("The doors open").click();
        StudioBrowser.eventually(visitor.locator(".prose strong")).hasText("Come");
        StudioBrowser.eventually(visitor.locator(".post-picture")).isVisible();
        assertThat(StudioBrowser.violations(visitor)).isEmpty();
    }

    @Test
    void nestedCategoriesLeadToTheirMedia() throws Exception {
        Page page = studio.signedIn("/studio/categories");
        page.getByText("Add the first one").click();
        saveCategory(page, "The coast");
        choose(page.locator("regie-picture"), Images.png(folder.resolve("coast.png"), 400, 400));
        // Without the word that it was saved.
        page.navigate(page.url().replaceFirst("\\?.*", ""));
        StudioBrowser.eventually(page.locator("regie-post[ready]")).isVisible();
        page.locator("#rich-text").click();
        page.keyboard().press("Control+b");
        page.keyboard().type("Everything by the sea");
        saveCategory(page, "The coast");
        page.navigate(studio.address("/studio/categories"));
        page.getByLabel("Add a category in The coast").click();
        saveCategory(page, "Harbours");
        choose(page.locator("regie-picture"), Images.png(folder.resolve("harbours.png"), 400, 400));
        page.navigate(studio.address("/studio/categories"));
        page.locator(".page-actions .primary").click();
        saveCategory(page, "Inland");
        page.navigate(studio.address("/studio/categories"));
        page.getByLabel("Move Inland up").click();
        StudioBrowser.eventually(page.locator(".row-title").first()).hasText("Inland");

        page.navigate(studio.address("/studio/library"));
        page.locator("[data-article] .card-title a").first().click();
        StudioBrowser.eventually(page.locator("regie-editor[ready]")).isVisible();
        page.locator("#categories").getByText("Harbours").click();
        StudioBrowser.eventually(page.locator("#save-state")).hasText("Saved");

        page.navigate(studio.address("/studio/library"));
        page.locator("[data-article] input[type=checkbox]").first().check();
        page.locator(".library-bulk [data-categories]").click();
        page.locator("#bulk-category").selectOption(new SelectOption().setLabel("Inland"));
        page.locator("#category-dialog [value=add]").click();
        StudioBrowser.eventually(page.locator(".toast")).containsText("1 article changed");

        Page visitor = studio.open();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            visitor.navigate(studio.address("/categories"));
            assertThat(visitor.locator(".category", new Page.LocatorOptions().setHasText("The coast"))
                            .innerText())
                    .contains("1 item");
        });
        assertThat(StudioBrowser.violations(visitor)).isEmpty();
        visitor.locator(".category-link", new Page.LocatorOptions().setHasText("The coast"))
                .click();
        StudioBrowser.eventually(visitor.locator(".prose strong")).hasText("Everything by the sea");
        StudioBrowser.eventually(visitor.locator("img.category-logo")).isVisible();
        StudioBrowser.eventually(visitor.locator(".card")).hasCount(1);
        visitor.locator(".category-link", new Page.LocatorOptions().setHasText("Harbours"))
                .click();
        StudioBrowser.eventually(visitor.locator(".crumbs")).containsText("The coast");
        assertThat(StudioBrowser.violations(visitor)).isEmpty();
        visitor.locator(".card a").click();
        StudioBrowser.eventually(visitor.locator(".media-categories")).containsText("Inland");
        visitor.locator(".media-categories a", new Page.LocatorOptions().setHasText("The coast"))
                .click();
        StudioBrowser.eventually(visitor.locator("h1")).hasText("The coast");
    }

    private static void saveCategory(Page page, String name) {
        StudioBrowser.eventually(page.locator("regie-post[ready]")).isVisible();
        page.locator("#name").fill(name);
        save(page);
    }

    @Test
    void siteIsOnesOwnAndStaysSoWhenTheThemeChanges() throws Exception {
        Page page = studio.signedIn("/studio/branding");
        page.locator("#name").fill("Canal Sud");
        page.locator("#slogan").fill("Images from here and from afar");
        page.locator("button.primary").click();
        StudioBrowser.eventually(page.locator(".note.good")).isVisible();
        choose(page.locator("#brand-logo"), Images.transparentPng(folder.resolve("logo.png"), 400, 100));
        choose(page.locator("#brand-banner"), Images.png(folder.resolve("banner.png"), 1600, 400));
        choose(page.locator("#brand-background"), Images.png(folder.resolve("background.png"), 1600, 1000));
        Path hostile = Files.writeString(
                folder.resolve("logo.svg"),
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><script>alert(1)</script></svg>");
        send(page.locator("#brand-logo"), hostile);
        StudioBrowser.eventually(page.locator(".toast.bad")).containsText("This SVG holds more than shapes (script)");
        studio.forgive("422");

        Page visitor = studio.open();
        visitor.navigate(studio.address("/"));
        for (String image : List.of(".logo", ".banner > img")) {
            StudioBrowser.eventually(visitor.locator(image)).isVisible();
            assertThat((Integer)
                            visitor.locator(image).evaluate("image => image.decode().then(() => image.naturalWidth)"))
                    .as(image)
                    .isPositive();
        }
        assertThat(visitor.locator(".logo").getAttribute("alt")).isEqualTo("Canal Sud");
        StudioBrowser.eventually(visitor.locator(".banner")).containsText("Images from here and from afar");
        assertThat(background(visitor)).contains("/brand/background/");
        assertThat(StudioBrowser.violations(visitor)).isEmpty();

        // What listens would complain.
        page.navigate("about:blank");
        studio.server().kill();
        wearThemeWithoutBanner();
        studio.server().startAgain();
        page.navigate(studio.address("/studio/branding"));
        StudioBrowser.eventually(page.locator("#brand-banner [data-not-shown]"))
                .containsText("The theme Without banner shows no such image");
        StudioBrowser.eventually(page.locator("#brand-banner [data-upload]")).hasCount(0);
        StudioBrowser.eventually(page.locator("#brand-logo [data-upload]")).isVisible();
        visitor.navigate(studio.address("/"));
        StudioBrowser.eventually(visitor.locator(".logo")).isVisible();
        StudioBrowser.eventually(visitor.locator(".banner")).hasCount(0);
        assertThat(background(visitor)).contains("/brand/background/");
    }

    /** The home page may be a second old. */
    private static void showsAtHome(Page visitor, String text) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            visitor.navigate(studio.address("/"));
            assertThat(visitor.getByText(text).count()).isEqualTo(1);
        });
    }

    private static void write(Page page, String title) {
        page.getByText("Write").click();
        StudioBrowser.eventually(page.locator("regie-post[ready]")).isVisible();
        page.locator("#title").fill(title);
        page.locator("#rich-text").click();
        page.keyboard().press("Control+b");
        page.keyboard().type("Come");
        page.keyboard().press("Control+b");
        page.keyboard().type(" and see.");
    }

    private static void save(Page page) {
        page.locator(".editor-side button.primary").click();
        StudioBrowser.eventually(page.locator(".note.good")).hasText("Saved.");
        StudioBrowser.eventually(page.locator("regie-post[ready]")).isVisible();
    }

    private static void send(Locator field, Path image) {
        FileChooser chooser = field.page()
                .waitForFileChooser(() -> field.locator("[data-upload]").click());
        chooser.setFiles(image);
    }

    private static void choose(Locator field, Path image) {
        send(field, image);
        StudioBrowser.eventually(field.locator(".poster img")).isVisible();
        StudioBrowser.eventually(field.locator("[data-forget]")).isVisible();
    }

    private static double top(Locator locator) {
        BoundingBox box = locator.first().boundingBox();
        return box.y;
    }

    private static String background(Page page) {
        return (String) page.evaluate("() => getComputedStyle(document.body, '::before').backgroundImage");
    }

    /** An installed theme takes the place of the shipped one of its name. */
    private static void wearThemeWithoutBanner() throws IOException {
        Path installed = studio.server().data().resolve("themes/default");
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = installed.resolve(SHIPPED.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path descriptor = installed.resolve("theme.yaml");
        Files.writeString(
                descriptor,
                Files.readString(descriptor)
                        .replace("title: Calm", "title: Without banner")
                        .replaceAll("  banner:.*\n", ""));
    }
}
