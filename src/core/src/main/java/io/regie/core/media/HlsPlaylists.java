package io.regie.core.media;

import io.regie.spi.ByteRange;
import io.regie.spi.Segment;
import io.regie.spi.TrackKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Composes HLS playlists (RFC 8216) from rendition rows. */
final class HlsPlaylists {

    private HlsPlaylists() {}

    /**
     * The multivariant playlist: each video rendition once per audio group, the smallest group first since every device
     * plays it. Order among videos is ascending bandwidth, but the first listed is where players without a measurement
     * start, so a middling one leads.
     *
     * @param texts what is said, and where parts begin
     * @param address of a rendition's media playlist
     */
    static String multivariant(
            List<RenditionRow> renditions, TextTracks texts, Function<RenditionRow, String> address) {
        List<RenditionRow> videos = of(renditions, TrackKind.VIDEO);
        List<RenditionRow> audios = of(renditions, TrackKind.AUDIO);
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        texts.describe(text);
        if (videos.isEmpty()) {
            for (RenditionRow audio : audios) {
                variant(text, audio.peakBandwidth, audio.averageBandwidth, audio.codecs, null, null, texts);
                text.append(address.apply(audio)).append('\n');
            }
            return text.toString();
        }
        for (RenditionRow audio : audios) {
            text.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"")
                    .append(audio.name)
                    .append("\",NAME=\"")
                    .append(audio.channels > 2 ? "Surround" : "Stereo")
                    .append("\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"")
                    .append(Math.max(audio.channels, 1))
                    .append('"');
            if (audio.language != null && audio.language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
                text.append(",LANGUAGE=\"").append(audio.language).append('"');
            }
            text.append(",URI=\"").append(address.apply(audio)).append("\"\n");
        }
        List<@Nullable RenditionRow> groups = new ArrayList<>(audios);
        if (groups.isEmpty()) {
            groups.add(null);
        }
        for (RenditionRow audio : groups) {
            for (RenditionRow video : startingInTheMiddle(videos)) {
                long peak = video.peakBandwidth + (audio == null ? 0 : audio.peakBandwidth);
                long average = video.averageBandwidth + (audio == null ? 0 : audio.averageBandwidth);
                String codecs = audio == null ? video.codecs : video.codecs + "," + audio.codecs;
                variant(text, peak, average, codecs, video, audio, texts);
                text.append(address.apply(video)).append('\n');
            }
        }
        return text.toString();
    }

    /**
     * A media playlist over one file by byte ranges.
     *
     * @param file address of the file
     * @param ended whether more will come; a growing one starts at 0, or players would open at its live edge
     */
    static String media(String file, ByteRange initialization, List<Segment> segments, boolean ended) {
        long target = 5;
        for (Segment segment : segments) {
            // RFC 8216 4.3.3.1: no EXTINF, rounded to the nearest integer, may exceed the target duration.
            target = Math.max(target, Math.round(segment.duration().toMillis() / 1000.0));
        }
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
                .append(target)
                .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:")
                .append(ended ? "VOD" : "EVENT")
                .append('\n');
        if (!ended) {
            text.append("#EXT-X-START:TIME-OFFSET=0\n");
        }
        text.append("#EXT-X-MAP:URI=\"")
                .append(file)
                .append("\",BYTERANGE=\"")
                .append(initialization.length())
                .append('@')
                .append(initialization.offset())
                .append("\"\n");
        for (Segment segment : segments) {
            text.append(String.format(
                    Locale.ROOT,
                    "#EXTINF:%.6f,\n#EXT-X-BYTERANGE:%d@%d\n%s\n",
                    segment.duration().toNanos() / 1e9,
                    segment.range().length(),
                    segment.range().offset(),
                    file));
        }
        if (ended) {
            text.append("#EXT-X-ENDLIST\n");
        }
        return text.toString();
    }

    private static void variant(
            StringBuilder text,
            long peak,
            long average,
            String codecs,
            @Nullable RenditionRow video,
            @Nullable RenditionRow audio,
            TextTracks texts) {
        text.append("#EXT-X-STREAM-INF:BANDWIDTH=")
                .append(peak)
                .append(",AVERAGE-BANDWIDTH=")
                .append(average)
                .append(",CODECS=\"")
                .append(codecs)
                .append('"');
        if (video != null) {
            text.append(String.format(
                    Locale.ROOT, ",RESOLUTION=%dx%d,FRAME-RATE=%.3f", video.width, video.height, video.frameRate));
        }
        if (audio != null) {
            text.append(",AUDIO=\"").append(audio.name).append('"');
        }
        texts.join(text);
        text.append('\n');
    }

    private static List<RenditionRow> startingInTheMiddle(List<RenditionRow> videos) {
        List<RenditionRow> ascending = new ArrayList<>(videos);
        ascending.sort((a, b) -> Long.compare(a.peakBandwidth, b.peakBandwidth));
        int lead = 0;
        for (int i = 0; i < ascending.size(); i++) {
            if (Math.min(ascending.get(i).width, ascending.get(i).height) <= 480) {
                lead = i;
            }
        }
        ascending.add(0, ascending.remove(lead));
        return ascending;
    }

    private static List<RenditionRow> of(List<RenditionRow> renditions, TrackKind track) {
        return renditions.stream()
                .filter(row -> row.track == track)
                .sorted((a, b) -> Integer.compare(a.channels, b.channels))
                .toList();
    }
}
