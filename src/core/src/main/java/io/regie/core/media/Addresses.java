package io.regie.core.media;

import io.regie.core.access.Guarded;
import io.regie.core.access.Visibility;
import java.util.UUID;

/**
 * Where everything of an article is. Addresses of finished files never change their bytes; those of growing ones carry
 * job and attempt. Extensions are there because players and FFmpeg check them.
 */
final class Addresses {

    private Addresses() {}

    static String watch(MediaArticle article, Guarded guarded) {
        return "/watch/" + (guarded.visibility() == Visibility.PUBLIC ? article.slug : article.id);
    }

    static String multivariant(UUID article) {
        return "/media/" + article + "/master.m3u8";
    }

    static String dash(UUID article) {
        return "/media/" + article + "/manifest.mpd";
    }

    /** The playlist a new player gets: of the final file when there is one, else of the growing one. */
    static String playlist(RenditionRow row) {
        return row.state == RenditionRow.State.GROWING
                ? earlyPlaylist(row)
                : base(row) + "/renditions/" + row.id + ".m3u8";
    }

    static String file(RenditionRow row) {
        return base(row) + "/renditions/" + row.id + ".mp4";
    }

    static String earlyPlaylist(RenditionRow row) {
        return early(row) + ".m3u8";
    }

    static String earlyFile(RenditionRow row) {
        return early(row) + ".mp4";
    }

    static String attachment(Attachment attachment) {
        return "/media/" + attachment.article + "/files/" + attachment.id + "." + extension(attachment.storageKey);
    }

    static String download(Attachment attachment) {
        return "/media/" + attachment.article + "/downloads/" + attachment.id + "." + extension(attachment.storageKey);
    }

    static String storyboard(Attachment sheet) {
        return "/media/" + sheet.article + "/storyboards/" + sheet.id + ".vtt";
    }

    static String captions(UUID article, UUID track) {
        return "/media/" + article + "/captions/" + track + ".vtt";
    }

    static String captionPlaylist(UUID article, UUID track) {
        return "/media/" + article + "/captions/" + track + ".m3u8";
    }

    static String captionSegment(UUID article, UUID track, int position) {
        return "/media/" + article + "/captions/" + track + "/" + position + ".vtt";
    }

    /** @param form {@code vtt}, or {@code json} as players of HLS read it */
    static String chapters(UUID article, String form) {
        return "/media/" + article + "/chapters/chapters." + form;
    }

    /** Without an extension: what follows from one is not to follow here. */
    static String annex(Annex annex) {
        return "/media/" + annex.article + "/annexes/" + annex.id;
    }

    static String original(MediaArticle article, String key) {
        return "/media/" + article.id + "/original." + extension(key);
    }

    static String extension(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static String base(RenditionRow row) {
        return "/media/" + row.article;
    }

    private static String early(RenditionRow row) {
        return base(row) + "/early/" + row.job + "-" + row.attempt + "/" + row.name;
    }
}
