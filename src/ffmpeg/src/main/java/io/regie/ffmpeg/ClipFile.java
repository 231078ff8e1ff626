package io.regie.ffmpeg;

import static io.regie.ffmpeg.FFmpegException.check;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set_int;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/**
 * Writes an MP4 whose time zero is that of the packets: what comes before it is in the file, where decoders need it, and
 * hidden by the edit list. Belongs to one thread.
 */
final class ClipFile implements AutoCloseable {

    private final Path file;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVIOContext io = new AVIOContext(null);
    private int timescale = 1000;

    ClipFile(Path file) throws FFmpegException {
        this.file = file;
        check(avformat_alloc_output_context2(context, null, "mp4", url()), "prepare a file");
    }

    /** The muxer needs it as well: to put the index in front it reads what it wrote. */
    private String url() {
        return "file:" + file.toAbsolutePath();
    }

    /** @param like the stream that it is a copy of; null for what was encoded @return to be named when writing */
    int add(AVCodecParameters parameters, TimeBase timeBase, @Nullable AVStream like) throws FFmpegException {
        AVStream stream = avformat_new_stream(context, null);
        check(avcodec_parameters_copy(stream.codecpar(), parameters), "copy codec parameters");
        stream.codecpar().codec_tag(0);
        timeBase.copyTo(stream.time_base());
        stream.sample_aspect_ratio(
                like == null || like.sample_aspect_ratio().num() == 0
                        ? stream.codecpar().sample_aspect_ratio()
                        : like.sample_aspect_ratio());
        if (parameters.sample_rate() > 0) {
            timescale = parameters.sample_rate();
        }
        return stream.index();
    }

    /** @param comment what people should know who look into the file; empty for nothing */
    void begin(String comment) throws FFmpegException {
        if (!comment.isEmpty()) {
            AVDictionary metadata = context.metadata() == null ? new AVDictionary(null) : context.metadata();
            av_dict_set(metadata, "comment", comment, 0);
            context.metadata(metadata);
        }
        check(avio_open2(io, url(), AVIO_FLAG_WRITE, null, null), "create a file");
        context.pb(io);
        // Negative times are the point of the edit list.
        context.avoid_negative_ts(0);
        AVDictionary options = new AVDictionary(null);
        // Edits count in the movie's ticks: thousandths would be off by dozens of samples.
        av_dict_set_int(options, "movie_timescale", timescale, 0);
        av_dict_set(options, "movflags", "+faststart", 0);
        int header = avformat_write_header(context, options);
        av_dict_free(options);
        check(header, "write a file's header");
    }

    /** Takes the packet's content over. @param from the ticks that its times are in */
    void write(int track, AVPacket packet, TimeBase from) throws FFmpegException {
        // The muxer chose the time base when it wrote the header.
        TimeBase into = TimeBase.of(context.streams(track).time_base());
        packet.pts(into.from(packet.pts(), from));
        packet.dts(into.from(packet.dts(), from));
        packet.duration(into.from(packet.duration(), from));
        packet.stream_index(track);
        packet.pos(-1);
        // Takes the reference, also when it fails.
        check(av_interleaved_write_frame(context, packet), "write the clip");
        check(io.error(), "write the clip");
    }

    void finish() throws FFmpegException {
        check(av_interleaved_write_frame(context, null), "write the clip");
        check(av_write_trailer(context), "end the clip");
        context.pb(null);
        check(avio_closep(io), "close the clip");
    }

    @Override
    public void close() {
        if (!context.isNull()) {
            context.pb(null);
            avformat_free_context(context);
            context.setNull();
        }
        if (!io.isNull()) {
            avio_closep(io);
        }
    }
}
