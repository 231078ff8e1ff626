-- Whether a plan began it, not a person: nobody watches it fail.
alter table live_run add column planned boolean not null default false;
