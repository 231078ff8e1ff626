package io.regie.core.branding;

import io.regie.core.pictures.Picture;
import java.util.List;
import java.util.Map;

/**
 * What a site shows of itself.
 *
 * @param slogan empty for none
 * @param images the sizes of each, the largest first; what is not there is not shown
 */
public record Branding(String name, String slogan, Map<BrandKind, List<Image>> images) {

    /** One size of an image. */
    public record Image(String url, int width, int height) {}

    public Branding {
        images = Map.copyOf(images);
    }

    static Image image(BrandKind kind, Picture picture) {
        return new Image(
                BrandingFiles.PREFIX + kind.word() + "/" + picture.fileName(), picture.width(), picture.height());
    }
}
