package io.regie.core.branding;

import io.regie.core.pictures.Picture;
import io.regie.core.pictures.PictureView;
import java.util.List;
import java.util.Map;

/**
 * What a site shows of itself.
 *
 * @param slogan empty for none
 * @param images the sizes of each, the largest first; what is not there is not shown
 */
public record Branding(String name, String slogan, Map<BrandKind, List<PictureView>> images) {

    public Branding {
        images = Map.copyOf(images);
    }

    static PictureView image(BrandKind kind, Picture picture) {
        return picture.view(BrandingFiles.PREFIX + kind.word() + "/");
    }
}
