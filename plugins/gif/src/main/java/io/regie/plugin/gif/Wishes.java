package io.regie.plugin.gif;

import io.regie.ffmpeg.AnimationFormat;
import io.regie.ffmpeg.AnimationSettings;
import io.regie.ffmpeg.AnimationSettings.Look;
import io.regie.spi.JobFailedException;
import io.regie.spi.JobRequest;
import io.regie.spi.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What can be asked for an animation, and what was. */
final class Wishes {

    private static final String FORMAT = "format";
    private static final String QUALITY = "quality";
    private static final String WIDTH = "width";
    private static final String RATE = "rate";
    private static final String SPEED = "speed";
    private static final String BOOMERANG = "boomerang";
    private static final String LOOPS = "loops";
    private static final String CAPTION = "caption";
    private static final String BUDGET = "budget";
    private static final String RESULT = "result";

    private static final String ARTICLE = "article";
    private static final double MEGABYTE = 1e6;

    private final JobRequest request;

    Wishes(JobRequest request) {
        this.request = request;
    }

    static Parameter format() {
        return Parameter.choice(FORMAT, "animation.format", "gif", List.of("gif", "mp4", "webp"));
    }

    static Parameter quality() {
        return Parameter.choice(
                QUALITY, "animation.quality", "standard", List.of("standard", "best", "screencast", "smallest"));
    }

    static Parameter width() {
        return Parameter.number(WIDTH, "animation.width", 480d, 16, AnimationSettings.MAX_WIDTH);
    }

    static Parameter rate() {
        return Parameter.choice(RATE, "animation.rate", "12.5", List.of("10", "12.5", "20", "25"));
    }

    static Parameter speed() {
        return Parameter.choice(SPEED, "animation.speed", "1", List.of("0.25", "0.5", "1", "1.5", "2", "4"));
    }

    static Parameter boomerang() {
        return Parameter.flag(BOOMERANG, "animation.boomerang", false);
    }

    static Parameter loops() {
        return Parameter.number(LOOPS, "animation.loops", 0d, 0, 1000);
    }

    static Parameter caption() {
        return Parameter.text(CAPTION, "animation.caption", "", 200);
    }

    static Parameter budget() {
        return Parameter.number(BUDGET, "animation.budget", 4d, 0.1, 50);
    }

    static Parameter result() {
        return Parameter.choice(RESULT, "animation.result", "attachment", List.of("attachment", ARTICLE));
    }

    AnimationSettings settings() {
        Look look = Look.valueOf(text(QUALITY, "standard").toUpperCase(Locale.ROOT));
        return AnimationSettings.of(AnimationFormat.valueOf(text(FORMAT, "gif").toUpperCase(Locale.ROOT)))
                .look(look)
                .maxWidth((int) number(WIDTH, 480))
                .centiseconds((int) Math.round(100 / Double.parseDouble(text(RATE, "12.5"))))
                .speed(Double.parseDouble(text(SPEED, "1")))
                .boomerang(Boolean.TRUE.equals(request.parameters().get(BOOMERANG)))
                .loops((int) number(LOOPS, 0))
                .caption(text(CAPTION, ""))
                .budget(look == Look.SMALLEST ? Math.round(number(BUDGET, 4) * MEGABYTE) : 0);
    }

    /** Whether it becomes an article of its own. */
    boolean isArticle() throws JobFailedException {
        boolean article = text(RESULT, "attachment").equals(ARTICLE);
        if (article && text(FORMAT, "gif").equals("webp")) {
            throw Failures.badInput("An animated WebP cannot be an article of its own. Choose GIF or MP4.");
        }
        return article;
    }

    /** Another one for each run: a second animation of a video must not replace the first. */
    String outputName() {
        String id = request.jobId().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "");
        return "animation-" + id.substring(0, Math.min(id.length(), 50));
    }

    Path file(Path workspace) {
        return workspace.resolve("animation." + text(FORMAT, "gif"));
    }

    private String text(String name, String fallback) {
        return request.parameters().get(name) instanceof String text ? text : fallback;
    }

    private double number(String name, double fallback) {
        return request.parameters().get(name) instanceof Number number ? number.doubleValue() : fallback;
    }
}
