-- When a recording ended; null for what is no recording, or still runs.
ALTER TABLE media_article ADD COLUMN recorded_at timestamptz;
-- Only people delete it.
ALTER TABLE media_article ADD COLUMN kept boolean NOT NULL DEFAULT false;
UPDATE media_article SET recorded_at = run.ended
    FROM live_run run WHERE run.article = media_article.id AND run.kind = 'RECORD';
CREATE INDEX media_article_recorded ON media_article (recorded_at) WHERE recorded_at IS NOT NULL AND NOT kept;

-- Days; zero for ever; null as the site says.
ALTER TABLE live_stream ADD COLUMN keep_days integer CHECK (keep_days >= 0);

-- What is known of a recording outlives the stream that it was made of.
ALTER TABLE live_run ALTER COLUMN live_stream DROP NOT NULL;
ALTER TABLE live_run DROP CONSTRAINT live_run_live_stream_fkey;
ALTER TABLE live_run ADD FOREIGN KEY (live_stream) REFERENCES live_stream ON DELETE SET NULL;
CREATE INDEX live_run_article ON live_run (article) WHERE article IS NOT NULL;
CREATE INDEX live_run_begun ON live_run (begun) WHERE kind = 'RECORD';

-- What was deleted because it was old, or to make room.
CREATE TABLE live_deletion (
    article uuid PRIMARY KEY,
    title text NOT NULL,
    recorded timestamptz NOT NULL,
    bytes bigint NOT NULL,
    cause text NOT NULL CHECK (cause IN ('AGE', 'SPACE')),
    deleted timestamptz NOT NULL
);
CREATE INDEX live_deletion_deleted ON live_deletion (deleted);
