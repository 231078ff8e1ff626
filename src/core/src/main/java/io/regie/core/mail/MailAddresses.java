package io.regie.core.mail;

import io.regie.core.problem.ProblemException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/** Addresses that mail can go to: one each, and nothing that could begin another header. */
final class MailAddresses {

    private static final int LONGEST = 254;

    private MailAddresses() {}

    static Optional<InternetAddress> parse(String text) {
        boolean odd = text.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c) || c == ',');
        if (odd || text.length() > LONGEST || text.indexOf('@') < 1) {
            return Optional.empty();
        }
        try {
            InternetAddress address = new InternetAddress(text, true);
            return text.equals(address.getAddress()) ? Optional.of(address) : Optional.empty();
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    static InternetAddress require(String text, String field) {
        return parse(text).orElseThrow(() -> ProblemException.invalidField(field, "mail.address"));
    }
}
