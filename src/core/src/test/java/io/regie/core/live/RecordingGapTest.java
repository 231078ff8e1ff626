package io.regie.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingGapTest {

    @Test
    void readsWhatThePluginSays() {
        assertThat(
                        RecordingGap.parse(
                                """
                        [{"at":95.1,"seconds":3,"since":"2026-11-23T05:03:00Z"},
                         {"at":12.5,"since":"2026-11-23T05:01:02Z","seconds":14.2,"reason":"The source sent nothing."}]
                        """))
                .containsExactly(
                        new RecordingGap(12.5, Instant.parse("2026-11-23T05:01:02Z"), 14.2, "The source sent nothing."),
                        new RecordingGap(95.1, Instant.parse("2026-11-23T05:03:00Z"), 3, null));
    }

    @Test
    void leavesOutWhatMakesNoSense() {
        assertThat(RecordingGap.parse("")).isEmpty();
        assertThat(RecordingGap.parse("{")).isEmpty();
        assertThat(RecordingGap.parse("7")).isEmpty();
        assertThat(RecordingGap.parse("[{\"at\":-1,\"seconds\":2},{\"at\":1},{\"seconds\":1},1,null]"))
                .isEmpty();
        assertThat(RecordingGap.parse("[{\"at\":1,\"seconds\":2,\"since\":\"yesterday\"}]"))
                .containsExactly(new RecordingGap(1, null, 2, null));
        assertThat(RecordingGap.parse("[" + "{\"at\":1,\"seconds\":2},".repeat(5000) + "{}]"))
                .hasSize(200);
    }
}
