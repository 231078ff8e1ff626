-- News posts and editorials: dated texts beside the media.
CREATE TABLE news_post (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('NEWS_POST', 'EDITORIAL')),
    slug text NOT NULL UNIQUE,
    title text NOT NULL,
    -- A document; see io.regie.core.richtext.
    body text,
    -- Null is a draft, the future a scheduled post: who asks decides what time it is.
    published_at timestamptz,
    locale text NOT NULL,
    translation_group uuid NOT NULL,
    -- Who wrote it first, as long as there is such an account.
    author uuid REFERENCES account ON DELETE SET NULL,
    -- The illustration in its sizes, the largest first.
    pictures jsonb NOT NULL DEFAULT '[]',
    revision bigint NOT NULL DEFAULT 1,
    created timestamptz NOT NULL,
    changed timestamptz NOT NULL
);
-- As they are listed: drafts, then what is to come, then what is out.
CREATE INDEX news_post_listed ON news_post (kind, coalesce(published_at, 'infinity') DESC, id DESC);

-- Addresses that were given away keep leading to their post.
CREATE TABLE news_old_slug (
    slug text PRIMARY KEY,
    post uuid NOT NULL REFERENCES news_post ON DELETE CASCADE
);
CREATE INDEX news_old_slug_post ON news_old_slug (post);
