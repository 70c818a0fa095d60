create table calendar_feeds (
  id uuid primary key,
  person_id uuid not null unique references people on delete cascade,
  secret_hash text not null unique,
  created_at timestamptz not null
);

-- The outbox: one letter per journal line, kind and recipient, written by the reaction, sent by the postman.
create table letters (
  id uuid primary key,
  line_id uuid not null,
  kind text not null,
  person_id uuid references people on delete cascade,
  recipient text not null,
  language text not null check (language in ('nl', 'en')),
  details jsonb not null default '{}',
  created_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  sent_at timestamptz,
  dropped_at timestamptz,
  last_fault text,
  unique (line_id, kind, recipient)
);
create index letters_due on letters (due_at) where sent_at is null and dropped_at is null;
-- Letters with a code go to addresses that may belong to nobody here; they are not kept.
create index letters_with_codes on letters (created_at) where kind = 'sign-in-code';
