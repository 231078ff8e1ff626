package io.regie.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptLimitsTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AttemptLimits limits = new AttemptLimits(() -> now);

    @Test
    void oneAccountFromOneAddressIsWrongTenTimes() {
        exhaust("ada", "192.0.2.1", 10);
        ProblemException refused = refusal("ada", "192.0.2.1");
        assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(refused.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(13)));
        assertThatCode(() -> limits.payPassword("ada", "192.0.2.2")).doesNotThrowAnyException();
        assertThatCode(() -> limits.payPassword("bob", "192.0.2.1")).doesNotThrowAnyException();
    }

    @Test
    void waitingAsLongAsToldIsEnough() {
        exhaust("ada", "192.0.2.1", 10);
        now = now.plus(refusal("ada", "192.0.2.1").retryAfter().orElseThrow());
        assertThatCode(() -> limits.payPassword("ada", "192.0.2.1")).doesNotThrowAnyException();
    }

    @Test
    void oneAddressTryingManyAccountsIsStopped() {
        for (int i = 0; i < 50; i++) {
            limits.payPassword("account" + i, "192.0.2.1");
        }
        assertThat(refusal("another", "192.0.2.1").type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
    }

    @Test
    void manyAddressesTryingOneAccountAreSlowedDown() {
        for (int i = 0; i < 50; i++) {
            limits.payPassword("ada", "192.0.2." + i);
        }
        assertThat(refusal("ada", "198.51.100.1").type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        now = now.plusSeconds(10);
        assertThatCode(() -> limits.payPassword("ada", "198.51.100.1")).doesNotThrowAnyException();
    }

    @Test
    void beingRightCostsNothing() {
        for (int i = 0; i < 200; i++) {
            limits.payPassword("ada", "192.0.2.1");
            limits.giveBackPassword("ada", "192.0.2.1");
        }
        assertThatCode(() -> limits.payPassword("ada", "192.0.2.1")).doesNotThrowAnyException();
    }

    @Test
    void wrongTokensAreCountedByAddress() {
        for (int i = 0; i < 60; i++) {
            limits.payToken("192.0.2.1");
        }
        assertThatThrownBy(() -> limits.payToken("192.0.2.1")).isInstanceOf(ProblemException.class);
        assertThatCode(() -> limits.payToken("192.0.2.2")).doesNotThrowAnyException();
    }

    private void exhaust(String account, String address, int attempts) {
        for (int i = 0; i < attempts; i++) {
            limits.payPassword(account, address);
        }
    }

    private ProblemException refusal(String account, String address) {
        return catchThrowableOfType(ProblemException.class, () -> limits.payPassword(account, address));
    }
}
