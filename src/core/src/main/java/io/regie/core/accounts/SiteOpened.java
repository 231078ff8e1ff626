package io.regie.core.accounts;

import java.util.Locale;
import java.util.UUID;

/**
 * A new site has its first administrator. Fired inside the transaction that sets it up.
 *
 * @param language of the site
 * @param sampleContent whether a first article is to show how things look
 */
public record SiteOpened(UUID administrator, Locale language, boolean sampleContent) {}
