package io.regie.core.plugins;

import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Trigger;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the installed plugins can do. */
public interface JobTypes {

    Optional<JobType> find(String id);

    /** The types that this trigger starts for an original of this kind. */
    List<JobType> startedBy(Trigger trigger, MediaKind kind);

    /** The types that this trigger starts. */
    List<JobType> startedBy(Trigger trigger);

    /**
     * What the plugin that carries a type says for a key of its bundle: in this language, else in English, else the key.
     * Plain text of a stranger.
     */
    String text(String typeId, String key, Locale locale);

    /** The title of a type for people; its id when no installed plugin has it. */
    default String title(String typeId, Locale locale) {
        return find(typeId).map(type -> text(typeId, type.title(), locale)).orElse(typeId);
    }

    /** The jar that carries a type. */
    Path jarOf(String typeId);
}
