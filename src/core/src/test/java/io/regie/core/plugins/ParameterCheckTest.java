package io.regie.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Resources;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParameterCheckTest {
    private static final Parameter WIDTH = Parameter.number("width", "w", 480.0, 16, 1920);
    private static final Parameter LOOK = Parameter.choice("look", "l", null, List.of("plain", "sharp"));
    private static final Parameter KEY = new Parameter("key", Parameter.Type.SECRET, "k", null, 1d, 20d, List.of());
    private static final Parameter RANGE =
            new Parameter("range", Parameter.Type.TIME_RANGE, "r", null, 0.5, 60d, List.of());
    private static final Parameter IMAGES =
            new Parameter("images", Parameter.Type.IMAGE_LIST, "i", null, 1d, 3d, List.of());

    @Test
    void fillsInDefaultsAndGivesEachValueItsType() {
        assertThat(check(Map.of("look", "sharp"), WIDTH, LOOK)).isEqualTo(Map.of("width", 480L, "look", "sharp"));
        assertThat(check(Map.of("width", 99.5), WIDTH)).isEqualTo(Map.of("width", 99.5));
        assertThat(check(Map.of("range", Map.of("start", 1, "end", 3)), RANGE))
                .isEqualTo(Map.of("range", Map.of("start", 1.0, "end", 3.0)));
        assertThat(check(Map.of("images", List.of(Map.of("input", 0, "seconds", 2))), IMAGES))
                .isEqualTo(Map.of("images", List.of(Map.of("input", 0L, "seconds", 2.0))));
    }

    @Test
    void refusesWhatIsNotInTheSchema() {
        refused(ProblemType.BAD_REQUEST, Map.of("height", 3), WIDTH);
        refused(ProblemType.BAD_REQUEST, Map.of(), LOOK);
        refused(ProblemType.BAD_REQUEST, Map.of("width", "wide"), WIDTH);
        refused(ProblemType.BAD_REQUEST, Map.of("width", Double.NaN), WIDTH);
        refused(ProblemType.BAD_REQUEST, Map.of("range", Map.of("start", 1)), RANGE);
        refused(ProblemType.BAD_REQUEST, Map.of("range", Map.of("start", 1, "end", 2, "more", 3)), RANGE);
        refused(ProblemType.BAD_REQUEST, Map.of("images", "all"), IMAGES);
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        refused(ProblemType.UNACCEPTABLE_MEDIA, Map.of("width", 15), WIDTH);
        refused(ProblemType.UNACCEPTABLE_MEDIA, Map.of("width", 1e300), WIDTH);
        refused(ProblemType.UNACCEPTABLE_MEDIA, Map.of("look", "blurred"), LOOK);
        refused(ProblemType.UNACCEPTABLE_MEDIA, Map.of("range", Map.of("start", 3, "end", 3)), RANGE);
        refused(ProblemType.UNACCEPTABLE_MEDIA, Map.of("range", Map.of("start", 0, "end", 61)), RANGE);
        refused(ProblemType.UNACCEPTABLE_MEDIA, Map.of("images", List.of()), IMAGES);
    }

    @Test
    void neverRepeatsASecret() {
        assertThatThrownBy(() -> check(Map.of("key", "much-too-long-to-be-a-key"), KEY))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.arguments())
                        .containsExactly("key"));
    }

    private static void refused(ProblemType type, Map<String, ?> sent, Parameter parameter) {
        assertThatThrownBy(() -> check(sent, parameter))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(type));
    }

    private static Map<String, Object> check(Map<String, ?> sent, Parameter... parameters) {
        return ParameterCheck.check(
                JobType.onDemand("a.b", "t", Set.of(MediaKind.VIDEO), Arrays.asList(parameters), Resources.light()),
                sent);
    }
}
