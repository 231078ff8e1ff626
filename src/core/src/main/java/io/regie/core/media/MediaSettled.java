package io.regie.core.media;

import java.util.UUID;

/**
 * Everything that an article waited for has ended. Fired inside the transaction.
 *
 * @param ready whether there is something to see; it failed otherwise
 */
public record MediaSettled(UUID article, UUID owner, String title, boolean ready) {}
