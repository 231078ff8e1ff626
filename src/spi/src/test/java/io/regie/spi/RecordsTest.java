package io.regie.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the records of the contract promise whoever reads them. */
class RecordsTest {

    private static final Path FILE = Path.of("/workspace/file");
    private static final Rendition VIDEO = Rendition.video("avc1.64001f", 640, 360, 25, 800_000, new ByteRange(0, 700));

    @ParameterizedTest
    @ValueSource(strings = {"", "Gif", "1gif", "gif.x", "../gif", "gif ", "é"})
    void refusesPluginIdsThatAreNoNames(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> PluginInfo.of(id, "Name", "1"));
    }

    @Test
    void refusesPluginIdsThatAreTooLong() {
        assertThat(PluginInfo.of("a".repeat(64), "Name", "1").spiVersion()).isEqualTo(Plugin.SPI_VERSION);
        assertThatIllegalArgumentException().isThrownBy(() -> PluginInfo.of("a".repeat(65), "Name", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "gif.", ".x", "gif.x.y", "gif/x", "Gif.x", "gif.X"})
    void refusesJobTypeIdsWithoutPluginAndName(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobType.essentialOnUpload(id, "title", Set.of(MediaKind.VIDEO), Resources.light()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a_b", "a/b", "..", "a.mp4"})
    void refusesOutputNamesThatWouldNotBeSafeInPathsAndAddresses(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Output.newArticle(name, FILE, OutputRole.CLIP, "video/mp4"));
    }

    @Test
    void givesFactsToExactlyTheOutputsThatHaveThem() {
        Storyboard storyboard = new Storyboard(160, 90, 5, List.of(Duration.ZERO));
        assertThat(Output.rendition("v", FILE, VIDEO).mediaType()).isEqualTo("video/mp4");
        assertThat(Output.storyboard("s", FILE, storyboard).role()).isEqualTo(OutputRole.STORYBOARD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Output.attachment("v", FILE, OutputRole.RENDITION, "video/mp4", 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Output.attachment("s", FILE, OutputRole.STORYBOARD, "image/jpeg", 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Output(
                        "p", FILE, OutputRole.POSTER, Placement.ATTACHMENT, "image/jpeg", VIDEO, null, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Output(
                        "p", FILE, OutputRole.POSTER, Placement.ATTACHMENT, "image/jpeg", null, storyboard, 1, 1));
    }

    @Test
    void refusesNegativeRanges() {
        assertThat(new ByteRange(10, 5).end()).isEqualTo(15);
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(-1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(1, -5));
    }

    @Test
    void measuresBandwidthOfFinishedRendition() {
        Rendition finished = VIDEO.finished(List.of(
                new Segment(Duration.ZERO, Duration.ofSeconds(4), new ByteRange(700, 400_000)),
                new Segment(Duration.ofSeconds(4), Duration.ofSeconds(4), new ByteRange(400_700, 200_000)),
                new Segment(Duration.ofSeconds(8), Duration.ofMillis(40), new ByteRange(600_700, 100_000))));
        assertThat(finished.peakBandwidth())
                .as("without the short last segment")
                .isEqualTo(800_000);
        assertThat(finished.averageBandwidth()).isCloseTo(696_517, within(1L));
        assertThat(finished.segments()).hasSize(3);
    }

    @Test
    void neverQuotesAPeakBelowTheAverage() {
        Rendition finished = VIDEO.finished(List.of(
                new Segment(Duration.ZERO, Duration.ofMillis(500), new ByteRange(700, 100_000)),
                new Segment(Duration.ofMillis(500), Duration.ofMillis(500), new ByteRange(100_700, 50_000))));
        assertThat(finished.peakBandwidth())
                .isEqualTo(finished.averageBandwidth())
                .isEqualTo(1_200_000);
        assertThat(VIDEO.finished(List.of()).averageBandwidth())
                .as("still nominal")
                .isEqualTo(800_000);
    }

    @Test
    void findsTheTrackThatPlays() {
        Track cover = track(0, TrackKind.VIDEO, "mjpeg", true);
        Track sound = track(1, TrackKind.AUDIO, "aac", false);
        Track picture = track(2, TrackKind.VIDEO, "h264", false);
        MediaInfo info = new MediaInfo(
                MediaKind.VIDEO, "mp4", "video/mp4", 1, Duration.ZERO, 0, List.of(cover, sound, picture), Map.of());
        assertThat(info.video()).hasValue(picture);
        assertThat(info.audio()).hasValue(sound);
        assertThat(info.cover()).hasValue(cover);
    }

    @Test
    void copiesWhatItIsGiven() {
        List<MediaFile> inputs = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>(Map.of("a", 1L));
        JobRequest request = new JobRequest("j", 1, "a.b", inputs, parameters, null);
        List<Output> outputs = new ArrayList<>();
        Map<String, String> metadata = new HashMap<>();
        JobResult result = new JobResult(outputs, metadata);
        Set<MediaKind> accepts = new HashSet<>(Set.of(MediaKind.VIDEO));
        JobType type = JobType.onDemand("a.b", "t", accepts, List.of(), Resources.heavy());

        parameters.clear();
        outputs.add(Output.rendition("v", FILE, VIDEO));
        metadata.put("title", "later");
        accepts.clear();

        assertThat(request.parameters()).containsOnlyKeys("a");
        assertThat(request.previous()).isEmpty();
        assertThat(result).isEqualTo(JobResult.of(List.of()));
        assertThat(type.accepts()).containsExactly(MediaKind.VIDEO);
        assertThatThrownBy(() -> request.inputs().add(null)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> VIDEO.segments().add(null)).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://anna:secret@camera.example:554/live?token=secret, rtsp://***@camera.example:554/",
        "http://example.org/secret.m3u8?key=secret, http://example.org/",
        "srt://[2001:db8::1]:9000?passphrase=secret, srt://[2001:db8::1]:9000/",
        "rtmp://under_score:secret@odd_host/secret, rtmp://***/",
    })
    void showsLiveSourcesWithoutWhatOpensThem(URI uri, String shown) {
        LiveSource source = new LiveSource(uri, Map.of("passphrase", "secret"));
        assertThat(source.toString()).isEqualTo(shown);
        assertThat(new JobRequest("j", 1, "a.b", List.of(), Map.of(), null, source).toString())
                .doesNotContain("secret");
    }

    @Test
    void givesNetworkOnlyToThoseWhoReadLiveStreams() {
        JobContext context = (JobContext) Proxy.newProxyInstance(
                JobContext.class.getClassLoader(),
                new Class<?>[] {JobContext.class},
                (proxy, method, arguments) -> InvocationHandler.invokeDefault(proxy, method, arguments));
        assertThatIllegalStateException().isThrownBy(context::network);
    }

    @Test
    void pluginContributesNothingUnlessItSaysSo() {
        Plugin plugin = () -> PluginInfo.of("idle", "Idle", "1");
        assertThat(plugin.jobHandlers(InstantSource::system)).isEmpty();
    }

    @Test
    void estimateIsUnknownUnlessHandlerSaysOtherwise() {
        JobHandler handler = new JobHandler() {
            @Override
            public JobType type() {
                return JobType.onDemand("a.b", "t", Set.of(MediaKind.VIDEO), List.of(), Resources.light());
            }

            @Override
            public JobResult run(JobRequest request, JobContext context) {
                return JobResult.of(List.of());
            }
        };
        Estimate estimate = handler.estimate(new JobRequest("j", 1, "a.b", List.of(), Map.of(), null));
        assertThat(estimate).isEqualTo(Estimate.unknown());
        assertThat(estimate.bytes()).isNegative();
    }

    private static Track track(int index, TrackKind kind, String codec, boolean attached) {
        return new Track(index, kind, codec, null, 0, 0, 0, 0, 0, 0, 0, null, false, 0, 0, null, attached);
    }
}
