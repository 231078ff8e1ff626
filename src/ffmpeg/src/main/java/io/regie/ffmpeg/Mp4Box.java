package io.regie.ffmpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A box of an MP4 header (ISO/IEC 14496-12) in memory.
 *
 * @param content without size and type
 */
record Mp4Box(String type, ByteBuffer content) {

    private static final int HEADER = 8;

    Mp4Box {
        // A view of its own, so that reading moves nobody else's position.
        content = content.slice();
    }

    /** Writes the content of a box. */
    @FunctionalInterface
    interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    static Mp4Box of(String type, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            body.write(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Mp4Box(type, ByteBuffer.wrap(bytes.toByteArray()));
    }

    /** With a version of 0 and no flags, as most tables have. */
    static Mp4Box table(String type, Body body) {
        return of(type, out -> {
            out.writeInt(0);
            body.write(out);
        });
    }

    static Mp4Box container(String type, List<Mp4Box> children) {
        return of(type, out -> {
            for (Mp4Box child : children) {
                child.writeTo(out);
            }
        });
    }

    /** The boxes that lie one after the other in some bytes. */
    static List<Mp4Box> all(ByteBuffer bytes) throws FFmpegException {
        List<Mp4Box> boxes = new ArrayList<>();
        int at = 0;
        while (at + HEADER <= bytes.limit()) {
            int size = bytes.getInt(at);
            if (size < HEADER || size > bytes.limit() - at) {
                throw new FFmpegException("The MP4 file is damaged.");
            }
            boxes.add(new Mp4Box(type(bytes, at), bytes.slice(at + HEADER, size - HEADER)));
            at += size;
        }
        return boxes;
    }

    static String type(ByteBuffer bytes, int box) {
        byte[] type = new byte[4];
        bytes.get(box + 4, type);
        return new String(type, ISO_8859_1);
    }

    List<Mp4Box> children() throws FFmpegException {
        return all(content);
    }

    Optional<Mp4Box> find(String child) throws FFmpegException {
        return children().stream().filter(box -> box.type.equals(child)).findFirst();
    }

    Mp4Box require(String child) throws FFmpegException {
        return find(child).orElseThrow(() -> new FFmpegException("The MP4 file has no " + child + "."));
    }

    int version() {
        return content.get(0);
    }

    int flags() {
        return content.getInt(0) & 0xFFFFFF;
    }

    /** A copy that may be changed without changing what this was read from. */
    Mp4Box copy() {
        byte[] bytes = new byte[content.limit()];
        content.get(0, bytes);
        return new Mp4Box(type, ByteBuffer.wrap(bytes));
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(content.limit() + HEADER);
        out.write(type.getBytes(ISO_8859_1));
        byte[] bytes = new byte[content.limit()];
        content.get(0, bytes);
        out.write(bytes);
    }
}
