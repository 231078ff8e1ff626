create table account (
    id uuid primary key,
    email text not null,
    name text not null,
    role text not null check (role in ('CONTRIBUTOR', 'AUTHOR', 'EDITOR', 'ADMIN')),
    password_hash text not null,
    locale text,
    disabled boolean not null default false,
    created timestamptz not null,
    version bigint not null
);
create unique index account_email on account (lower(email));

-- Of a secret only its SHA-256 is kept: who reads this table cannot sign in with it.
create table session (
    id uuid primary key,
    account uuid not null references account (id) on delete cascade,
    hash bytea not null unique,
    created timestamptz not null,
    last_seen timestamptz not null,
    expires timestamptz not null
);
create index session_account on session (account);
create index session_expires on session (expires);

create table api_token (
    id uuid primary key,
    account uuid not null references account (id) on delete cascade,
    name text not null,
    hash bytea not null unique,
    scopes text not null,
    created timestamptz not null,
    expires timestamptz,
    last_used timestamptz
);
create index api_token_account on api_token (account);

-- One row: the newest one-time code, and when it was used.
create table setup (
    only_row boolean primary key default true check (only_row),
    code_hash bytea,
    done timestamptz
);
insert into setup default values;
