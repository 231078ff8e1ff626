package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame_flags;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_create_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_link;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.regie.ffmpeg.AnimationSettings.Look;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Draws pictures with the colours of a palette. Belongs to one thread. */
final class PaletteUse implements AutoCloseable {

    private final AVFilterGraph graph = avfilter_graph_alloc();
    private final AVFrame out = av_frame_alloc();
    private AVFilterContext pictures = new AVFilterContext(null);
    private AVFilterContext sink = new AVFilterContext(null);

    PaletteUse(int width, int height, Palette palette, Look look) throws FFmpegException {
        try {
            graph.nb_threads(1);
            pictures = filter("buffer", "pictures", pictures(width, height));
            AVFrame colours = palette.colours();
            AVFilterContext source = filter("buffer", "palette", pictures(colours.width(), colours.height()));
            AVFilterContext use = filter("paletteuse", "use", dither(palette.isExact() ? Look.SCREENCAST : look));
            sink = filter("buffersink", "out", null);
            check(avfilter_link(pictures, 0, use, 0), "connect the filters");
            check(avfilter_link(source, 0, use, 1), "connect the filters");
            check(avfilter_link(use, 0, sink, 0), "connect the filters");
            check(avfilter_graph_config(graph, null), "connect the filters");
            colours.pts(0);
            check(av_buffersrc_add_frame_flags(source, colours, AV_BUFFERSRC_FLAG_KEEP_REF), "give the colours");
            check(av_buffersrc_add_frame_flags(source, null, 0), "give the colours");
        } catch (FFmpegException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static String pictures(int width, int height) {
        return "video_size=%dx%d:pix_fmt=%d:time_base=%d/%d:pixel_aspect=1/1:colorspace=0:range=2"
                .formatted(width, height, AV_PIX_FMT_BGRA, Palette.CENTISECONDS.num(), Palette.CENTISECONDS.den());
    }

    private static String dither(Look look) {
        return switch (look) {
            // A fixed pattern stands still where the picture does; only the changed rectangle is drawn at all.
            case STANDARD, SMALLEST -> "dither=bayer:bayer_scale=5:diff_mode=rectangle";
            case BEST -> "dither=sierra2_4a";
            case SCREENCAST -> "dither=none:diff_mode=rectangle";
        };
    }

    private AVFilterContext filter(String kind, String name, @Nullable String arguments) throws FFmpegException {
        AVFilterContext filter = new AVFilterContext(null);
        check(
                avfilter_graph_create_filter(filter, avfilter_get_by_name(kind), name, arguments, null, graph),
                "prepare a filter");
        return filter;
    }

    /** @param frame left untouched; null says that no more will come */
    void draw(@Nullable AVFrame frame, Decoder.FrameConsumer consumer) throws FFmpegException {
        check(av_buffersrc_add_frame_flags(pictures, frame, AV_BUFFERSRC_FLAG_KEEP_REF), "filter a picture");
        while (true) {
            int got = av_buffersink_get_frame(sink, out);
            if (got == AVERROR_EAGAIN() || got == AVERROR_EOF) {
                return;
            }
            check(got, "filter a picture");
            try {
                consumer.accept(out);
            } finally {
                av_frame_unref(out);
            }
        }
    }

    @Override
    public void close() {
        av_frame_free(out);
        avfilter_graph_free(graph);
    }
}
