-- What people write about media: description, publication, licence, slugs that once were, posters that people chose.

-- Null is a draft, the future a scheduled article. What nobody says otherwise about is published at once.
alter table media_article
    add column published_at timestamptz default now(),
    add column slug_chosen boolean not null default false,
    add column description text,
    add column licence text;
update media_article set published_at = created_at;

-- Addresses that were given away keep leading to their article.
create table old_slug (
    slug text primary key,
    article uuid not null references media_article on delete cascade,
    since timestamptz not null
);
create index old_slug_article on old_slug (article);

-- A chosen poster comes from no job and stays above whatever jobs make later.
alter table attachment alter column job drop not null;
alter table attachment add column chosen boolean not null default false;
