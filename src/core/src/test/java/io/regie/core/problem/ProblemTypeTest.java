package io.regie.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Clients keep these for ever: this list only grows. */
class ProblemTypeTest {

    @Test
    void catalogueStaysAsClientsKnowIt() {
        String catalogue = Arrays.stream(ProblemType.values())
                .map(type -> type.status() + " " + type.uri())
                .collect(Collectors.joining("\n"));
        assertThat(catalogue)
                .isEqualTo(
                        """
                400 urn:regie:problem:bad-request
                401 urn:regie:problem:unauthenticated
                403 urn:regie:problem:forbidden
                404 urn:regie:problem:not-found
                405 urn:regie:problem:method-not-allowed
                406 urn:regie:problem:not-acceptable
                409 urn:regie:problem:conflict
                410 urn:regie:problem:gone
                412 urn:regie:problem:precondition-failed
                413 urn:regie:problem:too-large
                415 urn:regie:problem:unsupported-type
                422 urn:regie:problem:unacceptable-media
                423 urn:regie:problem:locked
                428 urn:regie:problem:precondition-required
                429 urn:regie:problem:too-many-requests
                460 urn:regie:problem:checksum-mismatch
                500 urn:regie:problem:internal
                503 urn:regie:problem:unavailable
                507 urn:regie:problem:no-space""");
    }
}
