package io.regie.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.core.jobs.JobEvent.Failure;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.core.problem.Sentences;
import io.regie.spi.FailureKind;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

    @ParameterizedTest
    @ValueSource(strings = {"storage", "no-space", "memory"})
    void doesNotBlameTheFileWhenTheServerRanOutOfSomething(String reason) {
        assertThat(refusal(FailureKind.RESOURCES, reason)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interrupted", "stalled"})
    void doesNotBlameTheFileWhenTheProbeDidNotComeToAnEnd(String reason) {
        assertThat(refusal(FailureKind.INTERNAL, reason)).isEmpty();
    }

    @Test
    void doesNotBlameAFileThatIsNotThere() {
        assertThat(refusal(FailureKind.BAD_INPUT, "no-input")).isEmpty();
        assertThat(refusal(FailureKind.BAD_INPUT, null)).isEmpty();
    }

    @Test
    void refusesWhatTheProbeRefused() {
        assertThat(refusal(FailureKind.BAD_INPUT, "type-not-allowed")
                        .orElseThrow()
                        .type())
                .isEqualTo(ProblemType.UNSUPPORTED_TYPE);
        assertThat(refusal(FailureKind.BAD_INPUT, "too-long").orElseThrow().key())
                .isEqualTo("media-refused-too-long");
        assertThat(refusal(FailureKind.INTERNAL, "quarantined").orElseThrow().type())
                .isEqualTo(ProblemType.UNACCEPTABLE_MEDIA);
    }

    @Test
    void hasASentenceForReasonsOfNewerWorkers() {
        ProblemException refusal =
                refusal(FailureKind.BAD_INPUT, "smells-of-tomorrow").orElseThrow();
        assertThat(Sentences.of(Locale.FRENCH, refusal)).isNotBlank();
    }

    private static Optional<ProblemException> refusal(FailureKind kind, String reason) {
        return Intake.refusal(new Failure(kind, reason, "A sentence."));
    }
}
