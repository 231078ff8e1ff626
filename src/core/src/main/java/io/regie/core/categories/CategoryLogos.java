package io.regie.core.categories;

import io.regie.core.access.Caller;
import io.regie.core.pictures.Pictures;
import io.regie.core.pictures.Pictures.Size;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Logos of categories. */
@ApplicationScoped
public class CategoryLogos {

    private static final List<Size> SIZES = List.of(new Size(800, 800), new Size(400, 400), new Size(160, 160));

    private final CategoryService categories;
    private final Pictures pictures;

    CategoryLogos(CategoryService categories, Pictures pictures) {
        this.categories = categories;
        this.pictures = pictures;
    }

    /** Makes an image the logo. */
    CategoryView choose(Caller caller, UUID id, byte[] image) {
        categories.requireEditable(caller, id);
        return pictures.use(
                pictures.draw(image, Pictures.Format.WEBP, SIZES), drawn -> categories.illustrate(caller, id, drawn));
    }

    public CategoryView forget(Caller caller, UUID id) {
        return categories.illustrate(caller, id, List.of());
    }
}
