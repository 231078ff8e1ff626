-- Plugins as their descriptors say; the jar lies in the data directory under its hash.
CREATE TABLE plugin (
    hash text PRIMARY KEY,
    id text,
    version text,
    file_name text NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    descriptor jsonb,
    failure text,
    described_by text NOT NULL,
    installed timestamptz NOT NULL,
    CHECK ((descriptor IS NULL) = (failure IS NOT NULL)),
    CHECK ((descriptor IS NULL) = (id IS NULL))
);
CREATE UNIQUE INDEX plugin_id ON plugin (id);

-- The truth about jobs. An attempt may change its row only while attempt and state are still its own.
CREATE TABLE job (
    id uuid PRIMARY KEY,
    type text NOT NULL,
    pool text NOT NULL,
    -- Names the row in the pool's table that will start it; an execution with another ticket is stale.
    ticket uuid NOT NULL,
    subject uuid NOT NULL,
    owner uuid NOT NULL,
    requested_by uuid,
    inputs jsonb NOT NULL,
    parameters jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'STOPPED')),
    -- What somebody wants of the running attempt.
    wish text CHECK (wish IN ('STOP', 'CANCEL')),
    attempt integer NOT NULL DEFAULT 0,
    crashes integer NOT NULL DEFAULT 0,
    interruptions integer NOT NULL DEFAULT 0,
    retries integer NOT NULL DEFAULT 0,
    progress double precision,
    furthest double precision NOT NULL DEFAULT 0,
    speed double precision,
    eta_seconds bigint,
    published jsonb NOT NULL DEFAULT '[]',
    result jsonb,
    failure jsonb,
    log text NOT NULL DEFAULT '',
    version bigint NOT NULL DEFAULT 1,
    created timestamptz NOT NULL,
    queued timestamptz NOT NULL,
    started timestamptz,
    ended timestamptz
);
CREATE INDEX job_subject ON job (subject, created);
CREATE INDEX job_waiting ON job (pool, queued) WHERE state = 'QUEUED';

-- What is gone, and with it every job about it that was there by then. Apart from the jobs, so that whoever deletes an
-- article never waits for a job that is about to change that very article.
CREATE TABLE job_discard (
    subject uuid PRIMARY KEY,
    at timestamptz NOT NULL
);

-- db-scheduler's table, one for each pool.
CREATE TABLE pool_probe (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamptz NOT NULL,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint NOT NULL,
    priority smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX pool_probe_due ON pool_probe (execution_time);
CREATE INDEX pool_probe_heartbeat ON pool_probe (last_heartbeat);
CREATE TABLE pool_batch (LIKE pool_probe INCLUDING ALL);
CREATE TABLE pool_live (LIKE pool_probe INCLUDING ALL);
CREATE TABLE pool_housekeeping (LIKE pool_probe INCLUDING ALL);
