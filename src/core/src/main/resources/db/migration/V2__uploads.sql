-- Uploads that grow, and for a while those that ended, so that their outcome can be asked again.
create table upload (
    id uuid primary key,
    owner uuid not null,
    -- the header as it came: clients may ask for it again
    metadata text,
    filename text not null,
    title text,
    visibility text not null check (visibility in ('PUBLIC', 'UNLISTED', 'PRIVATE')),
    -- null until a deferred length is declared
    length bigint check (length >= 0),
    -- what it takes from its owner's quota, and the most it can become
    reserved bigint not null check (reserved >= 0),
    -- bytes that were durable when a client was told so
    acknowledged bigint not null default 0 check (acknowledged >= 0),
    -- the boot of the machine on which more bytes than those count; null when they do not
    boot text,
    state text not null default 'RECEIVING' check (state in ('RECEIVING', 'FINISHED', 'REFUSED')),
    article uuid,
    duplicate_of uuid,
    problem_type text,
    problem_key text,
    problem_arguments text,
    created timestamptz not null,
    expires timestamptz not null
);

create index upload_receiving on upload (owner) where state = 'RECEIVING';
create index upload_expires on upload (expires);
