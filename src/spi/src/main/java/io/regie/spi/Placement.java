package io.regie.spi;

/** Where an output goes. */
public enum Placement {
    /** Joins the article's renditions and thereby its manifests. */
    RENDITION,
    /** Is kept with the article and replaces the one of the same role and name. */
    ATTACHMENT,
    /** Becomes the original of a new article, owned by whoever started the job; its upload triggers run. */
    NEW_ARTICLE
}
