package io.regie.core.storage;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where published bytes live. Nothing here is ever changed: a file is whole or absent, and a new version has a new key.
 * Callers commit the row that names a key after {@link #take} returned, and delete the row before {@link #delete}.
 */
public interface Storage {

    /**
     * Takes over a finished file: hashes it, makes it durable and gives it its generated key. The file is gone from
     * where it was.
     *
     * @param file on the same file system as the data directory for a cheap move; owned by nobody else any more
     * @param extension without dot, from our own table, never from a client
     */
    Stored take(Path file, String extension) throws IOException;

    /** As {@link #take}, when the hash is known because it was computed while the bytes arrived. */
    Stored take(Path file, String extension, String sha256) throws IOException;

    /** As {@link #take}, but copies: for a file whose maker still runs and could still write to it. */
    Stored copy(Path file, String extension) throws IOException;

    /** A local, read-only file with the bytes of a key, for workers and for sending. */
    Path localFile(String key) throws IOException;

    boolean exists(String key);

    /** Deletes for good; a missing key is no error. */
    void delete(String key) throws IOException;
}
