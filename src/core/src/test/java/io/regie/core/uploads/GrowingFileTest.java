package io.regie.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.storage.Disk;
import io.regie.core.storage.NoSpaceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {

    @TempDir
    Path directory;

    @Test
    void saysWhenAWriteFindsTheDiskFull() throws Exception {
        // Every write to this device fails as on a full disk.
        Path full = Path.of("/dev/full");
        MessageDigest whole = UploadFiles.digest("SHA-256");
        try (GrowingFile file = open(full, 0, whole)) {
            assertThatThrownBy(() -> file.append(new byte[1000], 1000)).isInstanceOf(NoSpaceException.class);
            assertThat(file.size()).isZero();
            assertThat(whole.digest()).isEqualTo(UploadFiles.digest("SHA-256").digest());
        }
    }

    @Test
    void forgetsWhatOneRequestBrought() throws Exception {
        Path path = Files.write(directory.resolve("file"), new byte[100]);
        try (GrowingFile file = open(path, 100, UploadFiles.digest("SHA-256"))) {
            file.append(new byte[50], 50);
            assertThat(file.size()).isEqualTo(150);
            file.undo();
            assertThat(file.size()).isEqualTo(100);
        }
        assertThat(path).hasSize(100);
    }

    private static GrowingFile open(Path path, long start, MessageDigest whole) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        channel.position(start);
        return new GrowingFile(path, channel, Disk.REAL, 0, start, whole, null);
    }
}
