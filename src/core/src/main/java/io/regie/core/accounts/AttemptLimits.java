package io.regie.core.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.regie.core.problem.ProblemException;
import io.regie.core.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * How often somebody may be wrong. An attempt is paid for before it is judged, so that many at once are counted too;
 * being right gives it back. Whoever waits may try again: nobody is locked out for good. Each node counts for itself.
 */
@Singleton
class AttemptLimits {

    private static final int REMEMBERED = 20_000;

    private final TimeMeter clock;
    private final Kind pairs = new Kind(10, 5);
    private final Kind accounts = new Kind(50, 10);
    private final Kind addresses = new Kind(50, 30);
    private final Kind tokens = new Kind(60, 30);
    private final Kind codes = new Kind(10, 5);
    private final Kind resets = new Kind(3, 1);
    private final Kind resetAddresses = new Kind(30, 10);
    private final Kind links = new Kind(60, 30);

    AttemptLimits(InstantSource clock) {
        this.clock = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /** @throws ProblemException when it is too early for another attempt */
    void payPassword(String account, String address) {
        pay(addresses, address);
        try {
            pay(pairs, account + " " + address);
            try {
                pay(accounts, account);
            } catch (ProblemException e) {
                pairs.of(account + " " + address).addTokens(1);
                throw e;
            }
        } catch (ProblemException e) {
            addresses.of(address).addTokens(1);
            throw e;
        }
    }

    void giveBackPassword(String account, String address) {
        addresses.of(address).addTokens(1);
        pairs.of(account + " " + address).addTokens(1);
        accounts.of(account).addTokens(1);
    }

    /** After a wrong token; right ones always pass, as nobody guesses 256 bits. */
    void payToken(String address) {
        pay(tokens, address);
    }

    /** Asking for a new password: nobody's mailbox is to be filled, whether there is such an account or not. */
    void payReset(String account, String address) {
        pay(resetAddresses, address);
        pay(resets, account);
    }

    /** After a wrong link; right ones always pass. */
    void payLink(String address) {
        pay(links, address);
    }

    void paySetupCode(String address) {
        pay(codes, address);
    }

    void giveBackSetupCode(String address) {
        codes.of(address).addTokens(1);
    }

    private static void pay(Kind kind, String key) {
        ConsumptionProbe probe = kind.of(key).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999);
            throw ProblemException.later(
                    ProblemType.TOO_MANY_REQUESTS, wait, "access.too-many-attempts", Math.max(1, wait.toSeconds()));
        }
    }

    /** Buckets by key; the least used are forgotten when there are too many. */
    private final class Kind {

        private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(Duration.ofMinutes(30))
                .build();
        private final Bandwidth bandwidth;

        Kind(long atOnce, long perMinute) {
            bandwidth = Bandwidth.builder()
                    .capacity(atOnce)
                    .refillGreedy(perMinute, Duration.ofMinutes(1))
                    .build();
        }

        Bucket of(String key) {
            return buckets.get(key, ignored -> Bucket.builder()
                    .addLimit(bandwidth)
                    .withCustomTimePrecision(clock)
                    .build());
        }
    }
}
