package io.regie.core.accounts;

import io.regie.core.mail.MailWriter;
import jakarta.inject.Singleton;

/** The mail for somebody who forgot their password, if there is such an account. */
@Singleton
class WriteResetMail implements MailWriter {

    static final String NAME = "password-reset";

    private final PasswordResetService resets;

    WriteResetMail(PasswordResetService resets) {
        this.resets = resets;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void write(String email) {
        resets.write(email);
    }
}
