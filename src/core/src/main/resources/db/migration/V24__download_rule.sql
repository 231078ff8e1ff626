-- Who may take an article's file home; null for what the site says.
alter table media_article add column download text;
