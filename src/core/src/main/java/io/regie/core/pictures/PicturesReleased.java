package io.regie.core.pictures;

import java.util.List;

/** No row names these pictures any more, once the transaction commits. */
public record PicturesReleased(List<Picture> pictures) {
    public PicturesReleased {
        pictures = List.copyOf(pictures);
    }
}
