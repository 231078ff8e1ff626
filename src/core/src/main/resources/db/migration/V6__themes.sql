-- What templates did wrong, for the administrators.
create table theme_failure (
    id         uuid primary key,
    theme      text not null,
    template   text not null,
    sentence   text not null,
    first_seen timestamptz not null,
    last_seen  timestamptz not null,
    unique (theme, template, sentence)
);
