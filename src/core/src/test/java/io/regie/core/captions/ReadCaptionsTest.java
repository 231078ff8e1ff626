package io.regie.core.captions;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.regie.core.problem.ProblemException;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadCaptionsTest {

    private static final String SRT =
            """
            1
            00:00:01,000 --> 00:00:02,500
            Élan <font color="#ff0000">vital</font>

            2
            00:00:03,000 --> 00:00:04,000
            Deux
            lignes
            """;

    @Test
    void readsSrt() {
        List<Cue> cues = ReadCaptions.read(SRT.getBytes(UTF_8));
        assertThat(cues).hasSize(2);
        assertThat(cues.get(0).start()).isEqualTo(ofSeconds(1));
        assertThat(cues.get(0).end()).isEqualTo(ofMillis(2500));
        assertThat(cues.get(0).text().vtt()).isEqualTo("Élan vital");
        assertThat(cues.get(1).text().plain()).isEqualTo("Deux\nlignes");
    }

    @Test
    void readsWhatOldAndOtherProgramsWrite() {
        List<Cue> meant = ReadCaptions.read(SRT.getBytes(UTF_8));
        assertThat(ReadCaptions.read(("\ufeff" + SRT).getBytes(UTF_8))).isEqualTo(meant);
        assertThat(ReadCaptions.read(("\ufeff" + SRT).getBytes(UTF_16LE))).isEqualTo(meant);
        assertThat(ReadCaptions.read(("\ufeff" + SRT).getBytes(UTF_16BE))).isEqualTo(meant);
        assertThat(ReadCaptions.read(SRT.getBytes(UTF_16LE))).isEqualTo(meant);
        assertThat(ReadCaptions.read(SRT.getBytes(UTF_16BE))).isEqualTo(meant);
        assertThat(ReadCaptions.read(SRT.getBytes(Charset.forName("windows-1252"))))
                .isEqualTo(meant);
        assertThat(ReadCaptions.read(SRT.replace("\n", "\r\n").getBytes(UTF_8))).isEqualTo(meant);
        assertThat(ReadCaptions.read(SRT.replace("\n", "\r").getBytes(UTF_8))).isEqualTo(meant);
        // Without empty lines between, without numbers, with points, short fractions and no hours.
        assertThat(ReadCaptions.read(SRT.replace("\n\n", "\n").getBytes(UTF_8))).isEqualTo(meant);
        assertThat(ReadCaptions.read(
                        "00:01.0-->00:02.5\nÉlan vital\n\n0:3.000 --> 0:4,0\nDeux\nlignes".getBytes(UTF_8)))
                .isEqualTo(meant);
    }

    @Test
    void readsWebVttWithoutItsStylesRegionsAndNotes() {
        String vtt =
                """
                WEBVTT - Made by something
                X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0

                STYLE
                ::cue { background: url(https://evil.example/x) }

                REGION
                id:r width:100%

                NOTE <script>alert(1)</script>

                first <script>
                00:01.000 --> 00:02.000 region:r line:0 align:start position:10%,line-left onclick:x size:101%
                <v.loud Bob>Hi</v>

                00:00.000 --> 00:00.500
                Before
                """;
        Captions captions = new Captions(ReadCaptions.read(vtt.getBytes(UTF_8)));
        assertThat(captions.vtt())
                .isEqualTo(
                        """
                        WEBVTT

                        00:00:00.000 --> 00:00:00.500
                        Before

                        00:00:01.000 --> 00:00:02.000 line:0 align:start position:10%,line-left
                        <v Bob>Hi</v>
                        """);
        assertThat(Captions.stored(captions.vtt())).isEqualTo(captions);
    }

    @Test
    void cutsSegmentsThatRepeatWhatCrossesThem() {
        Captions captions = new Captions(ReadCaptions.read(
                "1\n00:00:50,000 --> 00:01:05,000\nAcross\n\n2\n00:01:10,000 --> 00:01:11,000\nLater".getBytes(UTF_8)));
        assertThat(captions.segment(ofSeconds(0), ofSeconds(60)))
                .startsWith("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:00:50.000")
                .doesNotContain("Later");
        assertThat(captions.segment(ofSeconds(60), ofSeconds(120))).contains("Across", "Later");
        assertThat(captions.segment(ofSeconds(120), ofSeconds(180))).doesNotContain("-->");
    }

    @Test
    void refusesWhatItCannotUse() {
        assertRefused("captions-substation", "[Script Info]\nTitle: x\n\n[V4+ Styles]\n".getBytes(UTF_8));
        assertRefused(
                "captions-unreadable", "<?xml version='1.0'?><tt xmlns='http://www.w3.org/ns/ttml'/>".getBytes(UTF_8));
        assertRefused("captions-unreadable", "Just words".getBytes(UTF_8));
        assertRefused("captions-unreadable", "WEBVTT".getBytes(UTF_8));
        assertRefused("captions-unreadable", new byte[] {1, 0, 2, (byte) 0xff});
        assertRefused("captions-unreadable", "00:02.000 --> 00:01.000\nBackwards".getBytes(UTF_8));
        assertRefused("captions-cue-times", "999:00:00.000 --> 999:00:01.000\nLate".getBytes(UTF_8));
        assertRefused(
                "captions-encoding",
                "WEBVTT\n\n00:01.000 --> 00:02.000\nÉlan".getBytes(Charset.forName("windows-1252")));
    }

    @Test
    void refusesTooMuch() {
        assertRefused("captions-too-large", ("00:01.000 --> 00:02.000\n" + "x".repeat(10 << 20)).getBytes(UTF_8));
        assertRefused("captions-cue-long", ("00:01.000 --> 00:02.000\n" + "x".repeat(2001)).getBytes(UTF_8));
        assertRefused("captions-cue-long", ("00:01.000 --> 00:02.000\n" + "<b>".repeat(300_000)).getBytes(UTF_8));
        assertRefused(
                "captions-too-many",
                "00:01.000 --> 00:02.000\nx\n\n".repeat(10_001).getBytes(UTF_8));
    }

    @Test
    void refusesHostileFilesInTime() {
        assertTimeoutPreemptively(ofSeconds(5), () -> {
            for (String part : List.of("\n", " \n", "0", "00:", "-->\n", " ", "00:01.000 --> 00:02.000\n<b\n\n", "[")) {
                byte[] file = part.repeat((1 << 20) / part.length()).getBytes(UTF_8);
                assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ReadCaptions.read(file));
            }
        });
    }

    private static void assertRefused(String key, byte[] file) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ReadCaptions.read(file))
                .matches(refused -> refused.key().equals(key), key);
    }
}
