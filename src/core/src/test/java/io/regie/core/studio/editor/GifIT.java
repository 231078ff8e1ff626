package io.regie.core.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.regie.core.RegieClient;
import io.regie.core.studio.StudioBrowser;
import io.regie.core.studio.StudioBrowser.Window;
import io.regie.testkit.Clips;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person makes of a video and of images, in a browser, with the plugin that is shipped. */
class GifIT {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final double FRAME = 1 / 25.0;

    @TempDir
    static Path folder;

    private static StudioBrowser studio;
    private static RegieClient admin;
    private static String film;
    private static String preview;

    @BeforeAll
    static void start() throws Exception {
        studio = StudioBrowser.start();
        admin = studio.admin();
        film = admin.upload(Clips.clip().size(640, 360).seconds(20).fps(25).writeIn(folder, "film"), "public");
        admin.awaitReady(film);
        preview = admin.await(film, Duration.ofMinutes(2), found -> found.hasNonNull("previewUrl"))
                .get("previewUrl")
                .asText();
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
    void rangeIsChosenByEyeAndBecomesAnAnimation() throws Exception {
        Page page = edit(film);
        Locator form = open(page, "gif.animation");
        Locator from = form.getByLabel("From", new Locator.GetByLabelOptions().setExact(true));
        Locator to = form.getByLabel("To", new Locator.GetByLabelOptions().setExact(true));
        Locator start = form.locator(".range-handle.start");
        Locator end = form.locator(".range-handle.end");

        // Exact times, as people write them.
        to.fill("0:06.5");
        to.press("Enter");
        from.fill("4,0");
        from.press("Enter");
        StudioBrowser.eventually(start).hasAttribute("aria-valuetext", "0:04.000");
        StudioBrowser.eventually(end).hasAttribute("aria-valuetext", "0:06.500");

        // One frame by key and by button, a second with Shift; the frame is shown.
        start.press("ArrowRight");
        assertThat(seconds(form, "start")).isEqualTo(4 + FRAME, within());
        form.getByLabel("End one frame later").click();
        assertThat(seconds(form, "end")).isEqualTo(6.52, within());
        end.press("Shift+ArrowLeft");
        assertThat(seconds(form, "end")).isEqualTo(5.52, within());
        shows(page, form, 5.52 - FRAME / 2);

        // The whole range by pointer, its length kept.
        double length = seconds(form, "end") - seconds(form, "start");
        BoundingBox window = form.locator(".range-window").boundingBox();
        page.mouse().move(window.x + window.width / 2, window.y + window.height / 2);
        page.mouse().down();
        page.mouse().move(window.x + window.width / 2 + 200, window.y + window.height / 2);
        page.mouse().up();
        assertThat(seconds(form, "start")).isGreaterThan(6);
        assertThat(seconds(form, "end") - seconds(form, "start")).isEqualTo(length, within());
        // One end by pointer.
        double before = seconds(form, "end");
        BoundingBox handle = end.boundingBox();
        page.mouse().move(handle.x + 12, handle.y + 20);
        page.mouse().down();
        page.mouse().move(handle.x + 62, handle.y + 20);
        page.mouse().up();
        assertThat(seconds(form, "end")).isGreaterThan(before);
        start.press("Home");
        assertThat(seconds(form, "start")).isZero();
        assertThat(seconds(form, "end")).isGreaterThan(before);

        to.fill("1");
        to.press("Enter");
        loops(page, form);

        StudioBrowser.eventually(form.locator(".estimate")).containsText("About");
        form.locator("button.primary").click();
        Locator made = page.locator(".animation");
        StudioBrowser.eventually(made).hasCount(1);
        StudioBrowser.eventually(page.locator("[data-type='gif.animation'][data-state=succeeded]"))
                .isVisible();
        // The choice is still there for the next one.
        assertThat(seconds(form, "end")).isEqualTo(1);
        StudioBrowser.eventually(made.locator("img")).isVisible();
        page.waitForCondition(() ->
                made.locator("img").evaluate("image => image.naturalWidth").equals(480));

        JsonNode file = admin.media(film).get("animations").get(0);
        String address = studio.address(file.get("url").asText());
        assertThat(made.getByLabel("Code for other pages").inputValue())
                .isEqualTo("<img src=\"" + address + "\" width=\"480\" height=\"270\" alt=\"film\">");
        HttpResponse<byte[]> shown =
                RegieClient.visitor(studio.server()).bytes(file.get("url").asText());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).hasValue("image/gif");
        assertThat(shown.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("cross-origin");
        assertThat(new String(shown.body(), 0, 6, StandardCharsets.US_ASCII)).isEqualTo("GIF89a");

        made.getByLabel("Pause the animation").click();
        StudioBrowser.eventually(made.locator("canvas")).isVisible();
        look(page, "gif");

        made.getByText("Delete").click();
        page.locator("#confirm button[value=yes]").click();
        StudioBrowser.eventually(made).hasCount(0);
        assertThat(admin.bytes(file.get("url").asText()).statusCode()).isEqualTo(404);
    }

    @Test
    void cancelledAnimationLeavesNothing() throws Exception {
        Page page = edit(film);
        Locator form = open(page, "gif.animation");
        form.getByLabel("To", new Locator.GetByLabelOptions().setExact(true)).fill("20");
        form.getByLabel("To", new Locator.GetByLabelOptions().setExact(true)).press("Enter");
        form.locator(".more summary").click();
        form.locator("[name=quality]").selectOption("best");
        form.locator("[name=width]").fill("640");
        form.locator("[name=rate]").selectOption("25");
        form.locator("[name=speed]").selectOption("0.25");
        form.locator("[name=boomerang]").check();
        form.locator("button.primary").click();
        Locator job = page.locator("[data-type='gif.animation']").first();
        StudioBrowser.eventually(job).hasAttribute("data-state", "running");
        job.getByText("Cancel").click();
        StudioBrowser.eventually(job).hasAttribute("data-state", "cancelled");
        StudioBrowser.eventually(page.locator(".animation")).hasCount(0);
        assertThat(admin.media(film).get("animations")).isEmpty();
    }

    @Test
    void refusalIsSaidBeforeAnythingStarts() throws Exception {
        Page page = edit(film);
        Locator form = open(page, "gif.animation");
        StudioBrowser.eventually(form.locator(".estimate")).containsText("About");
        form.locator("[name=width]").fill("5");
        StudioBrowser.eventually(form.locator(".estimate .refused")).containsText("width");
        form.locator("[name=width]").fill("320");
        StudioBrowser.eventually(form.locator(".estimate")).containsText("About");
    }

    @Test
    void imagesAreOrderedAndBecomeAnAnimation() throws Exception {
        String first = picture("First", Color.ORANGE);
        picture("Second", Color.BLUE);
        picture("Third", Color.GREEN);
        Page page = edit(first);
        Locator form = open(page, "gif.images");
        form.getByText("Add images").click();
        Locator offered = page.locator(".image-offer");
        page.locator("dialog .search").fill("Second");
        StudioBrowser.eventually(offered).hasCount(1);
        offered.click();
        page.locator("dialog .search").fill("Third");
        StudioBrowser.eventually(offered).containsText("Third");
        offered.click();
        page.getByText("Add 2 images").click();
        Locator titles = form.locator(".image-title");
        StudioBrowser.eventually(titles).hasText(new String[] {"First", "Second", "Third"});
        Locator last = form.locator(".image-item").nth(2).locator("[type=number]");
        last.fill("1.5");
        last.press("Alt+ArrowUp");
        StudioBrowser.eventually(titles).hasText(new String[] {"First", "Third", "Second"});
        form.getByLabel("Move Third up").click();
        StudioBrowser.eventually(titles).hasText(new String[] {"Third", "First", "Second"});
        form.getByLabel("Remove Second").click();
        StudioBrowser.eventually(titles).hasText(new String[] {"Third", "First"});
        look(page, "gif-images");
        form.locator("button.primary").click();
        StudioBrowser.eventually(page.locator(".animation")).hasCount(1);
        // The first image decides: 1.5 s of it, then half a second of the other.
        byte[] gif = admin.bytes(
                        admin.media(first).get("animations").get(0).get("url").asText())
                .body();
        assertThat(delays(gif)).containsExactly(150, 50);
    }

    @Test
    void everybodyCanChooseARange() throws Exception {
        List<String> violations = new ArrayList<>();
        for (Window window : Window.values()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = studio.signedIn(
                        "/studio/media/" + film, window, scheme == ColorScheme.LIGHT ? "en" : "fr", scheme);
                Locator form = open(page, "gif.animation");
                StudioBrowser.eventually(form.locator(".estimate")).not().isEmpty();
                if ((window == Window.DESK) == (scheme == ColorScheme.LIGHT)) {
                    violations.addAll(StudioBrowser.violations(page));
                }
                assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .isTrue();
                look(page, "gif-range-" + (window + "-" + scheme).toLowerCase(Locale.ROOT));
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void pictureMovesWhileSomebodyPointsAtIt() throws Exception {
        for (String list : List.of("/studio/library", "/")) {
            Page page = list.equals("/") ? studio.open() : studio.signedIn(list);
            List<String> asked = Collections.synchronizedList(new ArrayList<>());
            page.onRequest(request -> asked.add(request.url()));
            page.navigate(studio.address(list));
            Locator picture = page.locator("[data-preview='" + preview + "']");
            Locator moving = picture.locator("video.plays");
            StudioBrowser.eventually(picture).isVisible();
            // Nothing is fetched before somebody points.
            assertThat(asked).doesNotContain(studio.address(preview));
            picture.hover();
            StudioBrowser.eventually(moving).isVisible();
            assertThat(asked).contains(studio.address(preview));
            page.mouse().move(0, 0);
            StudioBrowser.eventually(picture.locator("video")).hasCount(0);

            Locator link = page.locator("[data-previews]")
                    .filter(new Locator.FilterOptions().setHas(picture))
                    .locator("a:not([tabindex='-1'])")
                    .first();
            page.keyboard().press("Tab");
            link.focus();
            StudioBrowser.eventually(moving).isVisible();
            page.keyboard().press("Escape");
            StudioBrowser.eventually(picture.locator("video")).hasCount(0);
        }
    }

    @Test
    void pictureStandsStillForWhoeverWantsThat() throws Exception {
        List<Page> calm = List.of(
                studio.open(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE)),
                studio.open(),
                studio.open());
        calm.get(1).addInitScript("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })");
        for (Page page : calm) {
            page.clock().install();
            page.navigate(studio.address("/"));
            Locator picture = page.locator("[data-preview='" + preview + "']");
            if (page == calm.get(2)) {
                picture.dispatchEvent("pointerover", Map.of("pointerType", "touch", "bubbles", true));
            } else {
                picture.hover();
            }
            page.clock().runFor(5000);
            assertThat(picture.locator("video").count()).isZero();
        }
    }

    @Test
    void previewIsAsPrivateAsItsArticle() throws Exception {
        RegieClient visitor = RegieClient.visitor(studio.server());
        assertThat(visitor.bytes(preview).statusCode()).isEqualTo(200);
        ObjectNode edit = new ObjectMapper().createObjectNode();
        try {
            admin.send("PATCH", "/api/v1/media/" + film, edit.put("visibility", "private"));
            assertThat(visitor.bytes(preview).statusCode()).isEqualTo(404);
            assertThat(admin.bytes(preview).statusCode()).isEqualTo(200);
        } finally {
            admin.send("PATCH", "/api/v1/media/" + film, edit.put("visibility", "public"));
        }
    }

    private static Page edit(String article) {
        Page page = studio.signedIn("/studio/media/" + article);
        StudioBrowser.eventually(page.locator("regie-editor[ready]")).isVisible();
        return page;
    }

    /** Unfolds a form and waits until it can be used. */
    private static Locator open(Page page, String type) {
        StudioBrowser.eventually(page.locator("regie-editor[ready]")).isVisible();
        Locator form = page.locator("form[data-action='" + type + "']");
        page.locator("details.action")
                .filter(new Locator.FilterOptions().setHas(form))
                .locator("summary")
                .first()
                .click();
        if (type.equals("gif.images")) {
            StudioBrowser.eventually(form.locator("[data-add]")).isVisible();
        } else {
            StudioBrowser.eventually(form.locator(".range-track")).isVisible();
            page.waitForCondition(
                    () -> (Boolean) form.locator(".range-screen").evaluate("video => video.readyState >= 2"));
        }
        return form;
    }

    private static double seconds(Locator form, String end) {
        return Double.parseDouble(form.locator("[name='range." + end + "']").inputValue());
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-5);
    }

    private static void shows(Page page, Locator form, double time) {
        page.waitForCondition(() -> (Boolean) form.locator(".range-screen")
                .evaluate("(video, time) => !video.seeking && Math.abs(video.currentTime - time) < 0.001", time));
    }

    /** Plays it until it began anew twice. */
    private static void loops(Page page, Locator form) {
        form.locator(".range-screen")
                .evaluate("video => { window.begun = []; video.addEventListener('seeked', () => {"
                        + " if (!video.paused) window.begun.push(video.currentTime); }); }");
        form.getByText("Play the range").click();
        page.waitForCondition(() -> (Boolean) page.evaluate("window.begun.length >= 3"));
        form.getByText("Pause").click();
        List<?> begun = (List<?>) page.evaluate("window.begun.slice(1).map(Number)");
        for (Object time : begun) {
            assertThat(((Number) time).doubleValue()).isLessThan(0.5);
        }
    }

    private static void look(Page page, String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        page.locator(".editor-media")
                .screenshot(new Locator.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static String picture(String title, Color color) throws Exception {
        BufferedImage image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(color);
        pen.fillRect(0, 0, 160, 120);
        pen.dispose();
        Path file = folder.resolve(title + ".png");
        ImageIO.write(image, "png", file.toFile());
        String id = admin.upload(file, "public");
        admin.awaitReady(id);
        return id;
    }

    /** How long each picture of a GIF stands, in hundredths of a second. */
    private static List<Integer> delays(byte[] gif) {
        List<Integer> delays = new ArrayList<>();
        int at = 13 + ((gif[10] & 0x80) == 0 ? 0 : 3 << ((gif[10] & 7) + 1));
        while (gif[at] != 0x3B) {
            if (gif[at] == 0x21) {
                if ((gif[at + 1] & 0xFF) == 0xF9) {
                    delays.add((gif[at + 4] & 0xFF) | (gif[at + 5] & 0xFF) << 8);
                }
                at += 2;
            } else {
                int table = gif[at + 9] & 0xFF;
                at += 11 + ((table & 0x80) == 0 ? 0 : 3 << ((table & 7) + 1));
            }
            while (gif[at] != 0) {
                at += 1 + (gif[at] & 0xFF);
            }
            at++;
        }
        return delays;
    }
}
