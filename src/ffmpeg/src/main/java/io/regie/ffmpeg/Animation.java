package io.regie.ffmpeg;

import io.regie.ffmpeg.RefusedMediaException.Reason;
import io.regie.spi.MediaFile;
import io.regie.spi.Track;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes an animation of a range of a video, or of images.
 *
 * <ol>
 *   <li>For a GIF, colours are chosen from some of its pictures.
 *   <li>Everything is read again, and each picture is drawn and encoded when it comes: nothing is held.
 *   <li>Where a budget is set, that is given up as soon as it will not do, and tried again with less.
 * </ol>
 */
public final class Animation {

    /** Three a second, and not fewer than ten nor more than thirty: a second has colours, too, a minute not many more. */
    private static final int ROUGH_CENTISECONDS = 33;

    private static final int MAX_ROUGH_PICTURES = 30;
    private static final int MAX_BEST_PICTURES = 240;
    private static final double ROUGH_SHARE = 0.15;

    /** Smaller pictures are icons or mistakes, and encoders disagree about them. */
    private static final int MIN_SIDE = 16;

    private static final int MIN_SCALED_SIDE = 2;

    private final Subject subject;
    private final AnimationSettings settings;
    private final BooleanSupplier cancelled;
    private final DoubleConsumer progress;
    private final Consumer<AnimationState> watcher;
    private double done;

    /** What was written. @param centiseconds how long it plays once */
    public record Written(int width, int height, long bytes, long centiseconds) {}

    /** One image of a set. @param centiseconds how long it is shown */
    public record Image(Path file, int centiseconds) {}

    /** How to hear of what happens. */
    public record Watch(BooleanSupplier cancelled, DoubleConsumer progress, Consumer<AnimationState> states) {

        /** @param cancelled asked often @param progress told the fraction that is done */
        public Watch(BooleanSupplier cancelled, DoubleConsumer progress) {
            this(cancelled, progress, state -> {});
        }
    }

    /** Where pictures come from. */
    private interface Subject {
        Pictures pictures(AnimationSettings settings, boolean rough) throws RefusedMediaException;

        /** Upright. */
        int width();
    }

    private Animation(Subject subject, AnimationSettings settings, Watch watch) {
        this.subject = subject;
        this.settings = settings;
        this.cancelled = watch.cancelled;
        this.progress = watch.progress;
        this.watcher = watch.states;
    }

    /**
     * Writes an animation of a range of a video, with the pictures that a player would show.
     *
     * @param start seconds from where the article begins to play
     * @param end as well; beyond the last picture that one stays
     * @throws CancellationException when that was wished; as after any failure, nothing of the file is left
     * @throws RefusedMediaException when there is nothing to show, with a sentence for people
     */
    public static Written ofRange(
            MediaFile original, double start, double end, AnimationSettings settings, Path out, Watch watch)
            throws RefusedMediaException, IOException {
        if (!(start >= 0 && end > start)) {
            throw new IllegalArgumentException("Not a range: %s to %s".formatted(start, end));
        }
        try (Source source = Source.open(original, watch.cancelled)) {
            Track track = source.video()
                    .orElseThrow(() -> new RefusedMediaException(Reason.NO_MEDIA, "There is no video in this file."));
            Subject subject = new Subject() {
                @Override
                public Pictures pictures(AnimationSettings wanted, boolean rough) throws RefusedMediaException {
                    DisplaySize size = size(DisplaySize.ofStored(track), wanted.maxWidth(), wanted.format(), "video");
                    return new RangePictures(source, track, start, end, wanted, size, rough);
                }

                @Override
                public int width() {
                    return track.displayWidth();
                }
            };
            return new Animation(subject, settings, watch).write(out);
        }
    }

    /**
     * Writes an animation of images in their order, in the shape of the first.
     *
     * @throws CancellationException when that was wished; as after any failure, nothing of the file is left
     * @throws RefusedMediaException when an image is not usable; the sentence says which
     */
    public static Written ofImages(List<Image> images, AnimationSettings settings, Path out, Watch watch)
            throws RefusedMediaException, IOException {
        FFmpeg.load();
        ImagePictures.Look look = ImagePictures.look(images, watch.cancelled);
        boolean transparent = look.transparent() && settings.format().hasTransparency();
        Subject subject = new Subject() {
            @Override
            public Pictures pictures(AnimationSettings wanted, boolean rough) throws RefusedMediaException {
                DisplaySize whole = new DisplaySize(look.width(), look.height(), 0);
                DisplaySize size = size(whole, wanted.maxWidth(), wanted.format(), "first image");
                return new ImagePictures(images, size, transparent, watch.cancelled);
            }

            @Override
            public int width() {
                return look.width();
            }
        };
        return new Animation(subject, settings, watch).write(out);
    }

