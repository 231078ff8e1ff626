package io.regie.core.media;

import io.regie.spi.Segment;
import io.regie.spi.TrackKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Composes an MPD (ISO/IEC 23009-1) over the same files that HLS uses: {@code SegmentList} with {@code mediaRange}, so
 * that rungs join or are made again without touching bytes. Only finished renditions take part. What is said stands
 * beside them as whole WebVTT files.
 */
final class DashManifest {

    /** Microseconds, as the rows count. */
    private static final int TIMESCALE = 1_000_000;

    /** A text's bandwidth must be said and matters to nobody. */
    private static final int TEXT_BANDWIDTH = 256;

    private DashManifest() {}

    /**
     * @param address of a rendition's file; no character in it needs escaping in XML
     * @param texts what is said; an MPD has no word for chapters
     */
    static String compose(
            List<RenditionRow> renditions,
            Function<RenditionRow, List<Segment>> segments,
            Function<RenditionRow, String> address,
            Duration duration,
            TextTracks texts) {
        StringBuilder xml = new StringBuilder(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:full:2011" type="static" \
                minBufferTime="PT4S" mediaPresentationDuration="%s">
                 <Period id="0" start="PT0S">
                """
                        .formatted(seconds(duration)));
        set(xml, renditions, segments, address, TrackKind.VIDEO, "video", 0);
        // Each audio rendition is a set of its own: players may not switch between channel counts inside one.
        int id = 1;
        for (RenditionRow audio : renditions) {
            if (audio.track == TrackKind.AUDIO) {
                set(xml, List.of(audio), segments, address, TrackKind.AUDIO, "audio", id++);
            }
        }
        for (CaptionTracks.Facts track : texts.captions()) {
            text(xml, track, id++);
        }
        return xml.append(" </Period>\n</MPD>\n").toString();
    }

    private static void set(
            StringBuilder xml,
            List<RenditionRow> renditions,
            Function<RenditionRow, List<Segment>> segments,
            Function<RenditionRow, String> address,
            TrackKind track,
            String type,
            int id) {
        List<RenditionRow> members =
                renditions.stream().filter(row -> row.track == track).toList();
        if (members.isEmpty()) {
            return;
        }
        xml.append(
                "  <AdaptationSet id=\"%d\" contentType=\"%s\" mimeType=\"%s/mp4\" segmentAlignment=\"true\" startWithSAP=\"1\">\n"
                        .formatted(id, type, type));
        for (RenditionRow row : members) {
            xml.append("   <Representation id=\"%s\" bandwidth=\"%d\" codecs=\"%s\"%s>\n"
                    .formatted(row.name, row.peakBandwidth, row.codecs, details(row)));
            if (track == TrackKind.AUDIO) {
                xml.append(
                        "    <AudioChannelConfiguration schemeIdUri=\"urn:mpeg:dash:23003:3:audio_channel_configuration:2011\" value=\"%d\"/>\n"
                                .formatted(row.channels));
            }
            xml.append("    <BaseURL>%s</BaseURL>\n    <SegmentList timescale=\"%d\">\n"
                    .formatted(address.apply(row), TIMESCALE));
            xml.append("     <Initialization range=\"%d-%d\"/>\n     <SegmentTimeline>\n"
                    .formatted(row.initOffset, row.initOffset + row.initLength - 1));
            List<Segment> list = segments.apply(row);
            for (Segment segment : list) {
                xml.append("      <S t=\"%d\" d=\"%d\"/>\n"
                        .formatted(micros(segment.start()), micros(segment.duration())));
            }
            xml.append("     </SegmentTimeline>\n");
            for (Segment segment : list) {
                xml.append("     <SegmentURL mediaRange=\"%d-%d\"/>\n"
                        .formatted(segment.range().offset(), segment.range().end() - 1));
            }
            xml.append("    </SegmentList>\n   </Representation>\n");
        }
        xml.append("  </AdaptationSet>\n");
    }

    private static void text(StringBuilder xml, CaptionTracks.Facts track, int id) {
        xml.append("  <AdaptationSet id=\"%d\" contentType=\"text\" mimeType=\"text/vtt\" lang=\"%s\">\n"
                .formatted(id, escaped(track.language())));
        xml.append("   <Label>%s</Label>\n".formatted(escaped(track.label())));
        if (track.standard()) {
            role(xml, "main");
        }
        role(xml, track.kind() == CaptionTrack.Kind.CAPTIONS ? "caption" : "subtitle");
        xml.append("   <Representation id=\"%s\" bandwidth=\"%d\">\n".formatted(track.id(), TEXT_BANDWIDTH));
        xml.append("    <BaseURL>%s</BaseURL>\n   </Representation>\n  </AdaptationSet>\n"
                .formatted(Addresses.captions(track.article(), track.id())));
    }

    private static void role(StringBuilder xml, String value) {
        xml.append("   <Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"%s\"/>\n".formatted(value));
    }

    /** People's words, as XML may carry them: control characters have no way in at all. */
    private static String escaped(String words) {
        return words.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String details(RenditionRow row) {
        return row.track == TrackKind.VIDEO
                ? String.format(
                        Locale.ROOT,
                        " width=\"%d\" height=\"%d\" frameRate=\"%d/1000\" sar=\"1:1\"",
                        row.width,
                        row.height,
                        Math.round(row.frameRate * 1000))
                : " audioSamplingRate=\"" + row.sampleRate + "\"";
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "PT%.3fS", duration.toMillis() / 1000.0);
    }
}
