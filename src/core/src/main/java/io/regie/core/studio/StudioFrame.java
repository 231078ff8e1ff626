package io.regie.core.studio;

import io.regie.core.access.Role;
import java.util.Locale;

/**
 * What every page of the studio stands in.
 *
 * @param section the navigation's entry that this page belongs to
 * @param nonce what this one answer's own scripts and styles carry
 * @param live whether there are live streams to see
 * @param unread how many notifications nobody looked at yet
 * @param account the name of who is signed in
 * @param here the address of this page, to come back to
 */
public record StudioFrame(
        Section section,
        Locale locale,
        String nonce,
        String csrf,
        String siteName,
        boolean live,
        int unread,
        String account,
        Role role,
        Theme theme,
        String script,
        String stylesheet,
        String here) {

    public String language() {
        return locale.getLanguage();
    }

    public boolean in(String entry) {
        return section.name().equals(entry);
    }

    public boolean admin() {
        return role == Role.ADMIN;
    }

    public boolean editor() {
        return role.atLeast(Role.EDITOR);
    }

    /** The first letter, for the picture of who has none. */
    public String initial() {
        return account.isEmpty() ? "?" : new String(Character.toChars(account.codePointAt(0))).toUpperCase(locale);
    }
}
