package io.regie.core.branding;

/** The site's images changed, on this node. */
record BrandingChanged() {}
