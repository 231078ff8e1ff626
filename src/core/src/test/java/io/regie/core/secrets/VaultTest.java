package io.regie.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.settings.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    @TempDir
    Path data;

    @Test
    void opensWhatItSealedAlsoAfterARestart() throws Exception {
        String sealed = vault(Optional.empty()).seal("pass word", "a");
        assertThat(sealed).startsWith("v1:").doesNotContain("pass");
        assertThat(vault(Optional.empty()).open(sealed, "a")).contains("pass word");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secrets.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        Vault vault = vault(Optional.empty());
        assertThat(vault.seal("text", "a")).isNotEqualTo(vault.seal("text", "a"));
    }

    @Test
    void opensForNothingElseAndNothingChanged() {
        Vault vault = vault(Optional.empty());
        String sealed = vault.seal("text", "a");
        assertThat(vault.open(sealed, "b")).isEmpty();
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(3));
        bytes[bytes.length - 1] ^= 1;
        assertThat(vault.open("v1:" + Base64.getEncoder().encodeToString(bytes), "a"))
                .isEmpty();
        assertThat(vault.open("v1:", "a")).isEmpty();
        assertThat(vault.open("", "a")).isEmpty();
    }

    @Test
    void takesTheKeyThatAllNodesShare() {
        Optional<String> key = Optional.of(Base64.getEncoder().encodeToString(new byte[32]));
        String sealed = vault(key).seal("text", "a");
        assertThat(data.resolve("secrets.key")).doesNotExist();
        assertThat(vault(key).open(sealed, "a")).contains("text");
        assertThat(vault(Optional.empty()).open(sealed, "a")).isEmpty();
        assertThatThrownBy(() -> vault(Optional.of("c2hvcnQ=")).seal("text", "a"))
                .isInstanceOf(IllegalStateException.class);
    }

    private Vault vault(Optional<String> key) {
        return new Vault(() -> key, new Installation() {
            @Override
            public Path data() {
                return data;
            }

            @Override
            public Optional<Path> home() {
                return Optional.empty();
            }
        });
    }
}
