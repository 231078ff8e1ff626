package io.regie.core.access;

import io.regie.core.problem.ProblemException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds out who presents a credential. Every call may block. */
public interface Identification {

    /**
     * Who a credential belongs to.
     *
     * @param credential the session or token
     */
    record Identified(Caller caller, UUID credential) {}

    /** Empty when the session is unknown, expired or revoked. */
    Optional<Identified> bySession(String secret);

    /**
     * @param address of the client, for the limit on wrong attempts
     * @throws ProblemException when the token is not valid
     */
    Identified byToken(String secret, String address);

    /**
     * @param address of the client, for the limit on wrong attempts
     * @throws ProblemException when email or password are wrong, or came too often
     */
    Caller byPassword(String email, String password, String address);

    /** The credentials among these that are still good, with their callers as they are now. */
    Map<UUID, Caller> stillGood(Collection<UUID> credentials);
}
