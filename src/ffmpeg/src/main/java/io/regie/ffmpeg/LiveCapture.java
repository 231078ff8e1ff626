package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_RTCP_SR;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a live stream, recorded as it comes.
 *
 * <ol>
 *   <li>{@link #connect}: finds the picture and the sound, and what of them can be kept.
 *   <li>{@link #record}: mends times, copies packets into parts, until the source ends, the connection is lost, or it is
 *       told to stop. What was recorded is finished in each of these cases.
 *   <li>{@link #close}.
 * </ol>
 *
 * Belongs to one thread.
 */
public final class LiveCapture implements AutoCloseable {

    private static final long REPORT_NANOS = 250_000_000;

    private final LiveInput input;
    private final boolean reports;
    private final RecordingFormat format;
    private final BooleanSupplier cancelled;
    private final List<LiveTrack> tracks = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final LiveTimes<AVPacket> times;
    private final @Nullable ParameterSets parameterSets;
    private long bytes;
    private long damaged;

    private LiveCapture(LiveInput input, boolean reports, RecordingFormat format, BooleanSupplier cancelled)
            throws FFmpegException {
        this.input = input;
        this.reports = reports;
        this.format = format;
        this.cancelled = cancelled;
        keep(AVMEDIA_TYPE_VIDEO);
        keep(AVMEDIA_TYPE_AUDIO);
        if (tracks.isEmpty()) {
            throw new FFmpegException("The stream has nothing that can be recorded");
        }
        this.times = new LiveTimes<>(tracks.stream().map(LiveCapture::times).toList(), reports);
        this.parameterSets = tracks.get(0).isVideo()
                ? new ParameterSets(tracks.get(0).stream().codecpar())
                : null;
    }

    /**
     * Connects.
     *
     * @param silence the longest that the source may be silent
     * @param stopped asked often, as {@code cancelled} is: quick and without locks
     * @throws CancellationException when cancelled or stopped meanwhile
     */
    public static LiveCapture connect(
            LiveAddress address, Duration silence, BooleanSupplier cancelled, BooleanSupplier stopped)
            throws FFmpegException {
        return connect(address, RecordingFormat.MP4, silence, cancelled, stopped);
    }

    /** The same for other files. @param format decides what is copied and what encoded */
    public static LiveCapture connect(
            LiveAddress address,
            RecordingFormat format,
            Duration silence,
            BooleanSupplier cancelled,
            BooleanSupplier stopped)
            throws FFmpegException {
        LiveInput input = LiveInput.open(address, silence, cancelled, stopped);
        try {
            return new LiveCapture(input, address.reports(), format, cancelled);
        } catch (FFmpegException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private static TrackTimes times(LiveTrack track) {
        TimeBase timeBase = TimeBase.of(track.stream().time_base());
        return track.isVideo()
                ? new TrackTimes(timeBase, Math.max(0, track.stream().codecpar().video_delay()))
                : TrackTimes.steady(timeBase);
    }

    private void keep(int type) throws FFmpegException {
        boolean found = false;
        for (int i = 0; i < input.streamCount(); i++) {
            AVStream stream = input.stream(i);
            if (stream.codecpar().codec_type() != type) {
                continue;
            }
            String what = type == AVMEDIA_TYPE_VIDEO ? "picture" : "sound";
            if (found) {
                warnings.add("The source has more than one " + what + "; only the first is recorded.");
                return;
            }
            LiveTrack track = LiveTrack.of(i, stream, input.policy(), format);
            if (track == null) {
                warnings.add("The source's " + what + " is coded in a way that cannot be kept; it is left out.");
            } else {
                tracks.add(track);
                found = true;
                if (track.isEncoded()) {
                    warnings.add("The source's sound (" + track.codec() + ") is encoded as AAC, which MP4 can hold.");
                }
            }
        }
    }

    /** What the operator should know: what is left out or changed. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Whether the source has said how long it is, as a film does: then its end is the end and no fault. */
    public boolean isFinite() {
        return input.isFinite();
    }

    List<LiveTrack> tracks() {
        return tracks;
    }

    LiveInput input() {
        return input;
    }

    /**
     * Records until the source ends the stream or it is told to stop.
     *
     * @param startMicros where on the recording's time line this connection begins
     * @param partLength after which a new part begins at the next key frame; zero for one file
     * @param watched a copy for those who watch meanwhile, or null
     * @throws CancellationException when cancelled; unfinished files are left as they are
     * @throws SourceChangedException when it has to be opened anew
     * @throws FFmpegException when the connection is lost, or a file cannot be written
     */
    public void record(RecordingFiles files, long startMicros, Duration partLength, @Nullable WatchedCopy watched)
            throws IOException {
        PartCutter cutter = new PartCutter(tracks, times, files, format, startMicros, partLength, watched, cancelled);
        boolean whole = false;
        try (cutter) {
            try {
                read(cutter, files);
            } catch (FFmpegException e) {
                if (!cutter.failed()) {
                    end(cutter);
                }
                throw e;
            }
            end(cutter);
            whole = true;
        } finally {
            times.abandon().forEach(packet -> av_packet_free(packet));
            if (watched != null) {
                watched.disconnected();
            }
            if (whole && reports) {
                files.log(
                        times.placedByReports()
                                ? "Picture and sound were aligned by the sender's reports."
                                : "The sender did not report how picture and sound relate; they are as they came.");
            }
        }
    }

    private void end(PartCutter cutter) throws IOException {
        times.release(cutter);
        cutter.end();
    }

    private void read(PartCutter cutter, RecordingFiles files) throws IOException {
        try {
            readAll(cutter, files);
        } finally {
            // What came since the last report, which is all of a short connection.
            report(cutter, files);
        }
    }

    private void readAll(PartCutter cutter, RecordingFiles files) throws IOException {
        long reported = 0;
        while (true) {
            AVPacket packet = av_packet_alloc();
            boolean taken = false;
            try {
                if (!input.read(packet)) {
                    return;
                }
                int index = track(packet.stream_index());
                long now = System.nanoTime();
                if (index >= 0 && packet.size() > 0) {
                    LiveTrack track = tracks.get(index);
                    requireSame(track, packet);
                    bytes += packet.size();
                    if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
                        damaged++;
                    }
                    taken = true;
                    times.offer(
                            index,
                            packet,
                            packet.pts(),
                            packet.dts(),
                            packet.duration(),
                            reports && hasReport(packet),
                            now,
                            cutter);
                }
                if (now - reported >= REPORT_NANOS) {
                    reported = now;
                    report(cutter, files);
                }
            } finally {
                if (!taken) {
                    av_packet_free(packet);
                }
            }
        }
    }

    private void report(PartCutter cutter, RecordingFiles files) {
        files.progress(
                Duration.ofNanos(cutter.recordedMicros() * 1000),
                bytes,
                times.lost() + damaged,
                times.drift().partsPerMillion());
    }

    private int track(int stream) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).index() == stream) {
                return i;
            }
        }
        return -1;
    }

    private void requireSame(LiveTrack track, AVPacket packet) throws SourceChangedException {
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        if (track.isVideo()
                && key
                && (hasSideData(packet, AV_PKT_DATA_NEW_EXTRADATA)
                        || (parameterSets != null && parameterSets.changedBy(packet)))
                && bytes > 0) {
            throw new SourceChangedException();
        }
    }

    private static boolean hasReport(AVPacket packet) {
        return hasSideData(packet, AV_PKT_DATA_RTCP_SR);
    }

    private static boolean hasSideData(AVPacket packet, int type) {
        if (packet.side_data_elems() == 0) {
            return false;
        }
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer found = av_packet_get_side_data(packet, type, size);
            return found != null && !found.isNull();
        }
    }

    @Override
    public void close() {
        tracks.forEach(LiveTrack::close);
        input.close();
    }
}
