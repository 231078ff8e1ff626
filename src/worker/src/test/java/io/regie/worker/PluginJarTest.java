package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile archives: each is refused whole, and nothing of it stays. */
class PluginJarTest {

    private static final int CENTRAL_HEADER = 0x02014b50;

    @TempDir
    Path folder;

    @AfterEach
    void nothingStays() throws IOException {
        try (var left = Files.list(folder)) {
            assertThat(left).isSubsetOf(List.of(folder.resolve("plugin.jar")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../e",
                "a/../../e",
                "/e",
                "..\\e",
                "a/./e",
                "a//e",
                "C:\\e",
                "C:/e",
                "..",
                "lib/../lib/x.jar",
                "e\0.jar"
            })
    void refusesNamesOutsideItself(String name) throws Exception {
        byte[] library = new Archive().file("a", "a").bytes();
        assertRefused(
                new Archive().file("lib/first.jar", library).file(name, library).bytes(), "outside its folder");
    }

    @Test
    void refusesNamesOutsideItselfInLibraries() throws Exception {
        byte[] library = new Archive().file("../e", "e").bytes();
        assertRefused(new Archive().file("lib/x.jar", library).bytes(), "outside its folder");
    }

    @Test
    void refusesTwoFilesOfOneName() throws Exception {
        byte[] jar = new Archive().file("aaaa", "one").file("bbbb", "two").bytes();
        replace(jar, "bbbb", "aaaa");
        assertRefused(jar, "two files of one name: aaaa");
        assertRefused(new Archive().file("a", "file").file("a/", "").bytes(), "two files of one name");
    }

    @Test
    void refusesTooManyFiles() throws Exception {
        Path file = folder.resolve("plugin.jar");
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (int index = 0; index <= 30_000; index++) {
                zip.putNextEntry(new ZipEntry(Integer.toString(index)));
            }
        }
        assertRefused(file, "more than 30000 files");
    }

    @Test
    void refusesWhatUnpacksToTooMuch() throws Exception {
        Path file = folder.resolve("plugin.jar");
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            byte[] zeros = new byte[1 << 20];
            zip.putNextEntry(new ZipEntry("lib/bomb.jar"));
            for (int megabyte = 0; megabyte <= 512; megabyte++) {
                zip.write(zeros);
            }
        }
        assertThat(Files.size(file)).as("a thousandth of what it unpacks to").isLessThan(1 << 20);
        assertRefused(file, "unpacks to more than 512 MiB");
    }

    @Test
    void refusesLibraryThatIsLargerThanItSays() throws Exception {
        byte[] library =
                new Archive().file("a", new byte[100_000]).file("b", "b").bytes();
        byte[] jar = new Archive().file("lib/x.jar", library).bytes();
        int header = centralHeader(jar, 0);
        ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN).putInt(header + 24, 10);
        assertRefused(jar, "lib/x.jar is larger than it says");
    }

    @Test
    void refusesEncryptedFiles() throws Exception {
        byte[] jar = new Archive().file("a", "a").bytes();
        jar[centralHeader(jar, 0) + 8] |= 1;
        assertRefused(jar, "not a readable jar");
    }

    @Test
    void refusesUnknownCompression() throws Exception {
        byte[] jar = new Archive().file("a", "a").bytes();
        jar[centralHeader(jar, 0) + 10] = 93;
        assertRefused(jar, "not a readable jar");
    }

    @Test
    void refusesCutAndEmptyFiles() throws Exception {
        byte[] jar = Archive.sample().bytes();
        assertRefused(new byte[0], "not a readable jar");
        assertRefused(Arrays.copyOf(jar, jar.length / 2), "not a readable jar");
        assertThatThrownBy(() -> PluginJar.open(folder, folder)).hasMessage("There is no plugin file.");
        assertThatThrownBy(() -> PluginJar.open(folder.resolve("none"), folder)).hasMessage("There is no plugin file.");
    }

    @Test
    void refusesTooLargeFile() throws Exception {
        Path file = folder.resolve("plugin.jar");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // Sparse: a size, not a disk full.
            channel.write(ByteBuffer.wrap(new byte[] {1}), 256L << 20);
        }
        assertRefused(file, "larger than 256 MiB");
    }

    @Test
    void readsFilesUpToTheirLimit() throws Exception {
        Path file = new Archive().file("text", "four").writeTo(folder.resolve("plugin.jar"));
        try (PluginJar jar = PluginJar.open(file, folder)) {
            assertThat(jar.find("text", 4))
                    .hasValueSatisfying(text -> assertThat(text).asString().isEqualTo("four"));
            assertThat(jar.find("none", 4)).isEmpty();
            assertThatThrownBy(() -> jar.find("text", 3)).isInstanceOf(PluginRefusedException.class);
        }
    }

    private void assertRefused(byte[] jar, String sentence) throws IOException {
        assertRefused(Files.write(folder.resolve("plugin.jar"), jar), sentence);
    }

    private void assertRefused(Path file, String sentence) {
        assertThatThrownBy(() -> PluginJar.open(file, folder))
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageContaining(sentence);
    }

    private static int centralHeader(byte[] jar, int index) {
        ByteBuffer bytes = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
        int found = -1;
        for (int offset = 0; offset < jar.length - 4; offset++) {
            if (bytes.getInt(offset) == CENTRAL_HEADER && ++found == index) {
                return offset;
            }
        }
        throw new AssertionError("No such header");
    }

    private static void replace(byte[] jar, String name, String other) {
        String text = new String(jar, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            System.arraycopy(other.getBytes(StandardCharsets.ISO_8859_1), 0, jar, at, other.length());
        }
    }
}
