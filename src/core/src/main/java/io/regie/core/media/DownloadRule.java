package io.regie.core.media;

import io.regie.core.settings.Setting;

/** Who may take an article's file home. Whoever may edit the article always may. */
public enum DownloadRule {
    YES,
    SIGNED_IN,
    NO;

    /** Of articles that say nothing themselves. */
    static final Setting<DownloadRule> STANDARD = Setting.choice("media.downloads", YES);
}
