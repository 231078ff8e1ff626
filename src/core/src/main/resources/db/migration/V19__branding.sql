-- The site's own images, in their sizes, the largest first. They belong to the site and not to a theme: whichever theme
-- shows them, they stay.
CREATE TABLE brand_image (
    kind text PRIMARY KEY CHECK (kind IN ('LOGO', 'BANNER', 'BACKGROUND', 'FAVICON')),
    pictures jsonb NOT NULL,
    changed timestamptz NOT NULL
);
