package io.regie.ffmpeg;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Corrects how long the last picture of an animated WebP is shown: its encoder is never told and guesses. */
final class WebpTimes {

    private static final int ANMF = 0x414E4D46;
    private static final int CHUNKS_AT = 12;

    /** Of a chunk's name, its length, and the picture's place and size. */
    private static final int DURATION_AT = 8 + 12;

    private static final int MAX_DURATION = 0xFFFFFF;

    private WebpTimes() {}

    /** @param milliseconds of the whole animation */
    static void complete(Path file, long milliseconds) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long last = -1;
            long before = 0;
            long shown = 0;
            for (long at = CHUNKS_AT; at + 8 <= bytes.length(); ) {
                bytes.seek(at);
                boolean picture = bytes.readInt() == ANMF;
                long length = Integer.toUnsignedLong(Integer.reverseBytes(bytes.readInt()));
                if (picture) {
                    before += shown;
                    last = at + DURATION_AT;
                    bytes.seek(last);
                    shown = bytes.read() | bytes.read() << 8 | bytes.read() << 16;
                }
                at += 8 + length + (length & 1);
            }
            // A single picture is no animation, and has no time.
            if (last >= 0) {
                int duration = (int) Math.max(1, Math.min(MAX_DURATION, milliseconds - before));
                bytes.seek(last);
                bytes.write(new byte[] {(byte) duration, (byte) (duration >> 8), (byte) (duration >> 16)});
            }
        }
    }
}
