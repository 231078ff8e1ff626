package io.regie.core.accounts;

import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses are names for signing in; whether mail arrives is not asked. */
final class Emails {

    private static final Pattern PLAUSIBLE = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");

    private Emails() {}

    /** One spelling for all upper and lower case. */
    static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    static boolean plausible(String email) {
        return PLAUSIBLE.matcher(email).matches();
    }
}
