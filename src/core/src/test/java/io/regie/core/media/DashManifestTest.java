package io.regie.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class DashManifestTest {

    @Test
    void listsSegmentsByByteRange() throws Exception {
        String xml = DashManifest.compose(
                List.of(Rows.video(360, 900_000), Rows.audio("audio", 6), Rows.audio("audio-stereo", 2)),
                row -> Rows.segments(2, 4),
                row -> "/media/x/" + row.name + ".mp4",
                Duration.ofSeconds(8),
                new TextTracks(UUID.randomUUID(), List.of(), false));
        Document mpd = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(mpd.getDocumentElement().getAttribute("mediaPresentationDuration"))
                .isEqualTo("PT8.000S");
        assertThat(mpd.getElementsByTagName("AdaptationSet").getLength()).isEqualTo(3);
        Element first = (Element) mpd.getElementsByTagName("SegmentURL").item(0);
        assertThat(first.getAttribute("mediaRange")).isEqualTo("800-1799");
        Element time = (Element) mpd.getElementsByTagName("S").item(1);
        assertThat(time.getAttribute("t")).isEqualTo("4000000");
    }
}
