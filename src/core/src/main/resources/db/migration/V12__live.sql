-- Sources that can be recorded. What opens one is not here.
CREATE TABLE live_stream (
    id uuid PRIMARY KEY,
    owner uuid NOT NULL,
    name text NOT NULL,
    -- Scheme, host and port: never user, password, path or query.
    address text NOT NULL,
    -- Those that are no secret.
    options jsonb NOT NULL DEFAULT '{}',
    -- Names of what is sealed: credentials, path, an option.
    secrets jsonb NOT NULL DEFAULT '[]',
    max_seconds bigint CHECK (max_seconds > 0),
    schedules jsonb NOT NULL DEFAULT '[]',
    -- The next window, as planned when the schedules or the site's zone last changed.
    next_start timestamptz,
    next_end timestamptz,
    revision bigint NOT NULL DEFAULT 1,
    created timestamptz NOT NULL,
    changed timestamptz NOT NULL
);
CREATE INDEX live_stream_owner ON live_stream (owner, created);
CREATE INDEX live_stream_due ON live_stream (next_start) WHERE next_start IS NOT NULL;

-- The whole address and the secret options, sealed with a key that is not in the database. Apart, so that no list or
-- view reads it by accident.
CREATE TABLE live_stream_secret (
    live_stream uuid PRIMARY KEY REFERENCES live_stream ON DELETE CASCADE,
    sealed text NOT NULL
);

-- Jobs that read a live stream: recordings and checks.
CREATE TABLE live_run (
    job uuid PRIMARY KEY,
    live_stream uuid NOT NULL REFERENCES live_stream ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('RECORD', 'CHECK')),
    -- What a recording becomes.
    article uuid,
    -- When it is to stop by itself.
    until timestamptz,
    state text NOT NULL DEFAULT 'RUNNING',
    figures jsonb NOT NULL DEFAULT '{}',
    facts jsonb NOT NULL DEFAULT '{}',
    snapshot text,
    begun timestamptz NOT NULL,
    ended timestamptz
);
CREATE INDEX live_run_stream ON live_run (live_stream, kind, begun);
-- One recording of a stream at a time.
CREATE UNIQUE INDEX live_run_recording ON live_run (live_stream) WHERE kind = 'RECORD' AND ended IS NULL;
CREATE INDEX live_run_until ON live_run (until) WHERE ended IS NULL;
