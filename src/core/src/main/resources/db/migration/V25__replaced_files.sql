-- A new file for an article that has one already is prepared as an article of its own, which nobody lists. Once it plays,
-- the older one takes its file and all that was made of it, and it goes.
alter table media_article add column replaces uuid;
create unique index media_article_replaces on media_article (replaces) where replaces is not null;
