package io.regie.core.media;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Captions and chapters as HLS has them (RFC 8216 3.5, 4.3.4).
 *
 * @param captions those that say something
 * @param chapters whether there are any
 */
record TextTracks(UUID article, List<CaptionTracks.Facts> captions, boolean chapters) {

    /** As long as a player looks ahead. Other renditions have shorter segments, which RFC 8216 6.2.4 allows here. */
    private static final Duration SEGMENT = Duration.ofSeconds(60);

    private static final String GROUP = "text";

    TextTracks {
        captions = captions.stream().filter(track -> track.cueCount() > 0).toList();
    }

    /** Tags that stand before the variants. */
    void describe(StringBuilder text) {
        Set<String> names = new HashSet<>();
        for (CaptionTracks.Facts track : captions) {
            text.append("#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"" + GROUP + "\",NAME=\"")
                    .append(name(track, names))
                    .append("\",LANGUAGE=\"")
                    .append(track.language())
                    .append("\",DEFAULT=")
                    .append(track.standard() ? "YES" : "NO")
                    .append(",AUTOSELECT=YES,FORCED=NO");
            if (track.kind() == CaptionTrack.Kind.CAPTIONS) {
                text.append(",CHARACTERISTICS=\"public.accessibility.transcribes-spoken-dialog,"
                        + "public.accessibility.describes-music-and-sound\"");
            }
            text.append(",URI=\"")
                    .append(Addresses.captionPlaylist(article, track.id()))
                    .append("\"\n");
        }
        if (chapters) {
            text.append("#EXT-X-SESSION-DATA:DATA-ID=\"com.apple.hls.chapters\",URI=\"")
                    .append(Addresses.chapters(article, "json"))
                    .append("\"\n");
        }
    }

    /** What a variant says about them. */
    void join(StringBuilder variant) {
        if (!captions.isEmpty()) {
            variant.append(",SUBTITLES=\"" + GROUP + "\"");
        }
    }

    /** Within a quoted string, and no two of a group the same. */
    private static String name(CaptionTracks.Facts track, Set<String> taken) {
        String label = track.label().replace('"', '\u2019').replaceAll("[\\r\\n]", " ");
        String name = label;
        for (int i = 2; !taken.add(name); i++) {
            name = label + " (" + i + ")";
        }
        return name;
    }

    /** How many segments a track has. */
    static int segments(Duration end) {
        return (int) Math.max(1, (end.toMillis() + SEGMENT.toMillis() - 1) / SEGMENT.toMillis());
    }

    static Duration start(int position) {
        return SEGMENT.multipliedBy(position);
    }

    /** @param end of the media, or of what is said where that is later */
    static String playlist(UUID article, UUID track, Duration end) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
                .append(SEGMENT.toSeconds())
                .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n");
        int count = segments(end);
        for (int i = 0; i < count; i++) {
            Duration left = end.minus(start(i));
            double seconds = Math.max(0.001, Math.min(SEGMENT.toMillis(), left.toMillis()) / 1000.0);
            text.append(String.format(
                    Locale.ROOT, "#EXTINF:%.3f,\n%s\n", seconds, Addresses.captionSegment(article, track, i)));
        }
        return text.append("#EXT-X-ENDLIST\n").toString();
    }
}
