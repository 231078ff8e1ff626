package io.regie.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.spi.Storyboard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryboardTrackTest {

    @Test
    void mapsTimesToTilesRowByRow() {
        Storyboard board =
                new Storyboard(160, 90, 2, List.of(Duration.ZERO, Duration.ofMillis(4500), Duration.ofSeconds(3661)));
        assertThat(StoryboardTrack.compose(board, "s.jpg", Duration.ofSeconds(3700)))
                .isEqualTo(
                        """
                        WEBVTT

                        00:00:00.000 --> 00:00:04.500
                        s.jpg#xywh=0,0,160,90

                        00:00:04.500 --> 01:01:01.000
                        s.jpg#xywh=160,0,160,90

                        01:01:01.000 --> 01:01:40.000
                        s.jpg#xywh=0,90,160,90
                        """);
    }

    @Test
    void neverWritesAnEmptyCue() {
        Storyboard board = new Storyboard(160, 90, 2, List.of(Duration.ofSeconds(5)));
        assertThat(StoryboardTrack.compose(board, "s.jpg", Duration.ofSeconds(5)))
                .contains("00:00:05.000 --> 00:00:05.001");
    }
}
