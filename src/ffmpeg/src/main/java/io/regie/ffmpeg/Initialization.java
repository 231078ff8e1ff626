package io.regie.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first bytes of a fragmented MP4. The muxer writes edit lists only together with guesses about offsets of its own, so
 * the one that is needed is put in here: it takes the delay that B-frames put between decoding and showing out again.
 */
final class Initialization {

    private static final int EDIT_BOX = 36;

    private Initialization() {}

    /**
     * Adds an edit list to the only track.
     *
     * @param mediaTime what of the track's own time line is the article's time zero, in the track's ticks
     */
    static byte[] startingAt(byte[] initialization, long mediaTime) throws FFmpegException {
        if (mediaTime == 0) {
            return initialization;
        }
        int movie = box(initialization, 0, initialization.length, "moov");
        int track = box(initialization, movie + 8, end(initialization, movie), "trak");
        int header = box(initialization, track + 8, end(initialization, track), "tkhd");
        int at = end(initialization, header);
        ByteBuffer out = ByteBuffer.allocate(initialization.length + EDIT_BOX);
        out.put(initialization, 0, at);
        out.putInt(EDIT_BOX).put("edts".getBytes(StandardCharsets.US_ASCII));
        out.putInt(EDIT_BOX - 8).put("elst".getBytes(StandardCharsets.US_ASCII));
        // One entry that goes on for ever (0), at normal speed.
        out.putInt(0).putInt(1).putInt(0).putInt(Math.toIntExact(mediaTime)).putInt(0x10000);
        out.put(initialization, at, initialization.length - at);
        for (int parent : new int[] {movie, track}) {
            out.putInt(parent, out.getInt(parent) + EDIT_BOX);
        }
        return out.array();
    }

    private static int end(byte[] bytes, int box) {
        return box + ByteBuffer.wrap(bytes).getInt(box);
    }

    private static int box(byte[] bytes, int from, int to, String type) throws FFmpegException {
        int at = from;
        while (at + 8 <= to) {
            if (type.equals(new String(bytes, at + 4, 4, StandardCharsets.US_ASCII))) {
                return at;
            }
            int size = end(bytes, at) - at;
            at += Math.max(size, 8);
        }
        throw new FFmpegException("The MP4 header has no " + type);
    }
}
