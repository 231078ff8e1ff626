package io.regie.core.accounts;

import java.util.UUID;

/**
 * Everything that somebody made belongs to somebody else from now on. Fired inside the transaction; each feature hands
 * over what is its own.
 */
public record WorkTransferred(UUID from, UUID to) {}
