package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.regie.spi.Track;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Brings decoded pictures upright, progressive and to 8-bit 4:2:0. Most are already and pass untouched. */
final class PictureShape implements AutoCloseable {

    private final Track track;
    private final TimeBase timeBase;
    private @Nullable FilterGraph graph;
    private int width;
    private int height;
    private int format = -1;

    PictureShape(Track track, TimeBase timeBase) {
        this.track = track;
        this.timeBase = timeBase;
    }

    /** @param frame null at the end */
    void shape(@Nullable AVFrame frame, Decoder.FrameConsumer consumer) throws FFmpegException {
        if (frame != null && (frame.width() != width || frame.height() != height || frame.format() != format)) {
            drain(consumer);
            width = frame.width();
            height = frame.height();
            format = frame.format();
            String chain = chain(frame);
            graph = chain.isEmpty() ? null : FilterGraph.video(frame, timeBase, chain);
        }
        if (graph != null) {
            graph.filter(frame, consumer);
        } else if (frame != null) {
            consumer.accept(frame);
        }
    }

    private void drain(Decoder.FrameConsumer consumer) throws FFmpegException {
        if (graph != null) {
            graph.filter(null, consumer);
            graph.close();
            graph = null;
        }
    }

    private String chain(AVFrame frame) {
        List<String> filters = new ArrayList<>();
        if (track.interlaced()) {
            // Only pictures that say so: mixed material keeps its progressive parts sharp.
            filters.add("bwdif=mode=send_frame:deint=interlaced");
            // It counts in half ticks, even where it makes no more pictures than there were.
            filters.add("settb=" + timeBase.num() + "/" + timeBase.den());
        }
        if (frame.format() != AV_PIX_FMT_YUV420P || frame.color_range() == AVCOL_RANGE_JPEG) {
            filters.add("scale=out_range=tv:flags=bicubic+accurate_rnd");
            filters.add("format=yuv420p");
        }
        switch (track.rotation()) {
            case 90 -> filters.add("transpose=clock");
            case 180 -> filters.add("hflip,vflip");
            case 270 -> filters.add("transpose=cclock");
            default -> {}
        }
        return String.join(",", filters);
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
        }
    }
}
