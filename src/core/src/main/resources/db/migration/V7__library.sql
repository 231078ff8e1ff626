-- Tags, the trash, and what lists of articles are searched, sorted and filtered by.

-- How people compare tags is the key; how the author of this article wrote it, the name.
create table media_tag (
    article uuid not null references media_article on delete cascade,
    key text collate "C" not null,
    name text not null,
    primary key (article, key)
);
create index media_tag_key on media_tag (key, article);

alter table media_article
    -- Hidden since, and deleted for good some minutes later.
    add trashed_at timestamptz,
    -- The next four are made of other columns whenever a row is written; the database cannot fold words as Java does.
    add tag_words text not null default '',
    add search_text text not null default '',
    add title_key text collate "C" not null default '',
    add duration_millis bigint not null default 0;

update media_article set
    search_text = trim(regexp_replace(lower(title || ' ' || filename), '[^a-z0-9\u0080-\uffff]+', ' ', 'g')),
    title_key = left(lower(title), 120),
    duration_millis = coalesce(round((original_info::jsonb ->> 'duration')::numeric * 1000)::bigint, 0);

-- Words come folded and apart; PostgreSQL's parser would see hosts and file names in them.
alter table media_article drop column search;
alter table media_article add search tsvector
    generated always as (array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))) stored;
create index media_article_search on media_article using gin (search);

-- Each order that a list can have, with the id so that the next page begins at exactly one place.
create index media_article_changed on media_article (updated_at desc, id desc);
create index media_article_title on media_article (title_key, id);
create index media_article_longest on media_article (duration_millis desc, id desc);
create index media_article_largest on media_article (original_bytes desc, id desc);
-- What is rare is found without reading what is not.
create index media_article_kind on media_article (kind, created_at desc, id desc);
create index media_article_state on media_article (state, created_at desc, id desc);
create index media_article_visibility on media_article (visibility, created_at desc, id desc);
create index media_article_listed on media_article (created_at desc, id desc)
    where visibility = 'PUBLIC' and (playable or state = 'READY') and trashed_at is null;
create index media_article_trash on media_article (trashed_at) where trashed_at is not null;
