package io.regie.ffmpeg;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns finished renditions into one file to keep: an ordinary MP4 with its index in front, so it plays while it loads.
 *
 * <p>The media is copied as it lies, chunk by chunk, by the operating system; only the index is new. So it is written
 * once, where libav's faststart writes everything twice, and ends within one piece of copying when cancelled. The tracks
 * keep their places on the time line by edit lists.
 */
public final class Download {

    /** The most copied between two looks at the cancel flag: some tens of milliseconds. */
    private static final long PIECE = 4L << 20;

    /** Below this, places in the file fit 32 bits with the index counted in. */
    private static final long SMALL = 0xE000_0000L;

    private Download() {}

    /**
     * Writes an MP4 of a video rendition and, if there is sound, an audio rendition.
     *
     * @param cancelled asked often
     * @throws CancellationException when it said so; the file is gone then, as after any failure
     */
    public static void mp4(Path video, @Nullable Path audio, Path out, BooleanSupplier cancelled) throws IOException {
        write(audio == null ? List.of(video) : List.of(video, audio), "isom", out, cancelled);
    }

    /** Writes an M4A of an audio rendition, on the same terms. */
    public static void m4a(Path audio, Path out, BooleanSupplier cancelled) throws IOException {
        write(List.of(audio), "M4A ", out, cancelled);
    }

    private record Piece(FragmentedTrack track, FragmentedTrack.Chunk chunk, FileChannel file) {
        double seconds() {
            return track.seconds(chunk.time() - track.shift());
        }
    }

    private static void write(List<Path> renditions, String brand, Path out, BooleanSupplier cancelled)
            throws IOException {
        List<FileChannel> files = new ArrayList<>();
        boolean whole = false;
        try {
            List<FragmentedTrack> tracks = new ArrayList<>();
            List<Piece> pieces = new ArrayList<>();
            for (Path rendition : renditions) {
                FileChannel file = FileChannel.open(rendition, StandardOpenOption.READ);
                files.add(file);
                FragmentedTrack track = FragmentedTrack.read(file);
                tracks.add(track);
                track.chunks().forEach(chunk -> pieces.add(new Piece(track, chunk, file)));
            }
            // What is shown together lies together.
            pieces.sort(Comparator.comparingDouble(Piece::seconds));
            try (FileChannel to = FileChannel.open(
                    out, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                writeFully(to, header(tracks, pieces, brand));
                for (Piece piece : pieces) {
                    copy(piece, to, cancelled);
                }
            }
            whole = true;
        } finally {
            for (FileChannel file : files) {
                file.close();
            }
            if (!whole) {
                Files.deleteIfExists(out);
            }
        }
    }

    /** Everything up to the first byte of media. */
    private static ByteBuffer header(List<FragmentedTrack> tracks, List<Piece> pieces, String brand)
            throws IOException {
        long media = pieces.stream().mapToLong(piece -> piece.chunk.length()).sum();
        boolean large = media > SMALL;
        MovieHeader movie = new MovieHeader(tracks);
        // The index is as long with any offsets, so its own length is found by building it without.
        byte[] draft = bytes(brand, movie.build(Map.of(), large), media, large);
        Map<FragmentedTrack.Chunk, Long> offsets = new IdentityHashMap<>();
        long at = draft.length;
        for (Piece piece : pieces) {
            offsets.put(piece.chunk, at);
            at += piece.chunk.length();
        }
        return ByteBuffer.wrap(bytes(brand, movie.build(offsets, large), media, large));
    }

    private static byte[] bytes(String brand, Mp4Box movie, long media, boolean large) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Mp4Box.of("ftyp", type -> {
                    type.write(brand.getBytes(US_ASCII));
                    type.writeInt(512);
                    type.write("isomiso2iso4avc1mp41".getBytes(US_ASCII));
                })
                .writeTo(out);
        movie.writeTo(out);
        out.writeInt(large ? 1 : (int) (media + 8));
        out.write("mdat".getBytes(US_ASCII));
        if (large) {
            out.writeLong(media + 16);
        }
        return bytes.toByteArray();
    }

    private static void copy(Piece piece, FileChannel to, BooleanSupplier cancelled) throws IOException {
        long at = piece.chunk.offset();
        long end = at + piece.chunk.length();
        while (at < end) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            long copied = piece.file.transferTo(at, Math.min(PIECE, end - at), to);
            if (copied <= 0) {
                throw new FFmpegException("The rendition is cut short.");
            }
            at += copied;
        }
    }

    private static void writeFully(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
