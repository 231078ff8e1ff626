package io.regie.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TitlesTest {

    @Test
    void cleansFileNames() {
        assertThat(Titles.fromFilename("Mon_film-de.vacances.MOV")).isEqualTo("Mon film de vacances");
        assertThat(Titles.fromFilename("C:\\Users\\x\\clip.mp4")).isEqualTo("clip");
        assertThat(Titles.fromFilename("../../etc/passwd")).isEqualTo("passwd");
        assertThat(Titles.fromFilename("___.mp4")).isEqualTo("Untitled");
        assertThat(Titles.fromFilename(".mp4")).isEqualTo("mp4");
    }

    @Test
    void dropsWhatDoesNotShowAndWhatIsTooLong() {
        assertThat(Titles.clean("a\u0000b\u202Ec  d")).contains("a b c d");
        assertThat(Titles.clean("\n\t ")).isEmpty();
        assertThat(Titles.clean("x".repeat(5000)).orElseThrow()).hasSize(200);
    }

    @Test
    void writesReadableSlugs() {
        assertThat(Titles.slug("L'été à Évian — 2026!")).isEqualTo("l-ete-a-evian-2026");
        assertThat(Titles.slug("日本")).isEqualTo("media-");
    }

    @Test
    void neverMakesASlugThatReadsAsAnId() {
        String id = UUID.randomUUID().toString();
        assertThat(Titles.slug(id)).isEqualTo("media-" + id);
    }
}
