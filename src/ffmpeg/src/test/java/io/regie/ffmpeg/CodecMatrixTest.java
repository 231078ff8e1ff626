package io.regie.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;

import io.regie.testkit.AudioCodec;
import io.regie.testkit.Clip;
import io.regie.testkit.Clips;
import io.regie.testkit.Container;
import io.regie.testkit.HttpPeer;
import io.regie.testkit.VideoCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of each codec in each format: kept, encoded anew if it is sound, or left out with a word about it. */
@Timeout(180)
class CodecMatrixTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "MP4, H264,  AAC,  h264 aac",
        "MP4, H264,  MP3,  h264 mp3",
        "MP4, H264,  AC3,  h264 ac3",
        "MP4, H264,  OPUS, h264 opus",
        "MP4, H264,  FLAC, h264 flac",
        "MP4, H264,  PCM,  h264 aac",
        "MP4, H264,  ALAW, h264 aac",
        "MP4, HEVC,  AAC,  hevc aac",
        "MP4, VP9,   OPUS, vp9 opus",
        "MP4, AV1,   OPUS, av1 opus",
        "MP4, MPEG2, MP3,  mpeg2video mp3",
        "MP4, MPEG4, AAC,  mpeg4 aac",
        "MP4, MJPEG, AAC,  mjpeg aac",
        "MP4, VP8,   AAC,  aac",
        "MP4, MAGICYUV, AAC, aac",
        "MKV, H264,  AAC,  h264 aac",
        "MKV, H264,  ALAW, h264 pcm_alaw",
        "MKV, H264,  PCM,  h264 pcm_s16le",
        "MKV, VP8,   OPUS, vp8 opus",
        "MKV, MAGICYUV, ALAW, pcm_alaw",
    })
    void keepsWhatItCan(RecordingFormat format, VideoCodec video, AudioCodec audio, String kept) throws Exception {
        Clip clip = Clips.clip()
                .container(Container.MKV)
                .video(video)
                .audio(audio)
                .size(160, 96)
                .seconds(2);
        if (audio == AudioCodec.ALAW) {
            clip.channels(1).sampleRate(8000);
        }
        byte[] bytes = Files.readAllBytes(clip.writeIn(folder, "clip"));
        CaptureRun run = new CaptureRun(folder);
        run.format = format;
        try (HttpPeer peer = HttpPeer.at("127.0.0.1")) {
            peer.on("/live.mkv", exchange -> {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            });
            run.record(CaptureRun.address(peer.uri("/live.mkv")), Duration.ZERO);
        }
        assertThat(codecs(run.joined())).isEqualTo(kept);
        boolean pictureLeftOut = !kept.contains(" ");
        boolean soundEncoded = (audio == AudioCodec.ALAW || audio == AudioCodec.PCM) && format == RecordingFormat.MP4;
        assertThat(run.log.stream().anyMatch(line -> line.contains("picture is coded in a way that cannot be kept")))
                .isEqualTo(pictureLeftOut);
        assertThat(run.log.stream().anyMatch(line -> line.contains("is encoded as AAC")))
                .isEqualTo(soundEncoded);
    }

    private static String codecs(Path file) throws Exception {
        List<String> names = new ArrayList<>();
        try (MediaInput input = MediaInput.openHeader(file, OpenPolicy.recording(), () -> false)) {
            for (int i = 0; i < input.streamCount(); i++) {
                names.add(
                        avcodec_get_name(input.stream(i).codecpar().codec_id()).getString());
            }
        }
        return String.join(" ", names);
    }
}
