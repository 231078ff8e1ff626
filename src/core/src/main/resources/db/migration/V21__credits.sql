-- Who made it: name and role of each, as JSON, read and replaced as a whole.
ALTER TABLE media_article ADD COLUMN credits text NOT NULL DEFAULT '[]';
