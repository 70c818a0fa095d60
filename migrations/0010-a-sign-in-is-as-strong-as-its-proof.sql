-- How somebody proved who they are decides what a sign-in may: six digits by mail are not enough for a special role.
alter table sign_ins
  add column way text not null default 'code' check (way in ('code', 'passkey', 'provider')),
  -- What the provider vouched for (acr), and its own number of this sign-in, by which it ends it from its side.
  add column level text,
  add column provider_sign_in text,
  -- The browser and the machine in a few words, so that people know their own.
  add column device text check (length(device) <= 100),
  -- Noted once an hour at most.
  add column seen_at timestamptz;
create index sign_ins_by_provider on sign_ins (provider_sign_in) where provider_sign_in is not null;

-- A token can do no more than the sign-in it was made in; the operator of the machine has no sign-in to show.
alter table access_tokens
  add column way text not null default 'operator' check (way in ('operator', 'code', 'passkey', 'provider')),
  add column name text check (length(name) between 1 and 60),
  add column used_at timestamptz;

-- How we know that somebody is a civil servant: by their mail domain or their provider, which is asked again at each
-- sign-in; null when somebody said so by hand.
alter table people add column internal_by text check (internal_by in ('domain', 'provider'));

create table passkeys (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  credential text not null unique,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 60),
  -- The browser and the machine, and the sign-in, in which it was added: a passkey that is refused ends that sign-in.
  device text check (length(device) <= 100),
  added_in uuid references sign_ins on delete set null,
  created_at timestamptz not null,
  -- Later than created_at when it was added without a proof as strong as itself: meanwhile its owner is told and can refuse it.
  usable_at timestamptz not null check (usable_at >= created_at),
  used_at timestamptz
);
create index passkeys_by_person on passkeys (person_id);

-- What a browser was asked to prove, for a few minutes and once.
create table challenges (
  secret_hash text primary key,
  purpose text not null check (purpose in ('passkey-sign-in', 'passkey-new', 'provider')),
  person_id uuid references people on delete cascade,
  asked jsonb not null,
  expires_at timestamptz not null
);
create index challenges_by_age on challenges (expires_at);

-- Who somebody is at a provider.
create table provider_accounts (
  issuer text not null,
  subject text not null,
  person_id uuid not null references people on delete cascade,
  created_at timestamptz not null,
  primary key (issuer, subject)
);
create index provider_accounts_by_person on provider_accounts (person_id);

-- Twelve signs that whoever gave a role hands over by another way than mail: with them a first passkey counts at once.
-- One for each person; gone when it is used.
create table invitations (
  -- Null: for whoever comes first, who becomes the first administrator.
  person_id uuid unique nulls not distinct references people on delete cascade,
  code_hash text not null,
  created_at timestamptz not null,
  -- Null: until the next start.
  expires_at timestamptz,
  tries integer not null default 0
);
