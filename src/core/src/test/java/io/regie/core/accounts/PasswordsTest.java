package io.regie.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.regie.core.problem.ProblemException;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PasswordsTest {

    @Inject
    Passwords passwords;

    @Test
    void matchesOnlyTheSamePassword() {
        String hash = passwords.hash("pâte à crêpes");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches("pâte à crêpes", hash)).isTrue();
        assertThat(passwords.matches("pate a crepes", hash)).isFalse();
        assertThat(passwords.matches("pâte à crêpes", null)).isFalse();
        assertThat(passwords.matches("correct horse", null)).isFalse();
    }

    /** The time that an attempt takes must not tell whether its account exists. */
    @Test
    void comparingWithNobodyIsAsMuchWorkAsWithSomebody() {
        String parameters = "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}";
        assertThat(Passwords.NOBODY).matches(parameters);
        assertThat(passwords.hash("somebody's")).matches(parameters);
    }

    @Test
    void matchesHoweverTheKeyboardComposesCharacters() {
        String hash = passwords.hash("p\u00e2te de coing");
        assertThat(passwords.matches("pa\u0302te de coing", hash)).isTrue();
    }

    @Test
    void longPasswordsCountToTheirEnd() {
        String lon = "x".repeat(1023);
        String hash = passwords.hash(lon + "y");
        assertThat(passwords.matches(lon + "y", hash)).isTrue();
        assertThat(passwords.matches(lon + "z", hash)).isFalse();
    }

    @Test
    void saltsEachHash() {
        assertThat(passwords.hash("the same words")).isNotEqualTo(passwords.hash("the same words"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "1234567", "password1", "PassWord1", "Somebody@example.org"})
    void refusesWhatIsEasilyGuessed(String password) {
        assertThatThrownBy(() -> passwords.check(password, "somebody@example.org"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void acceptsAnyCharactersFromEightToTheLimit() {
        assertThatCode(() -> passwords.check("12 34 é\uD83D\uDE00", "a@b")).doesNotThrowAnyException();
        assertThatCode(() -> passwords.check("ab".repeat(512), "a@b")).doesNotThrowAnyException();
        assertThatThrownBy(() -> passwords.check("ab".repeat(512) + "c", "a@b")).isInstanceOf(ProblemException.class);
    }
}
