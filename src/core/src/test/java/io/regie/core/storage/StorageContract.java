package io.regie.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage does, wherever its bytes are. */
abstract class StorageContract {

    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path elsewhere;

    abstract Storage storage();

    @Test
    void takesAFileAway() throws Exception {
        Path file = file(BYTES);
        Stored stored = storage().take(file, "mp4");
        assertThat(file).doesNotExist();
        assertThat(stored.bytes()).isEqualTo(BYTES.length);
        assertThat(stored.sha256()).isEqualTo(sha256(BYTES));
        assertThat(storage().exists(stored.key())).isTrue();
        assertThat(Files.readAllBytes(storage().localFile(stored.key()))).isEqualTo(BYTES);
    }

    @Test
    void believesAHashThatIsKnown() throws Exception {
        Stored stored = storage().take(file(BYTES), "mp4", sha256(BYTES));
        assertThat(stored.sha256()).isEqualTo(sha256(BYTES));
        assertThat(stored.key()).contains(sha256(BYTES).substring(0, 16)).endsWith(".mp4");
    }

    @Test
    void leavesACopiedFileWhereItIs() throws Exception {
        Path file = file(BYTES);
        Stored stored = storage().copy(file, "mp4");
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(Files.readAllBytes(storage().localFile(stored.key()))).isEqualTo(BYTES);
        assertThat(stored.sha256()).isEqualTo(sha256(BYTES));
    }

    @Test
    void takesEmptyFiles() throws Exception {
        Stored stored = storage().take(file(new byte[0]), "vtt");
        assertThat(stored.bytes()).isZero();
        assertThat(storage().localFile(stored.key())).isEmptyFile();
    }

    @Test
    void givesEveryFileItsOwnKey() throws Exception {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            keys.add(storage().take(file(BYTES), "jpg").key());
        }
        assertThat(keys).hasSize(50).allMatch(key -> key.matches("[a-z0-9/.-]+"));
    }

    @Test
    void deletesForGoodAndTwice() throws Exception {
        Stored stored = storage().take(file(BYTES), "png");
        storage().delete(stored.key());
        storage().delete(stored.key());
        assertThat(storage().exists(stored.key())).isFalse();
        assertThatThrownBy(() -> storage().localFile(stored.key())).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../x",
                "/etc/passwd",
                "aa/bb/../../../etc/passwd",
                "incoming/00112233445566778899aabbccddeeff",
                "aa/bb/00112233445566778899aabbccddeeff-0011223344556677.mp4/x",
                "aa/bb/00112233445566778899aabbccddeeff-0011223344556677.mp4\u0000",
                "AA/bb/00112233445566778899aabbccddeeff-0011223344556677.mp4"
            })
    void knowsNoOtherPaths(String key) {
        assertThatThrownBy(() -> storage().localFile(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage().exists(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage().delete(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".mp4", "../x", "MP4", "a/b", "waytoolongone"})
    void takesExtensionsFromOurTableOnly(String extension) {
        assertThatThrownBy(() -> storage().take(file(BYTES), extension)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void publishesNoLinksAndNoDirectories() throws Exception {
        Path secret = file(BYTES);
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), secret);
        assertThatThrownBy(() -> storage().take(link, "mp4")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> storage().take(link, "mp4", sha256(BYTES))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> storage().copy(link, "mp4")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> storage().take(elsewhere, "mp4")).isInstanceOf(IOException.class);
        assertThat(secret).exists();
    }

    Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(elsewhere, "file", ""), bytes);
    }

    static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
