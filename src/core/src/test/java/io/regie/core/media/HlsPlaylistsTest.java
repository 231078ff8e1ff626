package io.regie.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.regie.spi.ByteRange;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HlsPlaylistsTest {

    private static final UUID ARTICLE = UUID.randomUUID();
    private static final TextTracks NO_TEXTS = new TextTracks(ARTICLE, List.of(), false);

    @Test
    void listsEachVideoOncePerAudioGroupSmallestGroupFirst() {
        String text = HlsPlaylists.multivariant(
                List.of(
                        Rows.video(1080, 6_000_000),
                        Rows.video(360, 900_000),
                        Rows.audio("audio", 6),
                        Rows.audio("audio-stereo", 2)),
                NO_TEXTS,
                row -> row.name + ".m3u8");
        assertThat(text.lines().filter(line -> line.startsWith("#EXT-X-STREAM-INF")))
                .hasSize(4)
                .first()
                .asString()
                .contains("AUDIO=\"audio-stereo\"", "RESOLUTION=640x360", "CODECS=\"avc1.64001e,mp4a.40.2\"");
        assertThat(text).contains("CHANNELS=\"6\"", "CHANNELS=\"2\"");
    }

    @Test
    void startsPlayersWithAMiddlingVideo() {
        String text = HlsPlaylists.multivariant(
                List.of(Rows.video(1080, 6_000_000), Rows.video(480, 1_500_000), Rows.video(144, 200_000)),
                NO_TEXTS,
                row -> row.name + ".m3u8");
        assertThat(text.lines().filter(line -> line.endsWith(".m3u8")))
                .containsExactly("video-480.m3u8", "video-144.m3u8", "video-1080.m3u8");
    }

    @Test
    void countsTheAudioInTheBandwidth() {
        String text = HlsPlaylists.multivariant(
                List.of(Rows.video(360, 900_000), Rows.audio("audio", 2)), NO_TEXTS, row -> row.name + ".m3u8");
        assertThat(text).contains("BANDWIDTH=1156000");
    }

    @Test
    void writesAudioAlone() {
        String text = HlsPlaylists.multivariant(List.of(Rows.audio("audio", 2)), NO_TEXTS, row -> "a.m3u8");
        assertThat(text)
                .contains("#EXT-X-STREAM-INF:BANDWIDTH=256000")
                .endsWith("a.m3u8\n")
                .doesNotContain("MEDIA:");
    }

    @Test
    void neverQuotesALanguageThatCouldBreakOut() {
        RenditionRow audio = Rows.audio("audio", 2);
        audio.language = "en\",URI=\"//evil";
        String text = HlsPlaylists.multivariant(List.of(Rows.video(360, 900_000), audio), NO_TEXTS, row -> "x.m3u8");
        assertThat(text).doesNotContain("evil");
    }

    @Test
    void listsCaptionsThatSaySomethingAndJoinsThemToEachVariant() {
        CaptionTracks.Facts french = captions("Français \"VF\"\n", 3, true);
        CaptionTracks.Facts other = captions("Français \"VF\"\n", 1, false);
        String text = HlsPlaylists.multivariant(
                List.of(Rows.video(360, 900_000), Rows.audio("audio", 2)),
                new TextTracks(ARTICLE, List.of(french, other, captions("Empty", 0, false)), true),
                row -> "x.m3u8");
        assertThat(text)
                .contains("#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"text\",NAME=\"Français ’VF’ \",LANGUAGE=\"fr\","
                        + "DEFAULT=YES,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS=\"public.accessibility."
                        + "transcribes-spoken-dialog,public.accessibility.describes-music-and-sound\",URI=\"/media/"
                        + ARTICLE + "/captions/" + french.id() + ".m3u8\"\n")
                .contains("NAME=\"Français ’VF’  (2)\",LANGUAGE=\"fr\",DEFAULT=NO")
                .contains("#EXT-X-SESSION-DATA:DATA-ID=\"com.apple.hls.chapters\",URI=\"/media/" + ARTICLE
                        + "/chapters/chapters.json\"\n")
                .doesNotContain("Empty");
        assertThat(text.lines().filter(line -> line.startsWith("#EXT-X-STREAM-INF")))
                .allMatch(line -> line.endsWith(",SUBTITLES=\"text\""));
    }

    @Test
    void cutsCaptionsIntoSegments() {
        UUID track = UUID.randomUUID();
        assertThat(TextTracks.playlist(ARTICLE, track, Duration.ofMillis(125_500)))
                .contains("#EXT-X-TARGETDURATION:60\n", "#EXT-X-PLAYLIST-TYPE:VOD\n")
                .contains("#EXTINF:60.000,\n/media/" + ARTICLE + "/captions/" + track + "/1.vtt\n")
                .endsWith("#EXTINF:5.500,\n/media/" + ARTICLE + "/captions/" + track + "/2.vtt\n#EXT-X-ENDLIST\n");
        assertThat(TextTracks.segments(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(TextTracks.segments(Duration.ZERO)).isEqualTo(1);
    }

    private static CaptionTracks.Facts captions(String label, int cues, boolean standard) {
        return new CaptionTracks.Facts(
                UUID.randomUUID(), ARTICLE, CaptionTrack.Kind.CAPTIONS, "fr", label, standard, cues, 1);
    }

    @Test
    void endsAFinishedPlaylist() {
        String text = HlsPlaylists.media("f.mp4", new ByteRange(0, 800), Rows.segments(2, 4), true);
        assertThat(text)
                .contains("#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-MAP:URI=\"f.mp4\",BYTERANGE=\"800@0\"")
                .contains("#EXTINF:4.000000,\n#EXT-X-BYTERANGE:1000@800\nf.mp4\n")
                .contains("#EXT-X-BYTERANGE:1001@1800\nf.mp4\n")
                .endsWith("#EXT-X-ENDLIST\n")
                .doesNotContain("EXT-X-START");
    }

    @Test
    void startsAGrowingPlaylistAtItsBeginning() {
        String text = HlsPlaylists.media("f.mp4", new ByteRange(0, 800), Rows.segments(2, 4), false);
        assertThat(text)
                .contains("#EXT-X-PLAYLIST-TYPE:EVENT", "#EXT-X-START:TIME-OFFSET=0")
                .doesNotContain("ENDLIST");
    }

    @Test
    void keepsEverySegmentUnderTheTargetDuration() {
        String text = HlsPlaylists.media("f.mp4", new ByteRange(0, 800), Rows.segments(2, 9.6), true);
        assertThat(text).contains("#EXT-X-TARGETDURATION:10\n");
    }
}
