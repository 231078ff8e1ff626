package io.regie.core.accounts;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a new site is told about itself.
 *
 * @param language null leaves the site's as it is
 * @param name of its first administrator; null takes what the address begins with
 * @param sampleContent whether a first article is to show how things look
 */
record NewSite(
        String siteName,
        @Nullable Locale language,
        @Nullable String name,
        String email,
        String password,
        boolean sampleContent) {

    @Override
    public String toString() {
        return "NewSite[" + siteName + "]";
    }
}
