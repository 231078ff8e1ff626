package io.regie.core.studio;

import static io.regie.core.studio.StudioBrowser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.regie.core.RegieClient;
import io.regie.core.studio.StudioBrowser.Window;
import io.regie.testkit.Clips;
import io.regie.testkit.VideoCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files from the choice to the article, through pauses, ends of browsers and changes of mind. */
class UploadIT {

    private static final String PATH = "/studio/upload";
    private static final String FILES = "[data-part=files]";

    @TempDir
    static Path folder;

    private static StudioBrowser studio;

    @BeforeAll
    static void start() throws Exception {
        // Small pieces: what a browser has in hand when it ends still arrives.
        studio = StudioBrowser.start(Map.of("REGIE_UPLOADS_CHUNK_SIZE", "64K", "REGIE_UPLOADS_QUOTA", "50M"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (studio != null) {
            studio.close();
        }
    }

    @AfterEach
    void browserHadNothingToComplainAbout() {
        assertThat(studio.complaints()).isEmpty();
    }

    @Test
    void threeFilesArriveThroughAPauseAndTheEndOfTheBrowser() throws Exception {
        Path small = Clips.clip().seconds(2).writeIn(folder, "small_one");
        Path other = Clips.clip().size(320, 180).seconds(3).writeIn(folder, "other_one");
        Path large =
                Clips.clip().size(640, 360).seconds(12).video(VideoCodec.MPEG4).writeIn(folder, "large_one");
        Page first = studio.signedIn(PATH);
        slow(first, Files.size(large) / 10);

        first.setInputFiles(FILES, new Path[] {large, small, other});
        Locator row = row(first, large);
        eventually(row.locator(".progress[value]")).isVisible();
        button(row, "Pause").click();
        eventually(row).hasAttribute("data-phase", "paused");
        eventually(row(first, small).getByText("Watch")).isVisible();
        eventually(row(first, other).getByText("Watch")).isVisible();
        button(row, "Resume").click();
        eventually(row.locator(".upload-status")).containsText(" of ");
        row.getByLabel("Title").fill("Through thick & <thin>");
        row.getByLabel("Tags").fill("sea, Brest");
        row.getByLabel("Who may see it").selectOption("unlisted");
        row.getByLabel("Title").focus();
        String state = first.context().storageState();
        first.context().close();

        Page second = studio.open(new Browser.NewContextOptions().setStorageState(state));
        second.navigate(studio.address(PATH));
        Locator before = second.locator("[data-part=before]");
        eventually(before.getByText(large.getFileName().toString())).isVisible();
        second.setInputFiles(FILES, large);
        eventually(before).isHidden();
        Locator again = row(second, large);
        eventually(again.getByText("Watch")).isVisible();
        eventually(editLink(again)).isVisible();
        eventually(again).hasAttribute("data-phase", "done");
        eventually(again.getByLabel("Title")).hasValue("Through thick & <thin>");

        JsonNode article = media(again);
        assertThat(article.get("title").asText()).isEqualTo("Through thick & <thin>");
        assertThat(article.get("visibility").asText()).isEqualTo("unlisted");
        assertThat(article.get("original").get("bytes").asLong()).isEqualTo(Files.size(large));
        assertThat(article.get("tags").toString()).contains("sea", "Brest");
    }

    @Test
    void warnsBeforeWhatMakesNoSense() throws Exception {
        Path clip = Clips.clip().seconds(1).writeIn(folder, "once_is_enough");
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path text = Files.writeString(folder.resolve("notes.txt"), "Not a film.");
        Page page = studio.signedIn(PATH, Window.PHONE, "fr", ColorScheme.DARK);
        assertThat(page.locator(".drop").innerText().replace('\u00a0', ' '))
                .contains("53,6 Go", "24 heures", "sur vos 52,4 Mo");

        page.setInputFiles(FILES, new Path[] {clip, empty, text});
        eventually(row(page, empty)).hasAttribute("data-phase", "refused");
        eventually(row(page, text)).hasAttribute("data-phase", "held");
        button(row(page, text), "Envoyer quand même").click();
        eventually(row(page, text)).hasAttribute("data-phase", "refused");
        eventually(row(page, clip).getByText("Regarder")).isVisible();
        page.setInputFiles(FILES, clip);
        eventually(row(page, clip).last()).hasAttribute("data-phase", "held");
        button(row(page, clip).last(), "Retirer").click();
        eventually(row(page, clip)).hasCount(1);

        page.reload();
        page.setInputFiles(FILES, clip);
        eventually(row(page, clip).locator(".upload-warning")).containsText("exactement");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("fits on a phone")
                .isTrue();
        // What the server refused, the browser reports.
        studio.forgive("415");
    }

    @Test
    void discardsWhatNobodyWillFinish() throws Exception {
        RegieClient admin = studio.admin();
        admin.create(1000, "left_behind.mp4", "private");
        Page page = studio.signedIn(PATH);
        Locator before = page.locator("[data-part=before] .row").filter(having("left_behind.mp4"));
        button(before, "Discard").click();
        page.locator("#confirm")
                .getByText("Discard", new Locator.GetByTextOptions().setExact(true))
                .click();
        eventually(before).hasCount(0);
        assertThat(admin.get("/api/v1/uploads").body()).doesNotContain("left_behind.mp4");
    }

    @Test
    void takesFilesDroppedAnywhere() throws Exception {
        Path one = clip("dropped_one.mp4");
        Path other = clip("dropped_other.mp4");
        Page page = studio.signedIn(PATH);
        drop(page, one, other);
        eventually(page.locator("regie-uploader[data-drag]")).hasCount(0);
        eventually(page.locator(".upload")).hasCount(2);
        eventually(editLink(row(page, one))).isVisible();
        eventually(editLink(row(page, other))).isVisible();
    }

    @Test
    void takesWhatFoldersHold() throws Exception {
        Path chosen = folderOf("chosen");
        Path dropped = folderOf("dropped");
        Page page = studio.signedIn(PATH);
        page.waitForFileChooser(() -> page.getByText("Choose a folder").click()).setFiles(chosen);
        eventually(page.locator(".upload")).hasCount(2);
        drop(page, dropped);
        eventually(page.locator(".upload")).hasCount(4);
        for (Path in : new Path[] {chosen, dropped}) {
            eventually(editLink(row(page, in.resolve(in.getFileName() + "_outer.mp4"))))
                    .isVisible();
            eventually(editLink(row(page, in.resolve(in.getFileName() + "_inner.mp4"))))
                    .isVisible();
        }
    }

    @Test
    void takesPicturesThatArePasted() throws Exception {
        Page page = studio.signedIn(PATH);
        // It is loaded when the page stands; nobody pastes that fast.
        page.waitForFunction("() => document.querySelector('regie-uploader').matches(':defined')");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.evaluate(
                """
                async () => {
                  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
                  canvas.getContext('2d').fillRect(8, 8, 32, 16);
                  const picture = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
                  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
                }""");
        page.keyboard().press("Control+V");
        Locator row = page.locator(".upload");
        eventually(row).hasCount(1);
        eventually(editLink(row)).isVisible();
        assertThat(media(row).get("kind").asText()).isEqualTo("image");
    }

    @Test
    void showsWhatIsLeftOfTheQuota() throws Exception {
        Path clip = clip("weighed.mp4");
        Page page = studio.signedIn(PATH);
        Locator meter = page.locator("#quota meter");
        long before = Long.parseLong(meter.getAttribute("value"));
        studio.admin().create(2_000_000, "announced.mp4", "private");
        page.setInputFiles(FILES, clip);
        eventually(meter).hasAttribute("value", String.valueOf(before + 2_000_000 + Files.size(clip)));
        eventually(page.locator("#quota .hint")).containsText("of your 52.4");
    }

    private static Path clip(String name) throws Exception {
        return Files.move(Clips.clip().size(160, 90).seconds(1).writeIn(folder, "clip"), folder.resolve(name));
    }

    /** A folder with a film, another one in a folder inside, and what operating systems leave behind. */
    private static Path folderOf(String name) throws Exception {
        Path outer = Files.createDirectory(folder.resolve(name));
        Path inner = Files.createDirectory(outer.resolve("inner"));
        Files.move(clip(name + "_outer.mp4"), outer.resolve(name + "_outer.mp4"));
        Files.move(clip(name + "_inner.mp4"), inner.resolve(name + "_inner.mp4"));
        Files.writeString(outer.resolve(".DS_Store"), "x");
        Files.writeString(inner.resolve("Thumbs.db"), "x");
        return outer;
    }

    /** As the desktop hands files over, on the page's edge. */
    private static void drop(Page page, Path... files) {
        JsonArray names = new JsonArray();
        for (Path file : files) {
            names.add(file.toString());
        }
        JsonObject data = new JsonObject();
        data.add("items", new JsonArray());
        data.add("files", names);
        data.addProperty("dragOperationsMask", 1);
        CDPSession tools = page.context().newCDPSession(page);
        // It comes after the page, and nobody listens before.
        eventually(page.locator("regie-uploader:defined")).hasCount(1);
        for (String step : new String[] {"dragEnter", "dragOver", "drop"}) {
            JsonObject event = new JsonObject();
            event.addProperty("type", step);
            event.addProperty("x", 12);
            event.addProperty("y", 700);
            event.add("data", data);
            tools.send("Input.dispatchDragEvent", event);
            if (step.equals("dragOver")) {
                eventually(page.locator("regie-uploader[data-drag]")).hasCount(1);
            }
        }
    }

    private static JsonNode media(Locator row) throws Exception {
        String edit = editLink(row).getAttribute("href");
        return studio.admin().media(edit.substring(edit.lastIndexOf('/') + 1));
    }

    private static Locator row(Page page, Path file) {
        return page.locator(".upload").filter(having(file.getFileName().toString()));
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Locator editLink(Locator row) {
        return row.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Edit"));
    }

    private static Locator button(Locator row, String name) {
        return row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    /** Gives the page a line of so many bytes a second upwards. */
    private static void slow(Page page, long bytesPerSecond) {
        CDPSession tools = page.context().newCDPSession(page);
        JsonObject line = new JsonObject();
        line.addProperty("offline", false);
        line.addProperty("latency", 0);
        line.addProperty("downloadThroughput", -1);
        line.addProperty("uploadThroughput", bytesPerSecond);
        tools.send("Network.enable");
        tools.send("Network.emulateNetworkConditions", line);
    }
}
