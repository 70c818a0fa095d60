-- The answers of somebody who is still being guided; found by a secret in a cookie, of which only the hash is kept.
create table drafts (
  secret_hash text not null,
  edition_id uuid not null references editions on delete cascade,
  answers jsonb not null,
  person_id uuid references people on delete cascade,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  submitted_at timestamptz,
  primary key (secret_hash, edition_id)
);
create index drafts_by_expiry on drafts (expires_at);
