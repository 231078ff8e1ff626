package io.regie.core.themes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code theme.yaml} says.
 *
 * @param requires the oldest Regie version it works with
 * @param supports which branding images it shows, by {@code logo}, {@code banner}, {@code background}, {@code favicon}, and the
 *     size from which they look good there
 * @param settings what a site may choose
 * @param menus the places it has for menus
 * @param imageSizes the sizes it shows posters and illustrations in
 * @param screenshot an asset, for the gallery
 */
public record ThemeDescriptor(
        String title,
        String version,
        String requires,
        Optional<String> parent,
        Map<String, ImageSize> supports,
        List<Setting> settings,
        List<String> menus,
        Map<String, ImageSize> imageSizes,
        Optional<String> screenshot) {

    /** Pixels. */
    public record ImageSize(int width, int height) {}

    /** One choice of a site. @param type {@code text}, {@code boolean}, {@code color} or {@code choice} */
    public record Setting(String name, String type, String standard, List<String> choices) {}

    public ThemeDescriptor {
        supports = Map.copyOf(supports);
        settings = List.copyOf(settings);
        menus = List.copyOf(menus);
        imageSizes = Map.copyOf(imageSizes);
    }
}