    /** Never enlarged; even where colours come in pairs. */
    private static DisplaySize size(DisplaySize whole, int maxWidth, AnimationFormat format, String what)
            throws RefusedMediaException {
        if (whole.width() < MIN_SIDE || whole.height() < MIN_SIDE) {
            throw new RefusedMediaException(
                    Reason.NO_MEDIA,
                    "The %s is too small for an animation: it has %d×%d pixels, and %d×%d are the least."
                            .formatted(what, whole.width(), whole.height(), MIN_SIDE, MIN_SIDE));
        }
        double shrink = Math.min(
                1, Math.min((double) maxWidth / whole.width(), (double) AnimationSettings.MAX_WIDTH / whole.height()));
        boolean even = format == AnimationFormat.MP4;
        return new DisplaySize(
                side(whole.width() * shrink, even), side(whole.height() * shrink, even), whole.rotation());
    }

    private static int side(double length, boolean even) {
        int side = Math.max(MIN_SCALED_SIDE, (int) Math.round(length));
        return even ? side & ~1 : side;
    }

    private Written write(Path out) throws RefusedMediaException, IOException {
        if (!settings.isLimited()) {
            return write(out, Reduction.none(settings), 0, 1);
        }
        List<Reduction> ways = Reduction.of(settings, subject.width());
        int way = 0;
        double from = 0;
        while (true) {
            Reduction reduction = ways.get(way);
            double to = from + (1 - from) * 0.5;
            try {
                return write(out, reduction, from, to);
            } catch (OverBudgetException e) {
                if (way == ways.size() - 1) {
                    throw new RefusedMediaException(
                            Reason.TOO_LARGE,
                            "However small it is made, this takes more than %.1f MB. Choose a shorter range or allow more."
                                    .formatted(settings.budget() / 1e6));
                }
                way = Reduction.next(ways, way, e.projected(), settings.budget());
                from = to;
            }
        }
    }

    private Written write(Path out, Reduction reduction, double from, double to)
            throws RefusedMediaException, IOException {
        AnimationSettings wanted = reduction.settings();
        try (AnimationFile file = new AnimationFile(out, wanted, reduction.quality(), watcher)) {
            try (Palette palette = wanted.format() == AnimationFormat.GIF ? palette(reduction, from, to) : null;
                    Pictures pictures = pictures(wanted, false)) {
                encode(pictures, palette, file, from + (to - from) * (palette == null ? 0 : ROUGH_SHARE), to);
                Written written = new Written(pictures.width(), pictures.height(), file.bytes(), file.centiseconds());
                progress(1);
                return written;
            } catch (RefusedMediaException | IOException | RuntimeException e) {
                file.abandon(e);
                throw e;
            }
        }
    }

    private void encode(Pictures pictures, @Nullable Palette palette, AnimationFile file, double from, double to)
            throws RefusedMediaException, IOException {
        throwIfCancelled();
        file.open(pictures.width(), pictures.height(), palette);
        int count = pictures.count();
        int[] shown = {0};
        pictures.show((picture, centiseconds) -> {
            throwIfCancelled();
            file.write(picture, centiseconds);
            shown[0]++;
            throwIfOverBudget(file, (double) shown[0] / count);
            progress(from + (to - from) * 0.99 * shown[0] / count);
        });
        throwIfCancelled();
        file.finish();
    }

    private void throwIfOverBudget(AnimationFile file, double fraction) {
        if (settings.isLimited() && file.bytes() > settings.budget()) {
            throw new OverBudgetException(file.bytes() / fraction);
        }
    }

    private Palette palette(Reduction reduction, double from, double to) throws RefusedMediaException, IOException {
        AnimationSettings wanted = reduction.settings();
        // In the size that is drawn: a smaller picture has other colours where lines are thin.
        AnimationSettings rough = wanted.boomerang(false);
        int step;
        try (Pictures all = pictures(rough, true)) {
            int length = all.count() * wanted.centiseconds();
            int most = wanted.look() == AnimationSettings.Look.BEST ? MAX_BEST_PICTURES : MAX_ROUGH_PICTURES;
            step = Math.max(
                    Math.max(wanted.centiseconds(), length / most), Math.min(ROUGH_CENTISECONDS, length / (most / 3)));
        }
        try (Pictures some = pictures(rough.centiseconds(step), true)) {
            int count = some.count();
            int[] shown = {0};
            return Palette.of(some, reduction.colours(), () -> {
                throwIfCancelled();
                progress(from + (to - from) * ROUGH_SHARE * ++shown[0] / count);
            });
        }
    }

    private Pictures pictures(AnimationSettings wanted, boolean rough) throws RefusedMediaException {
        Pictures pictures = subject.pictures(wanted, rough);
        if (wanted.caption().isBlank()) {
            return pictures;
        }
        try {
            return Caption.of(wanted.caption(), pictures.width(), pictures.height())
                    .on(pictures);
        } catch (RefusedMediaException | RuntimeException e) {
            pictures.close();
            throw e;
        }
    }

    private void throwIfCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    /** It never goes back. */
    private void progress(double fraction) {
        if (fraction > done) {
            done = Math.min(1, fraction);
            progress.accept(done);
        }
    }
}
