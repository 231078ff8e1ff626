package io.regie.core.news;

import io.regie.core.access.Caller;
import io.regie.core.pictures.Pictures;
import io.regie.core.pictures.Pictures.Size;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Illustrations of posts. */
@ApplicationScoped
public class NewsPictures {

    private static final List<Size> SIZES = List.of(new Size(1600, 1600), new Size(800, 800), new Size(400, 400));

    private final NewsService news;
    private final Pictures pictures;

    NewsPictures(NewsService news, Pictures pictures) {
        this.news = news;
        this.pictures = pictures;
    }

    /** Makes an image the illustration. */
    NewsView choose(Caller caller, UUID id, byte[] image) {
        news.requireEditable(caller, id);
        return pictures.use(
                pictures.draw(image, Pictures.Format.WEBP, SIZES), drawn -> news.illustrate(caller, id, drawn));
    }

    public NewsView forget(Caller caller, UUID id) {
        return news.illustrate(caller, id, List.of());
    }
}
