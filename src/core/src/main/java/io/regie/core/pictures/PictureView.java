package io.regie.core.pictures;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** One size of a picture as it is shown: news, categories and the site's branding tell theirs alike. */
public record PictureView(String url, int width, int height) {

    /** The answer to whoever sent a picture. @param sizes the largest first */
    public static JsonObject json(List<PictureView> sizes) {
        JsonArray pictures = new JsonArray();
        for (PictureView size : sizes) {
            pictures.add(new JsonObject()
                    .put("url", size.url)
                    .put("width", size.width)
                    .put("height", size.height));
        }
        return new JsonObject().put("pictures", pictures);
    }
}
