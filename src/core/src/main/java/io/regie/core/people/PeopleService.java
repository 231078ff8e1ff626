package io.regie.core.people;

import io.regie.core.accounts.AccountService;
import io.regie.core.accounts.AccountView;
import io.regie.core.media.Holdings;
import io.regie.core.media.Holdings.Holding;
import io.regie.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everybody with an account, and what they have. */
@ApplicationScoped
public class PeopleService {

    private final AccountService accounts;
    private final Holdings holdings;

    PeopleService(AccountService accounts, Holdings holdings) {
        this.accounts = accounts;
        this.holdings = holdings;
    }

    /** By name. */
    @Transactional
    public List<PersonView> list() {
        Map<UUID, Instant> signIns = accounts.lastSignIns();
        Map<UUID, Holding> all = holdings.all();
        return accounts.list().stream()
                .map(account -> person(account, signIns.get(account.id()), all.get(account.id())))
                .toList();
    }

    /** @throws ProblemException when there is no such account */
    @Transactional
    public PersonView require(UUID id) {
        return list().stream()
                .filter(person -> person.id().equals(id))
                .findFirst()
                .orElseThrow(ProblemException::notFound);
    }

    private static PersonView person(AccountView account, @Nullable Instant lastSignIn, @Nullable Holding has) {
        return new PersonView(
                account.id(),
                account.email(),
                account.name(),
                account.role(),
                account.disabled(),
                account.created(),
                lastSignIn,
                has == null ? 0 : has.articles(),
                has == null ? 0 : has.bytes());
    }
}
