package io.regie.core.access;

import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Decides whether a caller passes a route's policy. A proxy, because REST filters exist before there is any
 * configuration.
 */
@ApplicationScoped
public class Gatekeeper {

    private final SiteState site;

    Gatekeeper(SiteState site) {
        this.site = site;
    }

    /** @throws ProblemException when the caller does not pass */
    public void check(Caller caller, Policy policy, Scope scope) {
        if (policy != Policy.ALWAYS && !site.open()) {
            throw ProblemException.later(ProblemType.UNAVAILABLE, Duration.ofSeconds(60), "access.setup-needed");
        }
        switch (policy) {
            case ALWAYS, OPEN -> {}
            case SIGNED_IN -> checkSignedIn(caller, scope);
            case ADMIN -> {
                checkSignedIn(caller, scope);
                if (caller.role() != Role.ADMIN) {
                    throw new ProblemException(ProblemType.FORBIDDEN, "forbidden");
                }
            }
        }
    }

    private static void checkSignedIn(Caller caller, Scope scope) {
        if (!caller.signedIn()) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "unauthenticated");
        }
        if (!caller.has(scope)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "access.scope", scope.word());
        }
    }
}
