create table organisations (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name jsonb not null check (jsonb_typeof(name) = 'object' and name <> '{}'::jsonb)
);

create table people (
  id uuid primary key,
  email text not null unique check (email = lower(email) and email like '%_@_%'),
  organisation_id uuid references organisations,
  is_internal boolean not null default false,
  language text not null default 'nl' check (language in ('nl', 'en')),
  access_needs text,
  created_at timestamptz not null
);

create table roles (
  person_id uuid not null references people on delete cascade,
  role text not null check (role in ('host', 'manager', 'moderator', 'team', 'admin')),
  scope text not null default '',
  granted_at timestamptz not null,
  primary key (person_id, role, scope)
);

-- A code of six digits by mail, only for the browser that asked for it. The hash is over the row's id, the code and the
-- browser's secret, which is nowhere in this database: the code alone opens nothing. It stands here only until its
-- letter has left, and is wiped in the statement that marks that letter.
create table sign_in_codes (
  id uuid primary key,
  email text not null,
  code_hash text not null,
  browser_hash text not null,
  code_to_send text check (code_to_send ~ '^[0-9]{6}$'),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0 check (tries between 0 and 5),
  -- Used, or put aside by the browser that asked for it.
  closed_at timestamptz
);
create index sign_in_codes_by_browser on sign_in_codes (browser_hash, id desc);
create index sign_in_codes_by_email on sign_in_codes (email, created_at desc);
create index sign_in_codes_by_age on sign_in_codes (created_at);

create table sign_ins (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  token_hash text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sign_ins_by_person on sign_ins (person_id);

-- For programs: a token of a person, with what it may do.
create table access_tokens (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  token_hash text not null unique,
  scopes text[] not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index access_tokens_by_person on access_tokens (person_id);
