package io.regie.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Duration FIRST = Duration.ofSeconds(10);

    @Test
    void givesUpAtTheSecondCrash() {
        assertThat(on(job(Pool.BATCH, 0, 0, 0), new Ending.Crashed(Ending.Cause.CRASH)))
                .isEqualTo(new Verdict.Again(1, 0, 0, Duration.ZERO));
        assertThat(on(job(Pool.BATCH, 1, 0, 0), new Ending.Crashed(Ending.Cause.MEMORY)))
                .isInstanceOfSatisfying(
                        Verdict.Over.class,
                        over -> assertThat(over.failure().reason()).isEqualTo("memory"));
    }

    @Test
    void onlyBacksOffFromALiveStreamThatCrashes() {
        assertThat(on(job(Pool.LIVE, 40, 0, 0), new Ending.Crashed(Ending.Cause.CRASH)))
                .isInstanceOfSatisfying(Verdict.Again.class, again -> assertThat(again.pause())
                        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10)));
    }

    @Test
    void letsThoseWhoCrashedTogetherGoOnAtOnceButRemembersIt() {
        assertThat(on(job(Pool.LIVE, 0, 3, 0), new Ending.CrashedTogether()))
                .isEqualTo(new Verdict.Again(1, 3, 0, Duration.ZERO));
    }

    @Test
    void countsInterruptionsApartFromCrashes() {
        assertThat(on(job(Pool.BATCH, 1, 9, 0), new Ending.Interrupted()))
                .isEqualTo(new Verdict.Again(1, 10, 0, Duration.ZERO));
        assertThat(on(job(Pool.BATCH, 0, 10, 0), new Ending.Interrupted())).isInstanceOf(Verdict.Over.class);
    }

    @Test
    void neverTriesBadInputAgain() {
        assertThat(on(job(Pool.BATCH, 0, 0, 0), failed(FailureKind.BAD_INPUT))).isInstanceOf(Verdict.Over.class);
    }

    @Test
    void triesDefectsAndShortagesOnce() {
        assertThat(on(job(Pool.BATCH, 0, 0, 0), failed(FailureKind.INTERNAL))).isInstanceOf(Verdict.Again.class);
        assertThat(on(job(Pool.BATCH, 0, 0, 1), failed(FailureKind.INTERNAL))).isInstanceOf(Verdict.Over.class);
        assertThat(on(job(Pool.BATCH, 0, 0, 0), failed(FailureKind.RESOURCES))).isInstanceOf(Verdict.Again.class);
        assertThat(on(job(Pool.BATCH, 0, 0, 1), failed(FailureKind.RESOURCES))).isInstanceOf(Verdict.Over.class);
    }

    @Test
    void doublesThePauseWithChanceInIt() {
        for (int retries = 0; retries < Verdict.MAX_EXTERNAL_RETRIES; retries++) {
            Duration longest = FIRST.multipliedBy(1L << retries);
            assertThat(on(job(Pool.BATCH, 0, 0, retries), failed(FailureKind.EXTERNAL)))
                    .isInstanceOfSatisfying(Verdict.Again.class, again -> assertThat(again.pause())
                            .isBetween(longest.dividedBy(2), longest));
        }
        assertThat(on(job(Pool.BATCH, 0, 0, Verdict.MAX_EXTERNAL_RETRIES), failed(FailureKind.EXTERNAL)))
                .isInstanceOf(Verdict.Over.class);
    }

    private static Ending failed(FailureKind kind) {
        return new Ending.Failed(kind, null, "A sentence.");
    }

    private static Verdict on(Job job, Ending ending) {
        return Verdict.on(job, ending, FIRST, new Random(1));
    }

    private static Job job(Pool pool, int crashes, int interruptions, int retries) {
        UUID id = new UUID(0, 1);
        return new Job(
                id,
                "a.b",
                pool,
                id,
                id,
                "",
                id,
                null,
                List.of(),
                Map.of(),
                JobState.RUNNING,
                null,
                1,
                crashes,
                interruptions,
                retries,
                null,
                0,
                null,
                null,
                List.of(),
                null,
                "",
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null);
    }
}
