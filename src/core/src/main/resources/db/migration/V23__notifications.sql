-- What somebody is told. Words are made when it is shown, in the reader's language.
create table notification (
    id uuid primary key,
    account uuid not null references account (id) on delete cascade,
    kind text not null check (kind in ('FINISHED', 'FAILED', 'ATTENTION')),
    -- which words; names say what the words are about
    topic text not null,
    name text not null,
    link text not null,
    created timestamptz not null,
    in_app boolean not null,
    read timestamptz,
    -- null when it is not to be mailed, or was
    mail_due timestamptz
);
create index notification_account on notification (account, created desc, id);
create index notification_mail on notification (account) where mail_due is not null;

-- Who never chose has no row.
create table notification_choice (
    account uuid not null references account (id) on delete cascade,
    kind text not null check (kind in ('FINISHED', 'FAILED', 'ATTENTION')),
    in_app boolean not null,
    mail boolean not null,
    primary key (account, kind)
);

-- What administrators were told of and is still so: told once, until it was well in between.
create table known_concern (
    code text primary key,
    since timestamptz not null
);
