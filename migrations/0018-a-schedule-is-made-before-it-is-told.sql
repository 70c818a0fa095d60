-- Where one session at a time can be: a room, or a channel online.
create table venues (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  name text not null check (char_length(name) between 1 and 120),
  kind text not null check (kind in ('onSite', 'online')),
  capacity integer check (capacity > 0),
  address text not null default '' check (char_length(address) <= 300),
  is_step_free boolean,
  position integer not null,
  removed_at timestamptz,
  unique (edition_id, name)
);

-- Times at which sessions can be: what the optimiser may choose from, and hosts when they may.
create table slots (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Hosts may take it themselves.
  is_open boolean not null default false,
  unique (edition_id, starts_at, ends_at),
  check (ends_at > starts_at)
);

-- The draft of the schedule: where a session is meant to be. It says nothing to participants until it is released; a
-- session without a row is where its own columns say.
create table placements (
  session_id uuid primary key references sessions on delete cascade,
  edition_id uuid not null references editions on delete cascade,
  starts_at timestamptz,
  ends_at timestamptz,
  venue_id uuid references venues,
  -- The optimiser leaves it where it is.
  is_pinned boolean not null default false,
  placed_by uuid references people on delete set null,
  placed_at timestamptz not null,
  revision integer not null default 0,
  check ((starts_at is null) = (ends_at is null)),
  check (ends_at > starts_at)
);
create index placements_by_edition on placements (edition_id, starts_at);
create index placements_by_venue on placements (venue_id, starts_at) where venue_id is not null;

-- Every change on the board, so that it can be taken back, also what the optimiser did at once.
create table board_changes (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  made_by uuid references people on delete set null,
  made_at timestamptz not null,
  -- [{ session, before: { startsAt, endsAt, venue, isPinned } | null, after }]
  moves jsonb not null,
  undone_at timestamptz
);
create index board_changes_by_edition on board_changes (edition_id, id desc);

-- When hosts cannot.
create table unavailable (
  session_id uuid not null references sessions on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (session_id, starts_at, ends_at),
  check (ends_at > starts_at)
);

-- What was told, and when: the changes since the release before it.
create table releases (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  number integer not null,
  released_at timestamptz not null,
  released_by uuid references people on delete set null,
  -- [{ code, was: { start, end, place } | null, is: { start, end, place } | null }]
  changes jsonb not null,
  unique (edition_id, number)
);

-- The optimiser at work, and what it proposes: accepted at once, or thrown away.
create table optimisations (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  asked_by uuid references people on delete set null,
  asked_at timestamptz not null,
  settings jsonb not null,
  progress jsonb not null default '{}',
  moves jsonb,
  finished_at timestamptz,
  accepted_at timestamptz,
  dropped_at timestamptz
);
create index optimisations_by_edition on optimisations (edition_id, id desc);
