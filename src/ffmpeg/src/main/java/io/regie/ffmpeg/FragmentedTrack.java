package io.regie.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sample tables of a rendition: one track in a fragmented MP4 that we wrote. Only headers are read, never media.
 *
 * @param header the track's {@code trak} box
 * @param timescale ticks per second
 * @param start decoding time of the first sample, in ticks
 * @param shift what the edit list takes off presentation times, in ticks
 * @param chunks runs of samples that lie together, in order
 */
record FragmentedTrack(Mp4Box header, long timescale, long start, long shift, List<Chunk> chunks) {

    private static final int MAX_HEADER = 64 << 20;
    private static final int MAX_SAMPLES = 1 << 22;
    private static final int NON_SYNC = 0x10000;

    /**
     * Plain numbers, since a long film has half a million samples.
     *
     * @param time decoding time of its first sample, in ticks
     * @param compositions presentation time less decoding time, of each sample
     * @param sync whether decoding can begin at a sample
     */
    record Chunk(
            long time, long offset, long length, int[] sizes, int[] durations, int[] compositions, boolean[] sync) {

        int count() {
            return sizes.length;
        }

        long duration() {
            long sum = 0;
            for (int duration : durations) {
                sum += duration;
            }
            return sum;
        }
    }

    private record Defaults(int duration, int size, int flags) {}

    private record Box(String type, long offset, long headerLength, long end) {}

    static FragmentedTrack read(FileChannel file) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        Mp4Box movie = null;
        Defaults defaults = new Defaults(0, 0, 0);
        long at = 0;
        while (at + 8 <= file.size()) {
            Box box = box(file, at);
            if (box.type.equals("moov")) {
                movie = new Mp4Box("moov", content(file, box));
                defaults = defaults(movie);
            } else if (box.type.equals("moof")) {
                chunks.addAll(chunks(new Mp4Box("moof", content(file, box)), at, defaults));
            }
            at = box.end;
        }
        if (movie == null || chunks.isEmpty()) {
            throw new FFmpegException("The rendition holds no media.");
        }
        Mp4Box track = movie.require("trak");
        return new FragmentedTrack(track, timescale(track), chunks.get(0).time, shift(track), closeGaps(chunks));
    }

    double seconds(long ticks) {
        return (double) ticks / timescale;
    }

    private static Box box(FileChannel file, long at) throws IOException {
        ByteBuffer header = read(file, at, 8);
        long size = header.getInt(0) & 0xFFFFFFFFL;
        int headerLength = 8;
        if (size == 1) {
            size = read(file, at + 8, 8).getLong(0);
            headerLength = 16;
        }
        if (size < headerLength || size > file.size() - at) {
            throw new FFmpegException("The MP4 file is damaged.");
        }
        return new Box(Mp4Box.type(header, 0), at, headerLength, at + size);
    }

    private static ByteBuffer content(FileChannel file, Box box) throws IOException {
        long length = box.end - box.offset - box.headerLength;
        if (length > MAX_HEADER) {
            throw new FFmpegException("The MP4 file is damaged.");
        }
        return read(file, box.offset + box.headerLength, (int) length);
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new FFmpegException("The MP4 file is cut short.");
            }
        }
        return bytes.flip();
    }

    private static Defaults defaults(Mp4Box movie) throws FFmpegException {
        Optional<Mp4Box> extends_ = movie.require("mvex").find("trex");
        return extends_.map(box -> new Defaults(
                        box.content().getInt(12),
                        box.content().getInt(16),
                        box.content().getInt(20)))
                .orElse(new Defaults(0, 0, 0));
    }

    private static long timescale(Mp4Box track) throws FFmpegException {
        Mp4Box header = track.require("mdia").require("mdhd");
        long timescale = header.content().getInt(header.version() == 1 ? 20 : 12) & 0xFFFFFFFFL;
        if (timescale == 0) {
            throw new FFmpegException("The MP4 file is damaged.");
        }
        return timescale;
    }

    private static long shift(Mp4Box track) throws FFmpegException {
        Optional<Mp4Box> edits = track.find("edts");
        if (edits.isEmpty()) {
            return 0;
        }
        Mp4Box list = edits.get().require("elst");
        ByteBuffer entries = list.content();
        if (entries.getInt(4) != 1) {
            throw new FFmpegException("The rendition has an edit list that we did not write.");
        }
        return list.version() == 1 ? entries.getLong(16) : entries.getInt(12);
    }

    private static List<Chunk> chunks(Mp4Box fragment, long fragmentOffset, Defaults outer) throws FFmpegException {
        Mp4Box track = fragment.require("traf");
        Mp4Box header = track.require("tfhd");
        int flags = header.flags();
        ByteBuffer fields = header.content().slice();
        fields.position(8);
        long base = (flags & 0x01) != 0 ? fields.getLong() : fragmentOffset;
        if ((flags & 0x02) != 0) {
            fields.getInt();
        }
        Defaults defaults = new Defaults(
                (flags & 0x08) != 0 ? fields.getInt() : outer.duration,
                (flags & 0x10) != 0 ? fields.getInt() : outer.size,
                (flags & 0x20) != 0 ? fields.getInt() : outer.flags);
        Mp4Box decodeTime = track.require("tfdt");
        long time = decodeTime.version() == 1
                ? decodeTime.content().getLong(4)
                : decodeTime.content().getInt(4) & 0xFFFFFFFFL;
        List<Chunk> chunks = new ArrayList<>();
        long offset = base;
        for (Mp4Box run : track.children()) {
            if (run.type().equals("trun")) {
                Chunk chunk = chunk(run, base, offset, time, defaults);
                offset = chunk.offset + chunk.length;
                time += chunk.duration();
                if (chunk.count() > 0) {
                    chunks.add(chunk);
                }
            }
        }
        return chunks;
    }

    private static Chunk chunk(Mp4Box run, long base, long following, long time, Defaults defaults)
            throws FFmpegException {
        int flags = run.flags();
        ByteBuffer fields = run.content().slice();
        fields.position(4);
        int count = fields.getInt();
        long offset = (flags & 0x01) != 0 ? base + fields.getInt() : following;
        int firstFlags = (flags & 0x04) != 0 ? fields.getInt() : defaults.flags;
        if (count < 0 || count > MAX_SAMPLES) {
            throw new FFmpegException("The MP4 file is damaged.");
        }
        int[] sizes = new int[count];
        int[] durations = new int[count];
        int[] compositions = new int[count];
        boolean[] sync = new boolean[count];
        long length = 0;
        for (int i = 0; i < count; i++) {
            durations[i] = (flags & 0x100) != 0 ? fields.getInt() : defaults.duration;
            sizes[i] = (flags & 0x200) != 0 ? fields.getInt() : defaults.size;
            int sampleFlags = (flags & 0x400) != 0 ? fields.getInt() : i == 0 ? firstFlags : defaults.flags;
            compositions[i] = (flags & 0x800) != 0 ? fields.getInt() : 0;
            sync[i] = (sampleFlags & NON_SYNC) == 0;
            length += sizes[i];
        }
        return new Chunk(time, offset, length, sizes, durations, compositions, sync);
    }

    /** Fragments state their own times; tables only add up durations. So the last sample before a gap lasts longer. */
    private static List<Chunk> closeGaps(List<Chunk> chunks) {
        for (int i = 0; i + 1 < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            int last = chunk.count() - 1;
            long gap = chunks.get(i + 1).time - chunk.time - chunk.duration();
            chunk.durations[last] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, chunk.durations[last] + gap));
        }
        return chunks;
    }
}
