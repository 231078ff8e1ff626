package io.regie.core.studio.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.core.plugins.JobTypes;
import io.regie.core.plugins.ParameterCheck;
import io.regie.core.problem.ProblemException;
import io.regie.core.studio.editor.ActionForms.ActionField;
import io.regie.core.studio.editor.ActionForms.ActionForm;
import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.Resources;
import io.regie.spi.Trigger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionFormsTest {

    @ParameterizedTest
    @EnumSource(value = Parameter.Type.class, names = "LIVE_STREAM")
    void doesNotOfferWhatItCouldNotAskFor(Parameter.Type type) {
        Parameter wanted = new Parameter("wanted", type, "Wanted", null, null, null, List.of());
        assertThat(offered(action("odd", wanted))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Parameter.Type.class, names = "LIVE_STREAM")
    void leavesOutWhatItCouldNotAskForWhereThePluginHelpsItself(Parameter.Type type) {
        Parameter optional = new Parameter("optional", type, "Optional", "usual", null, null, List.of());
        List<ActionForm> offered = offered(action("odd", optional, Parameter.flag("loop", "Loop", true)));
        assertThat(offered).hasSize(1);
        assertThat(offered.get(0).fields()).extracting(ActionField::name).containsExactly("loop");
        assertThat(forms(action("odd", optional))
                        .read("test.odd", name -> List.of("posted"))
                        .parameters())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Parameter.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "LIVE_STREAM")
    void asksForEverythingElse(Parameter.Type type) {
        Parameter wanted = new Parameter("wanted", type, "Wanted", null, null, null, List.of("one"));
        assertThat(offered(action("plain", wanted))).singleElement().satisfies(form -> assertThat(form.fields())
                .hasSize(1));
    }

    @Test
    void readsEachValueAsItsKind() {
        ActionForms forms = forms(action(
                "cut",
                new Parameter("range", Parameter.Type.TIME_RANGE, "Range", null, null, null, List.of()),
                Parameter.number("width", "Width", null, 16, 1920),
                Parameter.flag("loop", "Loop", false)));
        Map<String, String> posted = Map.of("range.start", "1,5", "range.end", "4", "width", "480");
        assertThat(forms.read("test.cut", name -> Optional.ofNullable(posted.get(name)).stream()
                                .toList())
                        .parameters())
                .isEqualTo(Map.of("range", Map.of("start", 1.5, "end", 4.0), "width", 480.0, "loop", false));
    }

    @Test
    void countsEachArticleOfAListOfImagesOnce() {
        ActionForms forms = forms(action(
                "show", new Parameter("images", Parameter.Type.IMAGE_LIST, "Images", null, 1d, null, List.of())));
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        Map<String, List<String>> posted = Map.of(
                "images.input", List.of(first.toString(), second.toString(), first.toString()),
                "images.seconds", List.of("0.5", "1", "2"));
        assertThat(forms.read("test.show", name -> posted.getOrDefault(name, List.of())))
                .isEqualTo(new ActionForms.Posted(
                        Map.of(
                                "images",
                                List.of(
                                        Map.of("input", 0, "seconds", 0.5),
                                        Map.of("input", 1, "seconds", 1.0),
                                        Map.of("input", 0, "seconds", 2.0))),
                        List.of(first, second)));
    }

    @Test
    void leavesWhatIsNoArticleForTheCheckToRefuse() {
        JobType show =
                action("show", new Parameter("images", Parameter.Type.IMAGE_LIST, "Images", null, 1d, null, List.of()));
        Map<String, List<String>> posted =
                Map.of("images.input", List.of("../../etc"), "images.seconds", List.of("soon"));
        Map<String, Object> read = forms(show)
                .read("test.show", name -> posted.getOrDefault(name, List.of()))
                .parameters();
        assertThatThrownBy(() -> ParameterCheck.check(show, read)).isInstanceOf(ProblemException.class);
    }

    @Test
    void showsAtOnceWhatMustBeSaidAndTheFirstThings() {
        List<ActionForm> offered = offered(action(
                "many",
                Parameter.flag("one", "One", true),
                Parameter.flag("two", "Two", true),
                Parameter.flag("three", "Three", true),
                Parameter.flag("four", "Four", true),
                Parameter.number("wanted", "Wanted", null, 1, 2)));
        assertThat(offered.get(0).fields())
                .extracting(ActionField::name)
                .containsExactly("one", "two", "three", "wanted");
        assertThat(offered.get(0).more()).extracting(ActionField::name).containsExactly("four");
    }

    @Test
    void speaksOfChoicesAsThePluginDoes() {
        List<ActionForm> offered =
                offered(action("made", Parameter.choice("quality", "quality", "best", List.of("best", "odd"))));
        assertThat(offered.get(0).fields().get(0).choices())
                .containsExactly(new ActionForms.Option("best", "The best"), new ActionForms.Option("odd", "odd"));
    }

    private static List<ActionForm> offered(JobType... types) {
        return forms(types).of(MediaKind.VIDEO, Locale.ENGLISH);
    }

    private static ActionForms forms(JobType... types) {
        return new ActionForms(new Installed(Arrays.asList(types)));
    }

    private static JobType action(String name, Parameter... parameters) {
        return JobType.onDemand(
                "test." + name, name, Set.of(MediaKind.VIDEO), Arrays.asList(parameters), Resources.light());
    }

    private record Installed(List<JobType> types) implements JobTypes {

        @Override
        public Optional<JobType> find(String id) {
            return types.stream().filter(type -> type.id().equals(id)).findFirst();
        }

        @Override
        public List<JobType> startedBy(Trigger trigger, MediaKind kind) {
            return types.stream()
                    .filter(type -> type.trigger() == trigger && type.accepts().contains(kind))
                    .toList();
        }

        @Override
        public List<JobType> startedBy(Trigger trigger) {
            return List.of();
        }

        @Override
        public String text(String typeId, String key, Locale locale) {
            return key.equals("quality.best") ? "The best" : key;
        }

        @Override
        public Path jarOf(String typeId) {
            throw new UnsupportedOperationException();
        }
    }
}
