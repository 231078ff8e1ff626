-- What is said in media, and where its parts begin.

CREATE TABLE caption_track (
    id uuid PRIMARY KEY,
    article uuid NOT NULL REFERENCES media_article ON DELETE CASCADE,
    kind text NOT NULL,
    language text NOT NULL,
    label text NOT NULL,
    -- Shown to whoever has chosen nothing.
    standard boolean NOT NULL,
    -- WebVTT of our own writing, read and replaced as a whole.
    cues text NOT NULL,
    cue_count int NOT NULL,
    revision bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX caption_track_article ON caption_track (article, created_at);
CREATE UNIQUE INDEX caption_track_standard ON caption_track (article) WHERE standard;

CREATE TABLE chapter_list (
    article uuid PRIMARY KEY REFERENCES media_article ON DELETE CASCADE,
    -- Start and title of each, as JSON, read and replaced as a whole.
    chapters text NOT NULL,
    revision bigint NOT NULL,
    updated_at timestamptz NOT NULL
);
