package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunContextTest {

    @TempDir
    Path workspace;

    private final AtomicLong nanos = new AtomicLong(-5);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final EventStream events = new EventStream(lines);
    private final Control control = new Control();

    @Test
    void thinsProgressToOneASecondAndKeepsTheLast() throws Exception {
        RunContext context = context();
        for (int step = 0; step <= 100; step++) {
            context.progress(Progress.of(step / 100.0));
            nanos.addAndGet(Duration.ofMillis(24).toNanos());
        }
        context.end();
        assertThat(fractions()).containsExactly(0.0, 0.42, 0.84, 1.0);
    }

    @Test
    void keepsProgressWithinBounds() throws Exception {
        RunContext context = context();
        for (double fraction : new double[] {Double.NaN, -7, 7, Double.POSITIVE_INFINITY}) {
            context.progress(Progress.of(fraction, Double.NaN));
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(fractions()).containsExactly(-1.0, -1.0, 1.0, 1.0);
    }

    @Test
    void passesOnFiguresThatMakeSense() throws Exception {
        context().progress(Progress.endless(Map.of("bitrate", 3e6, "lost", Double.NaN, "not a name", 1.0)));
        JsonNode progress = events().get(0);
        assertThat(progress.path("fraction").asDouble()).isEqualTo(-1);
        assertThat(progress.path("figures")).isEqualTo(Json.MAPPER.readTree("{\"bitrate\":3000000.0}"));
    }

    @Test
    void cutsEndlessLines() throws Exception {
        context().log("x".repeat(1_000_000));
        assertThat(events().get(0).path("line").asText()).hasSize(4001).endsWith("…");
    }

    @Test
    void writesWholeLinesFromManyThreads() throws Exception {
        RunContext context = context();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> pending = new ArrayList<>();
        for (int index = 0; index < 1000; index++) {
            String line = "line\n" + index;
            pending.add(threads.submit(() -> context.log(line)));
        }
        for (Future<?> one : pending) {
            one.get();
        }
        threads.shutdown();
        assertThat(events()).hasSize(1000);
    }

    @Test
    void takesNothingFromThreadsThatOutliveHandler() throws Exception {
        RunContext context = context();
        context.end();
        context.log("late");
        context.progress(Progress.of(1));
        Output output = Output.attachment("a", Path.of("a.jpg"), OutputRole.POSTER, "image/jpeg", 1, 1);
        assertThatThrownBy(() -> context.publish(output)).isInstanceOf(IllegalStateException.class);
        assertThat(events()).isEmpty();
    }

    @Test
    void writesNothingAfterLastEvent() throws Exception {
        events.end(new Event.Cancelled());
        events.send(new Event.Logged("late"));
        events.end(new Event.Cancelled());
        assertThat(events()).hasSize(1);
    }

    @Test
    void passesOnStopAndCancel() {
        RunContext context = context();
        assertThat(context.stopRequested()).isFalse();
        assertThat(context.cancelRequested()).isFalse();
        control.stop();
        control.cancel();
        assertThat(context.stopRequested()).isTrue();
        assertThat(context.cancelRequested()).isTrue();
    }

    private RunContext context() {
        return new RunContext(workspace, null, control, events, nanos::get);
    }

    private List<Double> fractions() throws IOException {
        return events().stream().map(event -> event.path("fraction").asDouble()).toList();
    }

    private List<JsonNode> events() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : lines.toString(StandardCharsets.UTF_8).lines().toList()) {
            all.add(Json.MAPPER.readTree(line));
        }
        return all;
    }
}
