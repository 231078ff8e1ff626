package io.regie.spi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a probe found in a file.
 *
 * @param kind what the file is; an audio file with an embedded cover is {@link MediaKind#AUDIO}
 * @param format the container's short name, {@code mp4} or {@code matroska}
 * @param mediaType the IANA media type, decided by content
 * @param bytes size of the file
 * @param duration playing time; null where the kind has none
 * @param bitrate average of the whole file in bit/s, 0 when unknown
 * @param tracks elementary streams in file order
 * @param tags embedded metadata, keys in lower case ({@code title}, {@code artist}); values as found, untrusted
 * @param chapters in the order of their starts
 */
public record MediaInfo(
        MediaKind kind,
        String format,
        String mediaType,
        long bytes,
        @Nullable Duration duration,
        long bitrate,
        List<Track> tracks,
        Map<String, String> tags,
        List<Chapter> chapters) {

    public MediaInfo {
        tracks = List.copyOf(tracks);
        tags = Map.copyOf(tags);
        // Null in what an earlier version wrote down.
        chapters = chapters == null ? List.of() : List.copyOf(chapters);
    }

    /** A file without chapters. */
    public MediaInfo(
            MediaKind kind,
            String format,
            String mediaType,
            long bytes,
            @Nullable Duration duration,
            long bitrate,
            List<Track> tracks,
            Map<String, String> tags) {
        this(kind, format, mediaType, bytes, duration, bitrate, tracks, tags, List.of());
    }

    /** The track that plays: the first video track that is not an attached picture. */
    public Optional<Track> video() {
        return tracks.stream()
                .filter(track -> track.kind() == TrackKind.VIDEO && !track.attachedPicture())
                .findFirst();
    }

    /** The first audio track. */
    public Optional<Track> audio() {
        return tracks.stream().filter(track -> track.kind() == TrackKind.AUDIO).findFirst();
    }

    /** The embedded cover. */
    public Optional<Track> cover() {
        return tracks.stream().filter(Track::attachedPicture).findFirst();
    }
}
