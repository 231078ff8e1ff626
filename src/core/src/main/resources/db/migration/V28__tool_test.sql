-- How the last try of the media tools went; no row before the first one. Faults in full are for people, the flag is what
-- jobs ask before each attempt.
create table tool_test (
    one boolean primary key default true check (one),
    tested timestamptz not null,
    broken boolean not null,
    faults jsonb not null
);
