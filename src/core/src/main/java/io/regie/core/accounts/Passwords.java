package io.regie.core.accounts;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id: 19 MiB, two passes (OWASP's first choice), 60 to 100 ms on the machine this was
 * measured on. Few at once, so that memory stays small.
 *
 * <p>A password has 8 to 1024 characters of any kind. It is compared in Unicode form NFKC: keyboards that compose
 * characters differently type the same password.
 */
@Singleton
class Passwords {

    static final int SHORTEST = 8;
    static final int LONGEST = 1024;

    /** Keeps 19 MiB for good from its first use on, so the first is not a start but somebody's password. */
    private static final class Hashing {
        private static final Argon2Function ARGON2 = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of those with at least eight characters, the ones that every list of stolen passwords starts with. */
    private static final Set<String> COMMON = Set.of(
            "password",
            "password1",
            "password12",
            "password123",
            "passw0rd",
            "12345678",
            "123456789",
            "1234567890",
            "123123123",
            "987654321",
            "11111111",
            "00000000",
            "88888888",
            "12341234",
            "1q2w3e4r",
            "1q2w3e4r5t",
            "1qaz2wsx",
            "qwertyui",
            "qwertyuiop",
            "qwerty123",
            "qwerty1234",
            "azertyuiop",
            "abcd1234",
            "abc12345",
            "asdfghjk",
            "asdfghjkl",
            "iloveyou",
            "iloveyou1",
            "sunshine",
            "princess",
            "football",
            "baseball",
            "superman",
            "trustno1",
            "welcome1",
            "welcome123",
            "letmein1",
            "admin123",
            "admin1234",
            "administrator",
            "changeme",
            "changeme1",
            "motdepasse",
            "soleil123",
            "doudou123",
            "bonjour1",
            "marseille",
            "computer",
            "internet",
            "starwars",
            "whatever",
            "michelle",
            "jennifer",
            "zaq12wsx",
            "q1w2e3r4",
            "aa123456",
            "a1b2c3d4",
            "11223344",
            "1234qwer",
            "qwer1234");

    /** What an unknown account's password is compared with, to take the same time; matching it opens nothing. */
    static final String NOBODY =
            "$argon2id$v=19$m=19456,t=2,p=1" + "$AAAAAAAAAAAAAAAAAAAAAA$/bBYHQ5sKKXCK339tECLQQaYWRSe86cRovRjUg7O26s";

    private final Semaphore places;

    Passwords(AccountsConfig config) {
        places = new Semaphore(config.passwords().parallel(), true);
    }

    /** @throws ProblemException when the password must not be used */
    void check(String password, String email) {
        String normal = normal(password);
        int length = normal.codePointCount(0, normal.length());
        if (length < SHORTEST || length > LONGEST) {
            throw refusal("accounts.password-length", SHORTEST, LONGEST);
        }
        String plain = normal.toLowerCase(Locale.ROOT);
        if (COMMON.contains(plain) || plain.equals(Emails.normal(email))) {
            throw refusal("accounts.password-common");
        }
    }

    String hash(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return inTurn(() -> Hashing.ARGON2.hash(bytes(password), salt).getResult());
    }

    /** @param hash null for an account that does not exist; takes as long as any other */
    boolean matches(String password, @Nullable String hash) {
        String expected = hash == null ? NOBODY : hash;
        // Nobody has a longer one, but its length would show in the time.
        String bounded = password.length() > 2 * LONGEST ? password.substring(0, 2 * LONGEST) : password;
        boolean equal = inTurn(() -> Argon2Function.getInstanceFromHash(expected)
                .check(bytes(bounded), expected.getBytes(StandardCharsets.US_ASCII)));
        return equal && hash != null;
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.later(ProblemType.UNAVAILABLE, PATIENCE, "accounts.busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private static byte[] bytes(String password) {
        return normal(password).getBytes(StandardCharsets.UTF_8);
    }

    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static ProblemException refusal(String key, Object... arguments) {
        return ProblemException.invalidField("password", key, arguments);
    }
}
