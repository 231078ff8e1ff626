package io.regie.core.storage;

import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the operating system promises about a disk; tests bring disks that fail. */
public interface Disk {

    Disk REAL = new Disk() {
        @Override
        public void sync(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void sync(FileChannel file) throws IOException {
            file.force(true);
        }

        @Override
        public long usableBytes(Path place) throws IOException {
            // Asked every megabyte: this is one system call, where a file store reads the table of mounts first.
            long usable = place.toFile().getUsableSpace();
            // None may also mean that it cannot tell.
            return usable > 0 ? usable : Files.getFileStore(place).getUsableSpace();
        }
    };

    /**
     * Makes a file, or a directory's list of names, survive a power cut. After a failure the kernel may have dropped
     * what it could not write and calls the rest clean: the file must be discarded, never synced again.
     *
     * @throws IOException {@link SyncFailedException} or any other
     */
    void sync(Path fileOrDirectory) throws IOException;

    /** As {@link #sync(Path)}, for a file that is being written. */
    void sync(FileChannel file) throws IOException;

    /** Room for more. */
    long usableBytes(Path place) throws IOException;
}
