package io.regie.core.jobs;

import io.regie.core.egress.EgressPolicy;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A live stream to read from, for as long as an attempt begins. Never written down.
 *
 * @param uri with credentials
 * @param options of its protocol
 * @param secrets among these, beside what is secret of the address
 * @param policy where an attempt may connect to
 */
public record LiveOrigin(URI uri, Map<String, String> options, Set<String> secrets, EgressPolicy policy) {
    private static final int SHORTEST = 3;

    public LiveOrigin {
        options = Map.copyOf(options);
        secrets = Set.copyOf(secrets);
    }

    /** All texts that must not be read anywhere. */
    Set<String> hidden() {
        Set<String> hidden = new HashSet<>(secrets);
        String user = uri.getUserInfo();
        if (user != null) {
            hidden.add(user);
            hidden.add(uri.getRawUserInfo());
            hidden.add(user.substring(user.indexOf(':') + 1));
            String raw = uri.getRawUserInfo();
            hidden.add(raw.substring(raw.indexOf(':') + 1));
        }
        if (uri.getRawQuery() != null) {
            hidden.add(uri.getRawQuery());
            hidden.add(uri.getQuery());
        }
        // Hiding what is as short as a word would hide nothing and make every line unreadable.
        hidden.removeIf(text -> text.length() < SHORTEST);
        return hidden;
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://***";
    }
}
