package io.regie.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderBenchTest {

    private final Peers peers = new Peers(Path.of("ffmpeg"), new Clip(Path.of("in.mp4"), 30, 60), Path.of("out"));

    @Test
    void capsBitratesAsPeerTubeDoes() {
        assertThat(peers.cap(1080, 0.10)).isCloseTo(6_220_877, within(1000L));
        assertThat(peers.cap(144, 0.19)).isCloseTo(210_127, within(1000L));
    }

    @Test
    void runsPeerTubesWholeSequence() {
        Contestant peerTube = peers.peerTube(1);

        assertThat(peerTube.commands()).hasSize(9);
        assertThat(peerTube.commands().get(1)).contains("-threads", "veryfast", "-bf", "16", "60");
        assertThat(peers.peerTube(0).commands().get(1)).doesNotContain("-threads");
        assertThat(peerTube.rungs()).hasSize(6);
    }

    @Test
    void countsProcessorTimeOfChildren() throws Exception {
        String busy = "for ((i = 0; i < 200000; i++)); do :; done";
        Measured measured = Measured.inSequence(List.of(List.of("bash", "-c", busy), List.of("bash", "-c", busy)));

        assertThat(measured.cpuSeconds()).isGreaterThan(0.05);
        assertThat(measured.wallSeconds()).isGreaterThan(0.05);
    }

    @Test
    void failsWhenAPeerFails() {
        assertThatThrownBy(() -> Measured.inSequence(List.of(List.of("false")))).isInstanceOf(IOException.class);
    }

    @Test
    void readsTheSimilarityFromTheLog() {
        assertThat(Quality.parse("[Parsed_ssim_1 @ 0x1] SSIM Y:0.98 (18.5) U:0.99 (20.0) All:0.986973 (18.8)"))
                .hasValue(0.986973);
        assertThat(Quality.parse("nothing")).isEmpty();
    }
}
