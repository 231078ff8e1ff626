-- Kept apart from sessions, which go when somebody signs out.
alter table account add column last_sign_in timestamptz;
update account set last_sign_in = (select max(created) from session where session.account = account.id);

-- Of a link only the SHA-256 of its secret is kept. Used ones stay a while, to say so to whoever opens them again.
create table invitation (
    id uuid primary key,
    email text not null,
    role text not null check (role in ('CONTRIBUTOR', 'AUTHOR', 'EDITOR', 'ADMIN')),
    hash bytea not null unique,
    -- without this administrator's word nobody comes in
    invited_by uuid not null references account (id) on delete cascade,
    created timestamptz not null,
    expires timestamptz not null,
    used timestamptz
);
create index invitation_email on invitation (email);

create table password_reset (
    id uuid primary key,
    account uuid not null references account (id) on delete cascade,
    hash bytea not null unique,
    created timestamptz not null,
    expires timestamptz not null,
    used timestamptz
);
create index password_reset_account on password_reset (account);

-- Mail that is to leave, and for a while what became of it. The text is sealed, as it may hold a link that opens
-- something, and it goes as soon as nobody needs it any more.
create table mail (
    id uuid primary key,
    recipient text not null,
    subject text not null,
    sealed_text text,
    state text not null check (state in ('WAITING', 'SENT', 'FAILED')),
    attempts int not null default 0,
    failure text,
    created timestamptz not null,
    ended timestamptz
);
create index mail_ended on mail (ended);
create table pool_mail (like pool_probe including all);
