package io.regie.core.uploads;

import io.regie.core.access.Visibility;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An upload to begin. @param length null when it will be declared later */
record UploadDraft(UUID owner, UploadMetadata metadata, Visibility visibility, @Nullable Long length) {}
