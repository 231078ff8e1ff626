package io.regie.core.branding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.regie.core.database.Sql;
import io.regie.core.pictures.Picture;
import io.regie.core.process.ProtocolJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows of the site's images. */
@Singleton
class BrandImages {

    private final Sql sql;

    BrandImages(Sql sql) {
        this.sql = sql;
    }

    Map<BrandKind, List<Picture>> all() {
        Map<BrandKind, List<Picture>> all = new EnumMap<>(BrandKind.class);
        sql.list(
                "SELECT kind, pictures FROM brand_image",
                row -> all.put(BrandKind.valueOf(row.getString(1)), pictures(row.getString(2))));
        return all;
    }

    /** @return what it replaces */
    List<Picture> put(BrandKind kind, List<Picture> pictures, Instant now) {
        List<Picture> before = take(kind);
        sql.update(
                "INSERT INTO brand_image (kind, pictures, changed) VALUES (?, ?::jsonb, ?)",
                kind.name(),
                ProtocolJson.write(pictures),
                now);
        return before;
    }

    /** @return what is no image of the site any more */
    List<Picture> take(BrandKind kind) {
        // One at a time: of two that come at once, the second replaces the first.
        sql.find("SELECT 1 FROM (SELECT pg_advisory_xact_lock(7301965545)) AS held", row -> 1);
        return sql.find(
                        "DELETE FROM brand_image WHERE kind = ? RETURNING pictures",
                        row -> pictures(row.getString(1)),
                        kind.name())
                .orElse(List.of());
    }

    List<String> keys() {
        return all().values().stream().flatMap(List::stream).map(Picture::key).toList();
    }

    Set<String> keysAmong(Collection<String> keys) {
        return keys().stream().filter(keys::contains).collect(Collectors.toSet());
    }

    private static List<Picture> pictures(String json) {
        try {
            return ProtocolJson.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An image of the site is unreadable", e);
        }
    }
}
