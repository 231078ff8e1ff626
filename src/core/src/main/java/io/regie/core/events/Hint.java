package io.regie.core.events;

import io.regie.core.access.Guarded;

/**
 * Something changed; whoever cares fetches it again.
 *
 * @param type {@code media}, {@code job}, {@code live-stream}, {@code news}, {@code category} or {@code notification}
 * @param version rises with each change of the thing
 * @param subject who may hear of it: checked for each listener when the hint is sent
 */
public record Hint(String type, String id, long version, Guarded subject) {}
