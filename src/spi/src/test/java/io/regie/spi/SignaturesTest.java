package io.regie.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plugins are built by others and outlive our releases: what they can see changes on purpose or not at all. */
class SignaturesTest {

    @Test
    void contractIsTheOneOnRecord() throws IOException {
        List<String> recorded = recorded();
        List<String> found = Signatures.list();
        List<String> difference = new ArrayList<>();
        recorded.stream().filter(line -> !found.contains(line)).forEach(line -> difference.add("- " + line));
        found.stream().filter(line -> !recorded.contains(line)).forEach(line -> difference.add("+ " + line));
        assertThat(difference)
                .as(
                        """
                        The public signatures of the plugin contract differ from spi-signatures.txt. A line that goes (-) \
                        breaks plugins that exist: it needs a new Plugin.SPI_VERSION. A line that comes (+) must be a new type \
                        or a new default method. If that is what you want, change the file accordingly:
                        %s""",
                        String.join("\n", difference))
                .isEmpty();
    }

    @Test
    void recordIsSortedAndWithoutRepetition() throws IOException {
        assertThat(recorded()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void contractNeedsNothingButTheJdk() {
        assertThat(Signatures.list()).isNotEmpty().allSatisfy(line -> assertThat(line)
                .doesNotContainPattern("\\b(jakarta|javax|org|com|io)\\.[a-z]"));
    }

    private static List<String> recorded() throws IOException {
        try (var file = SignaturesTest.class.getResourceAsStream("/spi-signatures.txt")) {
            assertThat(file).as("spi-signatures.txt").isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
