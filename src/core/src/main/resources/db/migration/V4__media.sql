-- Media articles, what jobs made of their originals, and which jobs decide on readiness.

create table media_article (
    id uuid primary key,
    owner uuid not null,
    slug text not null unique,
    title text not null,
    title_chosen boolean not null,
    kind text not null check (kind in ('VIDEO', 'AUDIO', 'IMAGE', 'DOCUMENT')),
    visibility text not null check (visibility in ('PUBLIC', 'UNLISTED', 'PRIVATE')),
    state text not null check (state in ('PROCESSING', 'READY', 'FAILED')),
    playable boolean not null,
    failure_reason text,
    failure text,
    locale text not null,
    translation_group uuid not null,
    upload uuid unique,
    made_from uuid,
    filename text not null,
    media_type text not null,
    original_key text,
    original_bytes bigint not null,
    original_sha256 text not null,
    original_info text,
    revision bigint not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    search tsvector generated always as (to_tsvector('simple', title)) stored
);
create index media_article_newest on media_article (created_at desc, id desc);
create index media_article_owner on media_article (owner, created_at desc, id desc);
create index media_article_search on media_article using gin (search);
create index media_article_same_file on media_article (owner, original_sha256);

-- One encoded version, made by one attempt. GROWING: in the attempt's workspace; RETIRED: replaced, still answering.
create table rendition (
    id uuid primary key,
    article uuid not null references media_article on delete cascade,
    job uuid not null,
    job_type text not null,
    attempt int not null,
    name text not null,
    state text not null check (state in ('GROWING', 'FINISHED', 'RETIRED')),
    track text not null check (track in ('VIDEO', 'AUDIO')),
    codecs text not null,
    width int not null,
    height int not null,
    frame_rate double precision not null,
    channels int not null,
    sample_rate int not null,
    language text,
    peak_bandwidth bigint not null,
    average_bandwidth bigint not null,
    init_offset bigint not null,
    init_length bigint not null,
    growing_file text,
    storage_key text,
    sha256 text,
    bytes bigint not null,
    segments text,
    finished_at timestamptz,
    retired_at timestamptz,
    unique (job, attempt, name)
);
create index rendition_article on rendition (article);
create index rendition_key on rendition (storage_key);

-- What may already be served of a growing rendition; times in microseconds.
create table early_segment (
    rendition uuid not null references rendition on delete cascade,
    position int not null,
    start_time bigint not null,
    duration bigint not null,
    byte_offset bigint not null,
    byte_length bigint not null,
    primary key (rendition, position)
);

-- Posters, storyboards, downloads, previews and the like.
create table attachment (
    id uuid primary key,
    article uuid not null references media_article on delete cascade,
    job uuid not null,
    role text not null,
    name text not null,
    media_type text not null,
    storage_key text not null,
    sha256 text not null,
    bytes bigint not null,
    width int not null,
    height int not null,
    storyboard text,
    created_at timestamptz not null,
    retired_at timestamptz
);
create index attachment_article on attachment (article);
create index attachment_key on attachment (storage_key);

-- The jobs whose end decides whether an article is ready.
create table essential_job (
    job uuid primary key,
    article uuid not null references media_article on delete cascade,
    ended boolean not null
);
create index essential_job_article on essential_job (article);
