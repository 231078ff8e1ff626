package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The colours of a GIF, chosen from some of what it will show: a graph that chooses and draws at once would
 * hold every picture until it has seen the last.
 */
final class Palette implements AutoCloseable {

    static final TimeBase CENTISECONDS = new TimeBase(1, 100);

    /** Looked at in all: what the filter remembers grows with the colours it meets, and a film has one for each pixel. */
    private static final long MAX_PIXELS = 400_000;

    private final AVFrame colours = av_frame_alloc();
    private final int count;

    private Palette(int count) {
        this.count = count;
    }

    /** @param count of colours; one of them is for what is transparent or did not change @param before each picture */
    static Palette of(Pictures pictures, int count, Runnable before) throws RefusedMediaException, IOException {
        Palette palette = new Palette(count);
        long pixels = (long) pictures.width() * pictures.height() * pictures.count();
        int every = (int) Math.min(pictures.height(), (pixels + MAX_PIXELS - 1) / MAX_PIXELS);
        try (Choice choice = new Choice(count, every)) {
            pictures.show((picture, centiseconds) -> {
                before.run();
                choice.add(picture, centiseconds);
            });
            choice.end(palette.colours);
            return palette;
        } catch (RefusedMediaException | IOException | RuntimeException e) {
            palette.close();
            throw e;
        }
    }

    /** Whether there was room for every colour that was seen: then nothing is won by scattering dots. */
    boolean isExact() {
        IntBuffer pixels = colours.data(0)
                .capacity((long) colours.height() * colours.linesize(0))
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        Set<Integer> distinct = new HashSet<>();
        for (int y = 0; y < colours.height(); y++) {
            for (int x = 0; x < colours.width(); x++) {
                distinct.add(pixels.get(y * colours.linesize(0) / 4 + x));
            }
        }
        return distinct.size() < count - 1;
    }

    /** A picture of 16 by 16 colours. */
    AVFrame colours() {
        return colours;
    }

    @Override
    public void close() {
        av_frame_free(colours);
    }

    private static final class Choice implements AutoCloseable {

        private final int count;
        private final int every;
        private @Nullable FilterGraph graph;
        private int shown;
        private long time;

        /** @param every this row of each picture, others of the next, so that no line is missed that stays */
        Choice(int count, int every) {
            this.count = count;
            this.every = every;
        }

        void add(Canvas picture, int centiseconds) throws FFmpegException {
            try (Canvas rows = picture.rows(every, shown++ % every)) {
                FilterGraph used = graph;
                if (used == null) {
                    used = FilterGraph.video(
                            rows.frame(), CENTISECONDS, "palettegen=stats_mode=full:max_colors=" + count);
                    graph = used;
                }
                rows.frame().pts(time);
                time += centiseconds;
                used.filter(rows.frame(), colours -> {});
            }
        }

        void end(AVFrame palette) throws FFmpegException {
            if (graph == null) {
                throw new FFmpegException("There are no colours to choose from");
            }
            graph.filter(null, colours -> check(av_frame_ref(palette, colours), "keep the colours"));
        }

        @Override
        public void close() {
            if (graph != null) {
                graph.close();
            }
        }
    }
}
