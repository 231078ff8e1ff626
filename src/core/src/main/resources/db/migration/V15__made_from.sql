-- Which job made an article; null for what people brought.
ALTER TABLE media_article ADD COLUMN made_by uuid;
CREATE INDEX media_article_made_from ON media_article (made_from) WHERE made_from IS NOT NULL;
CREATE INDEX media_article_made_by ON media_article (made_by) WHERE made_by IS NOT NULL;

-- What a job works on besides the article that it is about.
CREATE TABLE media_source (
    id uuid PRIMARY KEY,
    job uuid NOT NULL,
    source uuid NOT NULL REFERENCES media_article ON DELETE CASCADE,
    position int NOT NULL
);
CREATE INDEX media_source_job ON media_source (job, position);
CREATE INDEX media_source_source ON media_source (source);
