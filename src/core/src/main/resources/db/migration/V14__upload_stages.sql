-- Types of the jobs that an upload calls for and that are yet to start.
ALTER TABLE media_article ADD COLUMN upcoming text[] NOT NULL DEFAULT '{}';
