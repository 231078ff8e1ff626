package io.regie.core.media;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.regie.core.access.Caller;
import io.regie.core.access.Role;
import io.regie.core.access.Scope;
import io.regie.core.access.Visibility;
import io.regie.spi.MediaKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class MediaArticles implements PanacheRepositoryBase<MediaArticle, UUID> {

    /** The row, held against other writers until the transaction ends. */
    Optional<MediaArticle> findLocked(UUID id) {
        return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<MediaArticle> findBySlug(String slug) {
        return find("slug", slug).firstResultOptional();
    }

    Optional<MediaArticle> findByUpload(UUID upload) {
        return find("upload", upload).firstResultOptional();
    }

    Optional<MediaArticle> findSameFile(UUID owner, String sha256) {
        return find(
                        "owner = ?1 and originalSha256 = ?2 and originalKey is not null and trashedAt is null",
                        owner,
                        sha256)
                .firstResultOptional();
    }

    long originalBytes(UUID owner) {
        return getEntityManager()
                .createQuery(
                        "select coalesce(sum(originalBytes), 0) from MediaArticle"
                                + " where owner = :owner and originalKey is not null",
                        Long.class)
                .setParameter("owner", owner)
                .getSingleResult();
    }

    boolean slugTaken(String slug) {
        return count("slug", slug) > 0;
    }

    /**
     * The articles this caller finds in lists, newest first: public ones with something to see, and those they make.
     *
     * @param after the last article of the page before
     */
    List<MediaArticle> newest(
            Caller caller,
            Instant now,
            @Nullable String words,
            @Nullable MediaKind kind,
            @Nullable After after,
            int limit) {
        List<String> conditions = new ArrayList<>(List.of("trashedAt is null"));
        Map<String, Object> values = new HashMap<>();
        boolean signedIn = caller.signedIn() && caller.has(Scope.MEDIA_READ);
        if (!signedIn || !caller.role().atLeast(Role.EDITOR)) {
            String listed = "visibility = :public and publishedAt <= :now and (playable or state = :ready)";
            values.put("now", now);
            values.put("public", Visibility.PUBLIC);
            values.put("ready", ArticleState.READY);
            if (signedIn) {
                conditions.add("(owner = :owner or (" + listed + "))");
                values.put("owner", caller.account());
            } else {
                conditions.add(listed);
            }
        }
        if (kind != null) {
            conditions.add("kind = :kind");
            values.put("kind", kind);
        }
        if (words != null) {
            conditions.add("cast(sql('search @@ cast(? as tsquery)', :words) as Boolean) = true");
            values.put("words", SearchWords.asked(words).orElse(""));
        }
        if (after != null) {
            conditions.add("(createdAt < :time or (createdAt = :time and id < :id))");
            values.put("time", after.time());
            values.put("id", after.id());
        }
        String where = conditions.isEmpty() ? "" : String.join(" and ", conditions) + " ";
        return find(where + "order by createdAt desc, id desc", values)
                .page(0, limit)
                .list();
    }

    /** Where a page of a list begins. */
    record After(Instant time, UUID id) {}
}
