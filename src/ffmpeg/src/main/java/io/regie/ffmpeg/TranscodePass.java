package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Reads an original once, from beginning to end, and makes everything that was asked for on the way.
 *
 * <ol>
 *   <li>Say what is wanted: copies, encodings, stills. The files are created and listeners hear of them.
 *   <li>{@link #run}: this thread reads, decodes and does the sound; each rung encodes on a thread of its own.
 *   <li>{@link #close}, also after a failure: no thread and no native memory is left.
 * </ol>
 */
public final class TranscodePass implements AutoCloseable {

    private final Source source;
    private final SegmentPlan plan;
    private final PassState state;
    private final List<TrackSink> videoSinks = new ArrayList<>();
    private final List<TrackSink> audioSinks = new ArrayList<>();
    private @Nullable EncodedVideo encodedVideo;

    private TranscodePass(Source source, SegmentPlan plan, BooleanSupplier cancelled) {
        this.source = source;
        this.plan = plan;
        this.state = new PassState(cancelled);
    }

    /** @param cancelled asked at least every 100 ms; makes {@link #run} end with a CancellationException */
    public static TranscodePass of(Source source, SegmentPlan plan, BooleanSupplier cancelled) {
        return new TranscodePass(source, plan, cancelled);
    }

    /** A pass whose segments are where the copied video has key frames. */
    public static TranscodePass copying(
            Source source, VideoEncoding facts, Path file, RenditionListener listener, BooleanSupplier cancelled)
            throws FFmpegException {
        TranscodePass pass = new TranscodePass(source, SegmentPlan.following(), cancelled);
        pass.videoSinks.add(new CopiedVideo(source, pass.plan, file, facts, listener));
        return pass;
    }

    public void encodeVideo(VideoEncoding encoding, Path file, RenditionListener listener) throws FFmpegException {
        decodedVideo().addRung(encoding, file, listener);
    }

    /** Offers pictures for the poster; key frames only when no rung needs the others. */
    public void choosePoster(PosterPicker poster) throws FFmpegException {
        decodedVideo().addTap(poster::offer);
    }

    /** Offers pictures for the storyboard; key frames only when no rung needs the others. */
    public void fillStoryboard(StoryboardSheet storyboard) throws FFmpegException {
        decodedVideo().addTap(storyboard::offer);
    }

    private EncodedVideo decodedVideo() throws FFmpegException {
        if (encodedVideo == null) {
            encodedVideo = new EncodedVideo(source, plan, state);
            videoSinks.add(encodedVideo);
        }
        return encodedVideo;
    }

    public void copyAudio(Path file, RenditionListener listener) throws FFmpegException {
        audioSinks.add(new CopiedAudio(source, plan, file, listener));
    }

    /** AAC stereo. */
    public void encodeAudio(int bitrate, Path file, RenditionListener listener) throws FFmpegException {
        audioSinks.add(new EncodedAudio(source, plan, file, bitrate, listener));
    }

    /** Where the segments begin; complete after {@link #run}. */
    public SegmentPlan plan() {
        return plan;
    }

    /**
     * Does it all.
     *
     * @param position told now and then how many seconds of the original are done
     */
    public void run(DoubleConsumer position) throws FFmpegException {
        int video = videoSinks.isEmpty() ? -1 : source.video().orElseThrow().index();
        int audio = audioSinks.isEmpty() ? -1 : source.audio().orElseThrow().index();
        AVPacket packet = av_packet_alloc();
        try {
            while (source.input().read(packet)) {
                state.check();
                int stream = packet.stream_index();
                if (stream == video) {
                    accept(packet, videoSinks);
                    report(packet, position);
                } else if (stream == audio) {
                    accept(packet, audioSinks);
                    if (video < 0) {
                        report(packet, position);
                    }
                }
                av_packet_unref(packet);
            }
            for (TrackSink sink : videoSinks) {
                sink.finish();
            }
            for (TrackSink sink : audioSinks) {
                sink.finish();
            }
        } catch (FFmpegException | RuntimeException e) {
            // The rungs' threads must not wait for frames that will never come.
            state.fail(e);
            throw e;
        } finally {
            av_packet_free(packet);
        }
    }

    private static void accept(AVPacket packet, List<TrackSink> sinks) throws FFmpegException {
        for (TrackSink sink : sinks) {
            sink.accept(packet);
        }
    }

    private void report(AVPacket packet, DoubleConsumer position) {
        if (packet.pts() != AV_NOPTS_VALUE) {
            TimeBase timeBase =
                    TimeBase.of(source.input().stream(packet.stream_index()).time_base());
            position.accept(Math.max(0, timeBase.seconds(packet.pts() - source.origin(timeBase))));
        }
    }

    @Override
    public void close() {
        state.fail(new CancellationException());
        videoSinks.forEach(TrackSink::close);
        audioSinks.forEach(TrackSink::close);
    }
}
