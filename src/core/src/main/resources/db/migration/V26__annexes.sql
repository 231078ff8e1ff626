-- Files that go with an article and are only ever handed out: a score, an archive of sources, a photo.
create table media_annex (
    -- Of the upload that brought it, so that one upload makes one.
    id uuid primary key,
    article uuid not null references media_article on delete cascade,
    position int not null,
    title text not null,
    filename text not null,
    -- By its first bytes, for people to know; it is served as no type that anything would open by itself.
    media_type text not null,
    storage_key text not null,
    sha256 text not null,
    bytes bigint not null,
    created_at timestamptz not null
);
create index media_annex_article on media_annex (article, position);
create index media_annex_key on media_annex (storage_key);
