package io.regie.core.plugins;

import io.regie.spi.JobType;
import io.regie.spi.MediaKind;
import io.regie.spi.Trigger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the installed plugins can do. */
public interface JobTypes {

    Optional<JobType> find(String id);

    /** The types that this trigger starts for an original of this kind. */
    List<JobType> startedBy(Trigger trigger, MediaKind kind);

    /** The jar that carries a type. */
    Path jarOf(String typeId);
}
