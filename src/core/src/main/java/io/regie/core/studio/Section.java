package io.regie.core.studio;

/** The entries of the studio's navigation. */
public enum Section {
    OVERVIEW,
    UPLOAD,
    LIBRARY,
    NEWS,
    CATEGORIES,
    LIVE,
    JOBS,
    NOTIFICATIONS,
    ACCOUNT,
    BRANDING,
    PEOPLE,
    SETTINGS,
    SYSTEM
}
