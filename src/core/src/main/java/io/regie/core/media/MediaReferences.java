package io.regie.core.media;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regie.core.storage.StorageReferences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The stored files that media articles need. */
@ApplicationScoped
class MediaReferences implements StorageReferences {

    private static final List<String> PLACES = List.of(
            "select originalKey from MediaArticle where originalKey ",
            "select storageKey from RenditionRow where storageKey ",
            "select storageKey from Attachment where storageKey ",
            "select storageKey from Annex where storageKey ");

    private final EntityManager database;

    MediaReferences(EntityManager database) {
        this.database = database;
    }

    @Override
    public Set<String> referenced(Collection<String> keys) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            Set<String> found = new HashSet<>();
            for (String place : PLACES) {
                found.addAll(database.createQuery(place + "in :keys", String.class)
                        .setParameter("keys", keys)
                        .getResultList());
            }
            return found;
        });
    }

    @Override
    public Stream<String> all() {
        return QuarkusTransaction.joiningExisting()
                .call(() -> PLACES.stream()
                        .flatMap(place ->
                                database.createQuery(place + "is not null", String.class).getResultList().stream())
                        .toList())
                .stream();
    }
}
