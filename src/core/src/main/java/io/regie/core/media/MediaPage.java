package io.regie.core.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a list. @param nextCursor where the next one begins, null at the end */
public record MediaPage(List<MediaView> items, @Nullable String nextCursor) {}
