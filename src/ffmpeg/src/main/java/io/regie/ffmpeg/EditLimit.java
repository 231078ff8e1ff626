package io.regie.ffmpeg;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Ends what an MP4 shows at a time. Pictures that are only there because others before them need them lie behind it, and
 * the muxer would show them.
 */
final class EditLimit {

    private static final int HEADER = 8;
    private static final int MAX_HEADER_BYTES = 64 << 20;

    private EditLimit() {}

    static void apply(Path file, double seconds) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = 0;
            while (at + HEADER <= channel.size()) {
                ByteBuffer header = read(channel, at, 2 * HEADER);
                long size = header.getInt(0) == 1 ? header.getLong(HEADER) : header.getInt(0) & 0xFFFFFFFFL;
                if (Mp4Box.type(header, 0).equals("moov") && size <= MAX_HEADER_BYTES) {
                    ByteBuffer movie = read(channel, at, (int) size);
                    limit(Mp4Box.all(movie).get(0), seconds);
                    movie.rewind();
                    while (movie.hasRemaining()) {
                        channel.write(movie, at + movie.position());
                    }
                    return;
                }
                if (size < HEADER) {
                    break;
                }
                at += size;
            }
        }
        throw new FFmpegException("The MP4 file has no moov.");
    }

    private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytes, channel.size() - at));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    private static void limit(Mp4Box movie, double seconds) throws FFmpegException {
        Mp4Box header = movie.require("mvhd");
        boolean wide = header.version() == 1;
        int timescale = header.content().getInt(wide ? 20 : 12);
        long limit = Math.round(seconds * timescale);
        long longest = 0;
        for (Mp4Box track : movie.children()) {
            if (track.type().equals("trak") && track.find("edts").isPresent()) {
                long shown = limitEdits(track.require("edts").require("elst"), limit);
                Mp4Box own = track.require("tkhd");
                put(own.content(), own.version() == 1 ? 28 : 20, shown, own.version() == 1);
                longest = Math.max(longest, shown);
            }
        }
        put(header.content(), wide ? 24 : 16, longest, wide);
    }

    /** @return how long the track is shown now */
    private static long limitEdits(Mp4Box edits, long limit) {
        ByteBuffer content = edits.content();
        boolean wide = edits.version() == 1;
        int count = content.getInt(4);
        long shown = 0;
        for (int i = 0; i < count; i++) {
            int at = 8 + i * (wide ? 20 : 12);
            long duration = wide ? content.getLong(at) : content.getInt(at) & 0xFFFFFFFFL;
            long kept = Math.max(0, Math.min(duration, limit - shown));
            put(content, at, kept, wide);
            shown += kept;
        }
        return shown;
    }

    private static void put(ByteBuffer content, int at, long value, boolean wide) {
        if (wide) {
            content.putLong(at, value);
        } else {
            content.putInt(at, (int) value);
        }
    }
}
