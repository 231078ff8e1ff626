package io.regie.core.media;

import java.util.List;

/** No row names these keys any more, once the transaction commits. */
record FilesReleased(List<String> keys) {
    FilesReleased {
        keys = List.copyOf(keys);
    }
}
