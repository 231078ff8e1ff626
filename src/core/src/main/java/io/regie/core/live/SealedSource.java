package io.regie.core.live;

import java.util.Map;

/** What opens a live stream, as it lies sealed in the database. */
record SealedSource(String uri, Map<String, String> options) {

    @Override
    public String toString() {
        return "***";
    }
}
