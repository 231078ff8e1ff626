package io.regie.spi;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a job made.
 *
 * @param name identifies the output within its job: lower case letters, digits and dashes ({@code video-720})
 * @param file in the workspace
 * @param role what it is for
 * @param placement where it goes
 * @param mediaType IANA media type
 * @param rendition facts of a {@link OutputRole#RENDITION}, else null
 * @param storyboard facts of a {@link OutputRole#STORYBOARD}, else null
 * @param width of an image or video in pixels, 0 where there is none
 * @param height in pixels, 0 where there is none
 */
public record Output(
        String name,
        Path file,
        OutputRole role,
        Placement placement,
        String mediaType,
        @Nullable Rendition rendition,
        @Nullable Storyboard storyboard,
        int width,
        int height) {

    public Output {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("Output name must be lower case letters, digits and dashes: " + name);
        }
        if ((role == OutputRole.RENDITION) != (rendition != null)) {
            throw new IllegalArgumentException("Exactly a RENDITION has rendition facts: " + name);
        }
        if ((role == OutputRole.STORYBOARD) != (storyboard != null)) {
            throw new IllegalArgumentException("Exactly a STORYBOARD has storyboard facts: " + name);
        }
    }

    /** A fragmented MP4 with one track, see {@link Rendition}. */
    public static Output rendition(String name, Path file, Rendition rendition) {
        String mediaType = rendition.kind() == TrackKind.AUDIO ? "audio/mp4" : "video/mp4";
        return new Output(
                name,
                file,
                OutputRole.RENDITION,
                Placement.RENDITION,
                mediaType,
                rendition,
                null,
                rendition.width(),
                rendition.height());
    }

    /** A sprite sheet for scrubbing. */
    public static Output storyboard(String name, Path file, Storyboard storyboard) {
        return new Output(
                name, file, OutputRole.STORYBOARD, Placement.ATTACHMENT, "image/jpeg", null, storyboard, 0, 0);
    }

    /** A file shown or offered with the article: poster, download, preview, animation. */
    public static Output attachment(String name, Path file, OutputRole role, String mediaType, int width, int height) {
        return new Output(name, file, role, Placement.ATTACHMENT, mediaType, null, null, width, height);
    }

    /** A file that becomes an article of its own, linked to the job's inputs. */
    public static Output newArticle(String name, Path file, OutputRole role, String mediaType) {
        return new Output(name, file, role, Placement.NEW_ARTICLE, mediaType, null, null, 0, 0);
    }
}
