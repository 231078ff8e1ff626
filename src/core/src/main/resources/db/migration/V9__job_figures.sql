ALTER TABLE job
    -- What it was about when it was submitted: it outlives what it was about.
    ADD COLUMN label text NOT NULL DEFAULT '',
    -- Playing time of the first input.
    ADD COLUMN media_seconds double precision,
    -- Who ran the last attempt, and since when.
    ADD COLUMN node text,
    ADD COLUMN attempted timestamptz;
UPDATE job SET attempted = started, media_seconds = (inputs #>> '{0,info,duration}')::double precision;

CREATE INDEX job_newest ON job (created, id);
CREATE INDEX job_owner ON job (owner, created, id);
CREATE INDEX job_state ON job (state, created, id);
CREATE INDEX job_queued ON job (queued);
CREATE INDEX job_begun ON job (coalesce(started, ended));
CREATE INDEX job_ended ON job (ended);

-- What became of jobs whose rows are gone, by the days of the site's zone.
CREATE TABLE job_day (
    day date NOT NULL,
    owner uuid NOT NULL,
    type text NOT NULL,
    added bigint NOT NULL,
    begun bigint NOT NULL,
    done bigint NOT NULL,
    failed bigint NOT NULL,
    work_seconds double precision NOT NULL,
    media_seconds double precision NOT NULL,
    PRIMARY KEY (day, owner, type)
);
