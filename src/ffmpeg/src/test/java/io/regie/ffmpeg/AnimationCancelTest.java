package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regie.ffmpeg.Animation.Watch;
import io.regie.ffmpeg.AnimationSettings.Look;
import io.regie.spi.MediaFile;
import io.regie.testkit.Clips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever moment it is: afterwards there is no file and nothing is open. */
class AnimationCancelTest {

    private static final int MOMENTS = Integer.getInteger("animation.cancels", 40);

    @TempDir
    Path inputs;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(AnimationFormat.class)
    void leavesNothingInAnyState(AnimationFormat format) throws Exception {
        MediaFile clip = clip();
        for (AnimationState state : List.of(AnimationState.CREATED, AnimationState.OPENED, AnimationState.ENCODING)) {
            AtomicBoolean cancelled = new AtomicBoolean();
            List<AnimationState> states = new ArrayList<>();

            assertThatThrownBy(() -> write(clip, settings(format), cancelled::get, reached -> {
                        states.add(reached);
                        cancelled.compareAndSet(false, reached == state);
                    }))
                    .isInstanceOf(CancellationException.class);

            assertThat(states).endsWith(state, AnimationState.CANCELLED);
            assertNothingLeft();
        }
    }

    /** Moments are counted by how often this thread asked, so that they do not depend on the machine's speed. */
    @Test
    void leavesNothingAtRandomMoments() throws Exception {
        MediaFile clip = clip();
        Random random = new Random(5);
        for (AnimationFormat format : AnimationFormat.values()) {
            AnimationSettings settings = settings(format);
            Questions all = new Questions(Integer.MAX_VALUE);
            write(clip, settings, all, state -> {});
            Files.delete(folder.resolve("animation"));
            for (int i = 0; i < (MOMENTS + 2) / AnimationFormat.values().length; i++) {
                int moment = random.nextInt(all.asked.get());

                assertThatThrownBy(() -> write(clip, settings, new Questions(moment), state -> {}))
                        .as("%s cancelled at question %d of %s", format, moment, all.asked)
                        .isInstanceOf(CancellationException.class);

                assertNothingLeft();
            }
        }
    }

    /** Says yes from some question on. Who asks on behalf of libav does so by the clock, and is not counted. */
    private static final class Questions implements BooleanSupplier {
        private final Thread asker = Thread.currentThread();
        private final AtomicInteger asked = new AtomicInteger();
        private final int last;

        Questions(int last) {
            this.last = last;
        }

        @Override
        public boolean getAsBoolean() {
            int count = Thread.currentThread() == asker ? asked.incrementAndGet() : asked.get();
            return count > last;
        }
    }

    @ParameterizedTest
    @EnumSource(AnimationFormat.class)
    void leavesNothingWhenThereIsNoRoom(AnimationFormat format) throws Exception {
        List<AnimationState> states = new ArrayList<>();
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        // What is written goes where nothing fits; deleting takes away the link.
        Files.createSymbolicLink(folder.resolve("animation.part"), full);

        assertThatThrownBy(() -> write(clip(), settings(format), () -> false, states::add))
                .isInstanceOfSatisfying(FFmpegException.class, e -> assertThat(e.isOutOfResources())
                        .isTrue());

        assertThat(states).endsWith(AnimationState.FAILED);
        assertNothingLeft();
    }

    @Test
    void abandonsTriesThatAreTooLarge() throws Exception {
        List<AnimationState> states = new ArrayList<>();
        AnimationSettings settings = settings(AnimationFormat.GIF).look(Look.SMALLEST);
        MediaFile clip = clip();
        write(clip, settings, () -> false, state -> {});
        long whole = Files.size(folder.resolve("animation"));

        write(clip, settings.budget(whole * 3 / 4), () -> false, states::add);

        assertThat(states)
                .contains(AnimationState.CANCELLED)
                .endsWith(
                        AnimationState.CREATED,
                        AnimationState.OPENED,
                        AnimationState.ENCODING,
                        AnimationState.FINISHED);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("animation"));
        }
    }

    @Test
    void takesEachStepOnce() {
        for (AnimationState from : AnimationState.values()) {
            for (AnimationState to : AnimationState.values()) {
                boolean forwards = to.ordinal() == from.ordinal() + 1 && from.ordinal() < 3;
                boolean givesUp = !from.isEnd() && (to == AnimationState.CANCELLED || to == AnimationState.FAILED);
                assertThat(from.mayBecome(to)).as("%s to %s", from, to).isEqualTo(forwards || givesUp);
            }
        }
    }

    private MediaFile clip() throws Exception {
        Path file = Clips.clip().size(160, 90).seconds(1.2).keyFrameEvery(10).writeIn(inputs, "clip");
        return new MediaFile(file, Probe.probe(file, ProbeLimits.standard()));
    }

    private static AnimationSettings settings(AnimationFormat format) {
        return AnimationSettings.of(format).maxWidth(120).boomerang(true);
    }

    private void write(
            MediaFile clip, AnimationSettings settings, BooleanSupplier cancelled, Consumer<AnimationState> watcher)
            throws Exception {
        Animation.ofRange(
                clip, 0.1, 1.1, settings, folder.resolve("animation"), new Watch(cancelled, fraction -> {}, watcher));
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("files left").isEmpty();
        }
        assertThat(open(folder)).as("descriptors left open").isEmpty();
        assertThat(open(inputs)).as("inputs left open").isEmpty();
    }

    /** What this process has open below a folder, deleted files among them. */
    private static List<String> open(Path folder) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        String root = folder.toRealPath().toString();
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(AnimationCancelTest::target)
                    .filter(target -> target.startsWith(root) || target.equals("/dev/full"))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
