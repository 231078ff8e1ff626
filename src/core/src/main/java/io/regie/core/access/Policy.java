package io.regie.core.access;

/** The coarse rule at a route. */
public enum Policy {
    /** Anybody, even before setup. Only what setup, sign-in and health need. */
    ALWAYS,
    /** Anybody, once the site is set up. */
    OPEN,
    /** Anybody signed in, with the route's scope. */
    SIGNED_IN,
    /** Administrators, with the route's scope. */
    ADMIN
}
