package io.regie.core.access;

/** What an account may do on the site, from least to most. */
public enum Role {
    VISITOR,
    CONTRIBUTOR,
    AUTHOR,
    EDITOR,
    ADMIN;

    public boolean atLeast(Role other) {
        return compareTo(other) >= 0;
    }
}
