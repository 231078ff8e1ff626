package io.regie.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Reads what a part holds, also one that was being written when its recorder was killed. */
public final class SavedPart {

    private SavedPart() {}

    /**
     * Finds out how much of a part there is.
     *
     * @param startMicros where on the recording's time line it begins
     * @throws FFmpegException when nothing of it can be played
     */
    public static RecordedPart read(Path file, long startMicros, BooleanSupplier cancelled) throws IOException {
        long end = 0;
        AVPacket packet = av_packet_alloc();
        try (MediaInput input = MediaInput.openHeader(file, OpenPolicy.recording(), cancelled)) {
            while (input.read(packet)) {
                TimeBase timeBase =
                        TimeBase.of(input.stream(packet.stream_index()).time_base());
                if (packet.pts() != AV_NOPTS_VALUE) {
                    end = Math.max(end, LiveTimes.micros(packet.pts() + packet.duration(), timeBase));
                }
                av_packet_unref(packet);
            }
        } finally {
            av_packet_free(packet);
        }
        if (end == 0) {
            throw new FFmpegException("The part is empty");
        }
        return new RecordedPart(file, startMicros, startMicros + end, Files.size(file));
    }

    /** Whether a part says how long it is, as one does that was finished: not all players take another. */
    public static boolean isOrdinary(Path file, BooleanSupplier cancelled) throws IOException {
        try (MediaInput input = MediaInput.openHeader(file, OpenPolicy.recording(), cancelled)) {
            return !input.duration().isZero();
        }
    }
}
