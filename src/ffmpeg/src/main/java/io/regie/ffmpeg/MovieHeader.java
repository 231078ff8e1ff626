package io.regie.ffmpeg;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Builds the {@code moov} of a progressive MP4 from the sample tables of renditions. */
final class MovieHeader {

    private static final long MAX_32 = 0xFFFFFFFFL;

    private final List<FragmentedTrack> tracks;

    /** Fine enough that an edit is never off by a sample of sound. */
    private final long timescale;

    MovieHeader(List<FragmentedTrack> tracks) {
        this.tracks = tracks;
        this.timescale = tracks.get(tracks.size() - 1).timescale();
    }

    /** @param offsets where each chunk of each track is to be in the file */
    Mp4Box build(Map<FragmentedTrack.Chunk, Long> offsets, boolean large) throws FFmpegException {
        List<Mp4Box> boxes = new ArrayList<>();
        long longest = 0;
        for (int i = 0; i < tracks.size(); i++) {
            Timing timing = new Timing(tracks.get(i));
            longest = Math.max(longest, timing.blank() + timing.shown());
            boxes.add(track(tracks.get(i), i + 1, timing, offsets, large));
        }
        boxes.add(0, movie(Math.min(longest, MAX_32)));
        return Mp4Box.container("moov", boxes);
    }

    /** When a track's media begins and ends on the movie's time line. */
    private final class Timing {

        /** Presentation time of the first picture or sound, in ticks; negative when it is to be cut off. */
        private final long first;

        private final long mediaStart;
        private final long mediaEnd;
        private final FragmentedTrack track;

        Timing(FragmentedTrack track) {
            this.track = track;
            long decode = 0;
            long earliest = Long.MAX_VALUE;
            long latest = 0;
            for (FragmentedTrack.Chunk chunk : track.chunks()) {
                for (int i = 0; i < chunk.count(); i++) {
                    long presented = decode + chunk.compositions()[i];
                    earliest = Math.min(earliest, presented);
                    latest = Math.max(latest, presented + chunk.durations()[i]);
                    decode += chunk.durations()[i];
                }
            }
            this.first = earliest + track.start() - track.shift();
            this.mediaStart = earliest + Math.max(0, -first);
            this.mediaEnd = latest;
        }

        /** How long nothing is shown at first, in the movie's ticks. */
        long blank() {
            return inMovie(Math.max(0, first));
        }

        /** How long the media is shown, in the movie's ticks. */
        long shown() {
            return inMovie(mediaEnd - mediaStart);
        }

        private long inMovie(long ticks) {
            return Math.round((double) ticks * timescale / track.timescale());
        }

        Mp4Box edits() {
            List<long[]> entries = new ArrayList<>();
            if (blank() > 0) {
                entries.add(new long[] {blank(), -1});
            }
            entries.add(new long[] {shown(), mediaStart});
            Mp4Box list = Mp4Box.of("elst", out -> {
                out.writeInt(1 << 24);
                out.writeInt(entries.size());
                for (long[] entry : entries) {
                    out.writeLong(entry[0]);
                    out.writeLong(entry[1]);
                    out.writeInt(0x10000);
                }
            });
            return Mp4Box.container("edts", List.of(list));
        }
    }

    private Mp4Box movie(long duration) {
        return Mp4Box.table("mvhd", out -> {
            out.writeInt(0);
            out.writeInt(0);
            out.writeInt((int) timescale);
            out.writeInt((int) duration);
            out.writeInt(0x10000);
            out.writeShort(0x0100);
            out.write(new byte[10]);
            for (int number : new int[] {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000}) {
                out.writeInt(number);
            }
            out.write(new byte[24]);
            out.writeInt(tracks.size() + 1);
        });
    }

    private static Mp4Box track(
            FragmentedTrack track, int id, Timing timing, Map<FragmentedTrack.Chunk, Long> offsets, boolean large)
            throws FFmpegException {
        List<Mp4Box> boxes = new ArrayList<>();
        Mp4Box header = track.header().require("tkhd").copy();
        boolean wide = header.version() == 1;
        header.content().putInt(wide ? 20 : 12, id);
        putDuration(header.content(), wide ? 28 : 20, timing.blank() + timing.shown(), wide);
        boxes.add(header);
        boxes.add(timing.edits());
        List<Mp4Box> media = new ArrayList<>();
        for (Mp4Box box : track.header().require("mdia").children()) {
            switch (box.type()) {
                case "mdhd" -> {
                    Mp4Box copy = box.copy();
                    boolean wideMedia = copy.version() == 1;
                    putDuration(copy.content(), wideMedia ? 24 : 16, duration(track), wideMedia);
                    media.add(copy);
                }
                case "minf" -> media.add(information(box, track, offsets, large));
                default -> media.add(box);
            }
        }
        boxes.add(Mp4Box.container("mdia", media));
        return Mp4Box.container("trak", boxes);
    }

