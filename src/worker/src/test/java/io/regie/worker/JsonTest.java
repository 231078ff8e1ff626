package io.regie.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regie.spi.ByteRange;
import io.regie.spi.JobRequest;
import io.regie.spi.JobResult;
import io.regie.spi.LiveSource;
import io.regie.spi.MediaInfo;
import io.regie.spi.MediaKind;
import io.regie.spi.Output;
import io.regie.spi.OutputRole;
import io.regie.spi.Rendition;
import io.regie.spi.Segment;
import io.regie.spi.Storyboard;
import io.regie.spi.Track;
import io.regie.spi.TrackKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void readsBackWhatItWrites() throws Exception {
        Duration odd = Duration.ofSeconds(1, 1);
        Rendition rendition = Rendition.audio("mp4a.40.2", 2, 48_000, "fr", 128_000, new ByteRange(0, 700))
                .finished(List.of(new Segment(Duration.ZERO, odd, new ByteRange(700, 1L << 40))));
        JobResult result = new JobResult(
                List.of(
                        Output.rendition("audio-0", Path.of("/w/é t.mp4"), rendition),
                        Output.storyboard(
                                "story", Path.of("/w/s.jpg"), new Storyboard(160, 90, 5, List.of(Duration.ZERO, odd))),
                        Output.newArticle("clip", Path.of("/w/c.mp4"), OutputRole.CLIP, "video/mp4")),
                Map.of("title", "\u2028 \"x\""));
        MediaInfo info = new MediaInfo(
                MediaKind.AUDIO,
                "mp3",
                "audio/mpeg",
                5,
                null,
                0,
                List.of(new Track(
                        0, TrackKind.AUDIO, "mp3", null, 1, 0, 0, 0, 0, 0, 0, null, false, 2, 44_100, null, false)),
                Map.of());
        assertThat(readBack(result)).isEqualTo(result);
        assertThat(readBack(info)).isEqualTo(info);
    }

    @Test
    void writesPathsAndDurationsPlainly() throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(
                        new Segment(Duration.ofMillis(4004), Duration.ofSeconds(600), new ByteRange(1, 2))))
                .isEqualTo("{\"start\":4.004000000,\"duration\":600.000000000,\"range\":{\"offset\":1,\"length\":2}}");
        assertThat(Json.MAPPER.writeValueAsString(Path.of("/a b/ü"))).isEqualTo("\"/a b/ü\"");
    }

    @Test
    void readsRunWithParametersAsContractNamesThem() throws Exception {
        Command command = Json.MAPPER.readValue(
                """
                {"command":"run","plugin":"/p.jar","jobId":"j","attempt":2,"type":"a.b","workspace":"/w",
                 "inputs":[{"path":"/in put","info":{"kind":"VIDEO","format":"mp4","mediaType":"video/mp4","bytes":1,
                   "duration":2.5,"bitrate":1,"tracks":[],"tags":{},"new":1}}],
                 "parameters":{"whole":3,"half":0.5,"yes":true,"range":{"start":1.0,"end":2},"list":[{"input":0}]},
                 "lastAttempt":{"attempt":1,"published":[]}}""",
                Command.class);
        JobRequest request = ((Command.Run) command).request();
        assertThat(request.input().path()).isEqualTo(Path.of("/in put"));
        assertThat(request.input().info().duration()).isEqualTo(Duration.ofMillis(2500));
        assertThat(request.previous()).hasValue(new JobRequest.Previous(1, List.of()));
        assertThat(request.parameters())
                .isEqualTo(Map.of(
                        "whole",
                        3L,
                        "half",
                        0.5,
                        "yes",
                        true,
                        "range",
                        Map.of("start", 1.0, "end", 2L),
                        "list",
                        List.of(Map.of("input", 0L))));
    }

    @Test
    void readsLiveSourceAndNeverQuotesItsPassword() throws Exception {
        String run =
                """
                {"command":"run","plugin":"/p.jar","jobId":"j","attempt":1,"type":"a.b","workspace":"/w","inputs":[],
                 "parameters":{},"source":{"uri":"%s","options":{"latency":"200"}}}""";
        Command command =
                Json.MAPPER.readValue(run.formatted("rtsp://anna:secret@camera:554/live?token=secret"), Command.class);
        LiveSource source = ((Command.Run) command).request().source();
        assertThat(source.uri().getRawUserInfo()).isEqualTo("anna:secret");
        assertThat(source.options()).containsEntry("latency", "200");
        assertThat(command.toString()).contains("rtsp://***@camera:554/").doesNotContain("secret");
        assertThatThrownBy(() -> Json.MAPPER.readValue(run.formatted("rtsp://anna:secret@ca mera/"), Command.class))
                .hasMessageNotContaining("secret");
    }

    private static Object readBack(Object value) throws Exception {
        return Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(value), value.getClass());
    }
}
