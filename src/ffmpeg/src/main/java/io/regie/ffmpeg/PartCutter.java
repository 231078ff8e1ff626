package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Puts the packets of a connection into parts. A part begins with a key frame, and that frame's decoding time is time zero
 * for all its tracks; one base for each would be the sync bug. Sound waits until the picture has passed it, so that a cut
 * divides both at the same moment and parts join without a gap or an overlap.
 */
final class PartCutter implements LiveTimes.Sink<AVPacket>, AutoCloseable {

    private static final long SOUND_ALONE_MICROS = 2_000_000;
    private static final long NO_PICTURE_MICROS = 6_000_000;

    private final List<LiveTrack> tracks;
    private final LiveTimes<AVPacket> times;
    private final RecordingFiles files;
    private final RecordingFormat format;
    private final long partMicros;
    private final @Nullable WatchedCopy watched;
    private final BooleanSupplier cancelled;
    private final boolean hasPicture;
    private final Deque<Sound> waiting = new ArrayDeque<>();

    private @Nullable PartWriter part;
    private long partStart;
    /** Where the recording stood when this unbroken stretch began, and which of the stream's times that was. */
    private long stretchStart;

    private long stretchBase;
    private boolean stretchBegun;
    private long recorded;
    private long lastPicture = Long.MIN_VALUE;
    private boolean failed;

    private record Sound(LiveTrack track, AVPacket packet, long micros) {}

    PartCutter(
            List<LiveTrack> tracks,
            LiveTimes<AVPacket> times,
            RecordingFiles files,
            RecordingFormat format,
            long startMicros,
            Duration partLength,
            @Nullable WatchedCopy watched,
            BooleanSupplier cancelled) {
        this.tracks = tracks;
        this.times = times;
        this.files = files;
        this.format = format;
        this.partMicros = partLength.isZero() ? Long.MAX_VALUE / 2 : partLength.toNanos() / 1000;
        this.watched = watched;
        this.cancelled = cancelled;
        this.hasPicture = tracks.stream().anyMatch(LiveTrack::isVideo);
        this.stretchStart = startMicros;
        this.recorded = startMicros;
    }

    long recordedMicros() {
        PartWriter open = part;
        return open == null ? recorded : Math.max(recorded, partStart + open.endMicros());
    }

    /** Whether a file could not be written; then there is nothing to finish. */
    boolean failed() {
        return failed;
    }

    @Override
    public void accept(int index, AVPacket packet, long pts, long dts, long duration, boolean broken)
            throws FFmpegException {
        LiveTrack track = tracks.get(index);
        try {
            if (broken) {
                files.log("The source's time jumped; a new part begins.");
                endStretch();
            }
            packet.pts(pts);
            packet.dts(dts);
            packet.duration(duration);
            track.convert(packet, made -> take(track, made));
        } catch (IOException e) {
            failed = true;
            throw e instanceof FFmpegException known ? known : FFmpegException.ofWriting(e);
        } finally {
            av_packet_free(packet);
        }
    }

    private void take(LiveTrack track, AVPacket packet) throws FFmpegException {
        try {
            long micros = LiveTimes.micros(packet.dts(), track.timeBase());
            if (track.isVideo()) {
                takePicture(track, packet, micros);
            } else {
                waiting.add(new Sound(track, av_packet_clone(packet), micros));
                av_packet_unref(packet);
            }
            writeSound(micros);
        } catch (FFmpegException e) {
            throw e;
        } catch (IOException e) {
            throw FFmpegException.ofWriting(e);
        }
    }

    private void takePicture(LiveTrack track, AVPacket packet, long micros) throws IOException {
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        if (key && (part == null || micros - part.baseMicros() >= partMicros)) {
            writeSoundBefore(micros);
            finishPart();
            beginPart(micros);
        }
        if (part == null) {
            av_packet_unref(packet);
            return;
        }
        lastPicture = micros;
        write(track, packet);
    }

    /** Writes the sound that no cut can divide any more. */
    private void writeSound(long newest) throws IOException {
        while (!waiting.isEmpty()) {
            Sound first = waiting.element();
            if (part == null) {
                boolean alone = !hasPicture || newest - first.micros > NO_PICTURE_MICROS;
                if (!alone) {
                    return;
                }
                beginPart(first.micros);
            } else if (!hasPicture && first.micros - part.baseMicros() >= partMicros) {
                finishPart();
                beginPart(first.micros);
            } else if (hasPicture && first.micros > lastPicture && newest - first.micros <= SOUND_ALONE_MICROS) {
                return;
            }
            writeFirstSound();
        }
    }

    private void writeSoundBefore(long micros) throws FFmpegException {
        while (!waiting.isEmpty() && waiting.element().micros < micros) {
            writeFirstSound();
        }
    }

    private void writeFirstSound() throws FFmpegException {
        Sound sound = waiting.remove();
        try {
            // What was heard before the first picture has no place.
            if (part != null && sound.micros >= part.baseMicros()) {
                write(sound.track, sound.packet);
            }
        } finally {
            av_packet_free(sound.packet);
        }
    }

    private void write(LiveTrack track, AVPacket packet) throws FFmpegException {
        PartWriter open = part;
        if (open == null) {
            return;
        }
        if (watched != null) {
            watched.write(track, packet, partStart - open.baseMicros());
        }
        open.write(track, packet);
    }

    private void beginPart(long base) throws IOException {
        if (!stretchBegun) {
            stretchBegun = true;
            stretchBase = base;
        }
        partStart = stretchStart + base - stretchBase;
        long now = System.nanoTime();
        List<LiveTrack> alive = tracks.stream()
                .filter(track -> times.wasSeen(tracks.indexOf(track)) && !times.isDead(tracks.indexOf(track), now))
                .toList();
        part = new PartWriter(files.next(partStart), format, alive, base);
    }

    private void finishPart() throws IOException {
        PartWriter open = part;
        if (open == null) {
            return;
        }
        boolean whole = false;
        try (open) {
            if (open.finish()) {
                PartCheck.require(open.file(), open.start(true), open.start(false), 0.02, cancelled);
                try (FileChannel file = FileChannel.open(open.file(), StandardOpenOption.WRITE)) {
                    file.force(true);
                }
                recorded = partStart + open.endMicros();
                whole = true;
            } else {
                Files.deleteIfExists(open.file());
            }
        } finally {
            part = null;
            if (!whole && Files.exists(open.file())) {
                failed = true;
                recorded = Math.max(recorded, partStart + open.endMicros());
                files.unfinished(open.file(), partStart);
            }
        }
        if (whole) {
            files.finished(new RecordedPart(open.file(), partStart, recorded, open.bytes()));
        }
    }

    /** What comes next has nothing to do with the times so far. */
    private void endStretch() throws IOException {
        for (LiveTrack track : tracks) {
            track.flush(made -> take(track, made));
        }
        writeSoundBefore(Long.MAX_VALUE);
        finishPart();
        stretchStart = recorded;
        stretchBegun = false;
        lastPicture = Long.MIN_VALUE;
    }

    /** The connection ended: finishes what there is. */
    void end() throws IOException {
        endStretch();
    }

    /** Leaves an open part as it is: the process may as well have been killed. */
    @Override
    public void close() {
        waiting.forEach(sound -> av_packet_free(sound.packet));
        waiting.clear();
        PartWriter open = part;
        if (open != null) {
            part = null;
            open.close();
            files.unfinished(open.file(), partStart);
        }
    }
}
