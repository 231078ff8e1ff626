package io.regie.core.accounts;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Hashes as the application does, and counts how often somebody's guess was worth it. */
@Mock
@Singleton
class CountedPasswords extends Passwords {

    private final AtomicInteger comparisons = new AtomicInteger();

    CountedPasswords(AccountsConfig config) {
        super(config);
    }

    @Override
    boolean matches(String password, @Nullable String hash) {
        comparisons.incrementAndGet();
        return super.matches(password, hash);
    }

    /** How many guesses were compared while something was done. */
    int during(Runnable work) {
        int before = comparisons.get();
        work.run();
        return comparisons.get() - before;
    }
}
