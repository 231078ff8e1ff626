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
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse_ptr;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_inout_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_inout_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_describe;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_strdup;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** A chain of filters with one input and one output, for frames of one shape. Belongs to one thread. */
public final class FilterGraph implements AutoCloseable {

    private final AVFilterGraph graph = avfilter_graph_alloc();
    private final AVFilterContext source = new AVFilterContext(null);
    private final AVFilterContext sink = new AVFilterContext(null);
    private final AVFrame out = av_frame_alloc();

    private FilterGraph(String kind, String arguments, String chain) throws FFmpegException {
        String prefix = kind.equals("audio") ? "a" : "";
        AVFilterInOut outputs = avfilter_inout_alloc();
        AVFilterInOut inputs = avfilter_inout_alloc();
        // Where nothing is collected, names have to be freed like everything else.
        try (BytePointer in = new BytePointer("in");
                BytePointer end = new BytePointer("out")) {
            graph.nb_threads(1);
            check(
                    avfilter_graph_create_filter(
                            source, avfilter_get_by_name(prefix + "buffer"), "in", arguments, null, graph),
                    "prepare a filter");
            check(
                    avfilter_graph_create_filter(
                            sink, avfilter_get_by_name(prefix + "buffersink"), "out", null, null, graph),
                    "prepare a filter");
            outputs.name(av_strdup(in));
            outputs.filter_ctx(source);
            outputs.pad_idx(0);
            outputs.next(null);
            inputs.name(av_strdup(end));
            inputs.filter_ctx(sink);
            inputs.pad_idx(0);
            inputs.next(null);
            check(avfilter_graph_parse_ptr(graph, chain, inputs, outputs, null), "prepare the filters");
            check(avfilter_graph_config(graph, null), "connect the filters");
        } catch (FFmpegException | RuntimeException e) {
            close();
            throw e;
        } finally {
            avfilter_inout_free(inputs);
            avfilter_inout_free(outputs);
        }
    }

    /** For frames with the size and pixel format of the given one. */
    public static FilterGraph video(AVFrame like, TimeBase timeBase, String chain) throws FFmpegException {
        int sarNum = Math.max(like.sample_aspect_ratio().num(), 0);
        int sarDen = Math.max(like.sample_aspect_ratio().den(), 1);
        String arguments = String.format(
                "video_size=%dx%d:pix_fmt=%d:time_base=%d/%d:pixel_aspect=%d/%d:colorspace=%d:range=%d",
                like.width(),
                like.height(),
                like.format(),
                timeBase.num(),
                timeBase.den(),
                sarNum,
                sarDen,
                like.colorspace(),
                like.color_range());
        return new FilterGraph("video", arguments, chain);
    }

    /** For frames with the sample format, rate and channels of the given one. */
    public static FilterGraph audio(AVFrame like, TimeBase timeBase, String chain) throws FFmpegException {
        String arguments = String.format(
                "time_base=%d/%d:sample_rate=%d:sample_fmt=%s:channel_layout=%s",
                timeBase.num(),
                timeBase.den(),
                like.sample_rate(),
                av_get_sample_fmt_name(like.format()).getString(),
                layout(like));
        return new FilterGraph("audio", arguments, chain);
    }

    private static String layout(AVFrame frame) {
        byte[] name = new byte[128];
        av_channel_layout_describe(frame.ch_layout(), name, name.length);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        String layout = new String(name, 0, end, StandardCharsets.US_ASCII);
        // A file may say how many channels it has without saying where they belong.
        return layout.contains("channels") ? frame.ch_layout().nb_channels() + "c" : layout;
    }

    /** @param frame left untouched; null says that no more will come */
    public void filter(@Nullable AVFrame frame, Decoder.FrameConsumer consumer) throws FFmpegException {
        check(av_buffersrc_add_frame_flags(source, frame, AV_BUFFERSRC_FLAG_KEEP_REF), "filter a frame");
        while (true) {
            int got = av_buffersink_get_frame(sink, out);
            if (got == AVERROR_EAGAIN() || got == AVERROR_EOF) {
                return;
            }
            check(got, "filter a frame");
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
