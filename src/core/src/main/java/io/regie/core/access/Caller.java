package io.regie.core.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, as far as their credentials say.
 *
 * @param account null for a visitor
 * @param via how they proved it; cookies need CSRF checks, tokens do not
 */
public record Caller(@Nullable UUID account, Role role, Set<Scope> scopes, Via via) {

    /** How a caller proved who they are. */
    public enum Via {
        NOTHING,
        SESSION,
        TOKEN,
        PASSWORD
    }

    private static final Caller VISITOR = new Caller(null, Role.VISITOR, Set.of(), Via.NOTHING);

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public static Caller visitor() {
        return VISITOR;
    }

    public boolean signedIn() {
        return account != null;
    }

    public boolean has(Scope scope) {
        return scopes.contains(Scope.EVERYTHING) || scopes.contains(scope);
    }
}
