-- Categories: an order of the media that editors think up, in each other like folders.
CREATE TABLE category (
    id uuid PRIMARY KEY,
    -- Null at the top. Nothing is deleted with its parent: what is below moves up first.
    parent uuid REFERENCES category CHECK (parent <> id),
    -- Among its neighbours.
    position integer NOT NULL,
    name text NOT NULL,
    slug text NOT NULL UNIQUE,
    -- A document; see io.regie.core.richtext.
    body text,
    -- The logo in its sizes, the largest first.
    pictures jsonb NOT NULL DEFAULT '[]',
    locale text NOT NULL,
    translation_group uuid NOT NULL,
    revision bigint NOT NULL DEFAULT 1,
    created timestamptz NOT NULL,
    changed timestamptz NOT NULL
);
CREATE INDEX category_parent ON category (parent);

-- Addresses that were given away keep leading to their category.
CREATE TABLE category_old_slug (
    slug text PRIMARY KEY,
    category uuid NOT NULL REFERENCES category ON DELETE CASCADE
);
CREATE INDEX category_old_slug_category ON category_old_slug (category);

-- What is in which. An article may be in several.
CREATE TABLE media_article_category (
    article uuid NOT NULL REFERENCES media_article ON DELETE CASCADE,
    category uuid NOT NULL REFERENCES category ON DELETE CASCADE,
    PRIMARY KEY (article, category)
);
CREATE INDEX media_article_category_category ON media_article_category (category, article);
