package io.regie.core.uploads;

import io.regie.core.storage.Disk;
import io.regie.core.storage.NoSpaceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** An upload's file while one request adds to it. Used by one thread after the other, never by two. */
final class GrowingFile implements Closeable {

    /** How far below the floor of free space an upload may get at most, and it is not the only one that grows. */
    private static final long BETWEEN_LOOKS = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final Disk disk;
    private final long floor;
    private final long start;
    private final @Nullable MessageDigest whole;
    private final @Nullable MessageDigest part;
    private long size;
    private long nextLook;

    /**
     * @param start where this request begins
     * @param whole the running hash of everything before, where it is known
     * @param part hashes what this request brings, where somebody wants to compare
     */
    GrowingFile(
            Path path,
            FileChannel channel,
            Disk disk,
            long floor,
            long start,
            @Nullable MessageDigest whole,
            @Nullable MessageDigest part) {
        this.path = path;
        this.channel = channel;
        this.disk = disk;
        this.floor = floor;
        this.start = start;
        this.size = start;
        this.nextLook = start;
        this.whole = whole;
        this.part = part;
    }

    /** @throws NoSpaceException when the disk is full, or nearly so; what was written before stays */
    void append(byte[] block, int length) throws IOException {
        if (size >= nextLook) {
            nextLook = size + BETWEEN_LOOKS;
            if (disk.usableBytes(path) < floor) {
                throw new NoSpaceException(new IOException("Below the floor of free space"));
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(block, 0, length);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw NoSpaceException.of(e, path);
        } finally {
            // After a full disk a part of the block may have made it.
            int written = bytes.position();
            size += written;
            if (whole != null) {
                whole.update(block, 0, written);
            }
            if (part != null) {
                part.update(block, 0, written);
            }
        }
    }

    void sync() throws IOException {
        disk.sync(channel);
    }

    /** As if this request had never been. */
    void undo() throws IOException {
        channel.truncate(start);
        size = start;
        sync();
    }

    long start() {
        return start;
    }

    long size() {
        return size;
    }

    @Nullable
    MessageDigest whole() {
        return whole;
    }

    byte[] partHash() {
        if (part == null) {
            throw new IllegalStateException("Nobody asked for it");
        }
        return part.digest();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
