package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Parameter;
import io.regie.spi.PluginInfo;
import io.regie.spi.Resources;
import io.regie.spi.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DescriptorCheckTest {

    private static final Set<MediaKind> VIDEO = Set.of(MediaKind.VIDEO);
    private static final Resources LIGHT = Resources.light();

    @Test
    void takesSensibleDescriptor() throws Exception {
        Descriptor descriptor = describe(
                type("p.a", VIDEO, Trigger.UPLOADED, true, LIGHT),
                type("p.b", Set.of(), Trigger.LIVE_STREAM, false, LIGHT),
                JobType.onLiveStreamCheck("p.c", "label", LIGHT),
                with(Parameter.number("width", "label", 480d, 16, 1920)),
                with(Parameter.choice("size", "label", "small", List.of("small", "large"))),
                with(Parameter.text("text", "label", "", 10), Parameter.flag("loop", "label", true)));
        assertThat(DescriptorCheck.check(descriptor)).isEqualTo(descriptor);
    }

    @Test
    void refusesJobTypesThatMakeNoSense() {
        assertRefused("must begin with the plugin's id", type("q.a", VIDEO, Trigger.UPLOADED, true, LIGHT));
        assertRefused("must begin with the plugin's id", type("pp.a", VIDEO, Trigger.UPLOADED, true, LIGHT));
        assertRefused("essential but not run on uploads", type("p.a", VIDEO, Trigger.ON_DEMAND, true, LIGHT));
        assertRefused("exactly if it takes inputs", type("p.a", Set.of(), Trigger.ON_DEMAND, false, LIGHT));
        assertRefused("exactly if it takes inputs", type("p.a", VIDEO, Trigger.LIVE_STREAM, false, LIGHT));
        assertRefused("exactly if it takes inputs", type("p.a", VIDEO, Trigger.LIVE_CHECK, false, LIGHT));
        assertRefused(
                "must ask for some memory",
                type("p.a", VIDEO, Trigger.UPLOADED, true, new Resources(0, Duration.ofMinutes(1), true)));
        assertRefused(
                "counts as stalled",
                type("p.a", VIDEO, Trigger.UPLOADED, true, new Resources(512, Duration.ZERO, true)));
        assertRefused(
                "the title of p.a (nowhere) is not in messages_en.properties",
                JobType.onDemand("p.a", "nowhere", VIDEO, List.of(), LIGHT));
    }

    @Test
    void refusesParametersThatMakeNoSense() {
        assertRefused("(other) is not in messages_en", with(Parameter.flag("a", "other", true)));
        assertRefused("name is not a word", with(Parameter.flag("a b", "label", true)));
        assertRefused(
                "the parameter a twice", with(Parameter.flag("a", "label", true), Parameter.flag("a", "label", true)));
        assertRefused("bounds the wrong way round", with(Parameter.number("a", "label", null, 2, 1)));
        assertRefused("has no choices", with(Parameter.choice("a", "label", null, List.of())));
        assertRefused("wrong default", with(Parameter.choice("a", "label", "c", List.of("b"))));
        assertRefused("wrong default", with(Parameter.number("a", "label", 3d, 1, 2)));
        assertRefused("wrong default", with(Parameter.number("a", "label", Double.NaN, 1, 2)));
        assertRefused("wrong default", with(Parameter.text("a", "label", "long", 3)));
        assertRefused(
                "wrong default",
                with(new Parameter("a", Parameter.Type.SECRET, "label", "hunter2", null, null, List.of())));
    }

    @Test
    void refusesNamelessPlugin() {
        Descriptor nameless = new Descriptor(PluginInfo.of("p", " ", "1"), List.of(), Map.of());
        assertThatThrownBy(() -> DescriptorCheck.check(nameless)).hasMessageContaining("its name must have");
    }

    private static JobType type(
            String id, Set<MediaKind> accepts, Trigger trigger, boolean essential, Resources resources) {
        return new JobType(id, "title", accepts, trigger, essential, false, List.of(), resources);
    }

    private static JobType with(Parameter... parameters) {
        return JobType.onDemand("p.c", "title", VIDEO, List.of(parameters), LIGHT);
    }

    private static Descriptor describe(JobType... types) {
        return new Descriptor(
                PluginInfo.of("p", "P", "1"), List.of(types), Map.of("en", Map.of("title", "T", "label", "L")));
    }

    private static void assertRefused(String complaint, JobType type) {
        assertThatThrownBy(() -> DescriptorCheck.check(describe(type)))
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageStartingWith("The plugin p is refused: ")
                .hasMessageContaining(complaint);
    }
}