    private static long duration(FragmentedTrack track) {
        return track.chunks().stream()
                .mapToLong(FragmentedTrack.Chunk::duration)
                .sum();
    }

    private static void putDuration(ByteBuffer box, int at, long duration, boolean wide) {
        if (wide) {
            box.putLong(at, duration);
        } else {
            box.putInt(at, (int) Math.min(duration, MAX_32));
        }
    }

    private static Mp4Box information(
            Mp4Box information, FragmentedTrack track, Map<FragmentedTrack.Chunk, Long> offsets, boolean large)
            throws FFmpegException {
        List<Mp4Box> boxes = new ArrayList<>();
        for (Mp4Box box : information.children()) {
            boxes.add(box.type().equals("stbl") ? tables(box.require("stsd"), track, offsets, large) : box);
        }
        return Mp4Box.container("minf", boxes);
    }

    private static Mp4Box tables(
            Mp4Box descriptions, FragmentedTrack track, Map<FragmentedTrack.Chunk, Long> offsets, boolean large) {
        int[] durations = joined(track, FragmentedTrack.Chunk::durations);
        int[] compositions = joined(track, FragmentedTrack.Chunk::compositions);
        int[] sizes = joined(track, FragmentedTrack.Chunk::sizes);
        List<Mp4Box> boxes = new ArrayList<>();
        boxes.add(descriptions);
        boxes.add(runs("stts", 0, durations));
        if (Arrays.stream(compositions).anyMatch(composition -> composition != 0)) {
            boolean negative = Arrays.stream(compositions).anyMatch(composition -> composition < 0);
            boxes.add(runs("ctts", negative ? 1 : 0, compositions));
        }
        int[] sync = syncSamples(track);
        if (sync.length < sizes.length) {
            boxes.add(Mp4Box.table("stss", out -> {
                out.writeInt(sync.length);
                for (int number : sync) {
                    out.writeInt(number);
                }
            }));
        }
        boxes.add(samplesPerChunk(track.chunks()));
        boxes.add(Mp4Box.table("stsz", out -> {
            out.writeInt(0);
            out.writeInt(sizes.length);
            for (int size : sizes) {
                out.writeInt(size);
            }
        }));
        boxes.add(Mp4Box.table(large ? "co64" : "stco", out -> {
            out.writeInt(track.chunks().size());
            for (FragmentedTrack.Chunk chunk : track.chunks()) {
                long offset = offsets.getOrDefault(chunk, 0L);
                if (large) {
                    out.writeLong(offset);
                } else {
                    out.writeInt((int) offset);
                }
            }
        }));
        return Mp4Box.container("stbl", boxes);
    }

    private static int[] joined(FragmentedTrack track, Function<FragmentedTrack.Chunk, int[]> column) {
        return track.chunks().stream().map(column).flatMapToInt(Arrays::stream).toArray();
    }

    /** Numbers of the samples where decoding can begin, the first being 1. */
    private static int[] syncSamples(FragmentedTrack track) {
        IntStream.Builder numbers = IntStream.builder();
        int number = 1;
        for (FragmentedTrack.Chunk chunk : track.chunks()) {
            for (boolean sync : chunk.sync()) {
                if (sync) {
                    numbers.add(number);
                }
                number++;
            }
        }
        return numbers.build().toArray();
    }

    /** Counts equal neighbours, as the time tables do. */
    private static Mp4Box runs(String type, int version, int[] values) {
        List<int[]> runs = new ArrayList<>();
        for (int value : values) {
            int[] last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last[1] == value) {
                last[0]++;
            } else {
                runs.add(new int[] {1, value});
            }
        }
        return Mp4Box.of(type, out -> {
            out.writeInt(version << 24);
            out.writeInt(runs.size());
            for (int[] run : runs) {
                out.writeInt(run[0]);
                out.writeInt(run[1]);
            }
        });
    }

    private static Mp4Box samplesPerChunk(List<FragmentedTrack.Chunk> chunks) {
        List<int[]> changes = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            int count = chunks.get(i).count();
            if (changes.isEmpty() || changes.get(changes.size() - 1)[1] != count) {
                changes.add(new int[] {i + 1, count});
            }
        }
        return Mp4Box.table("stsc", out -> {
            out.writeInt(changes.size());
            for (int[] change : changes) {
                out.writeInt(change[0]);
                out.writeInt(change[1]);
                out.writeInt(1);
            }
        });
    }
}
