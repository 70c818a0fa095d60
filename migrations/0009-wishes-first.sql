-- A time in which people wish for sessions, and the draw that follows. Planned, open and closed follow from the clock.
create table wish_windows (
  id uuid primary key,
  edition_id uuid not null references editions,
  opens_at timestamptz not null,
  closes_at timestamptz not null check (closes_at >= opens_at),
  -- Asked for as all of the edition; which sessions those were stands in wish_window_sessions.
  is_all boolean not null,
  wanted integer not null check (wanted between 1 and 20),
  -- Made with the window. The hash is told from the opening, the seed itself not before the draw is done.
  seed text not null check (seed ~ '^[0-9a-f]{64}$'),
  seed_hash text not null check (seed_hash = encode(sha256(convert_to(seed, 'UTF8')), 'hex')),
  created_at timestamptz not null,
  -- From here on nobody's wishes change. `drawing_by` is one attempt; when it is not seen for a while, another begins.
  drawing_since timestamptz,
  drawing_by uuid,
  drawing_seen_at timestamptz,
  progress real not null default 0 check (progress between 0 and 1),
  drawn_at timestamptz,
  -- What the draw depended on; the same gives the same outcome.
  input_hash text,
  file_hash text,
  report jsonb,
  confirmed_at timestamptz,
  called_off_at timestamptz,
  check (drawn_at is null or (drawing_since is not null and input_hash is not null and file_hash is not null and report is not null)),
  check (confirmed_at is null or drawn_at is not null),
  check (confirmed_at is null or called_off_at is null)
);
create index wish_windows_by_edition on wish_windows (edition_id, opens_at desc);
create index wish_windows_to_draw on wish_windows (closes_at) where drawn_at is null and called_off_at is null;

create table wish_window_sessions (
  window_id uuid not null references wish_windows on delete cascade,
  session_id uuid not null references sessions,
  -- Until the draw is confirmed or called off.
  is_live boolean not null default true,
  primary key (window_id, session_id)
);
create unique index one_live_window_a_session on wish_window_sessions (session_id) where is_live;

-- Who wishes in a window: under which name in the file of the draw, and how much.
create table wishers (
  window_id uuid not null references wish_windows on delete cascade,
  person_id uuid not null references people on delete cascade,
  -- Null when it is no longer needed to find one's own line.
  pseudonym text,
  wishes integer not null constraint not_too_many_wishes check (wishes between 0 and 60),
  primary key (window_id, person_id),
  unique (window_id, pseudonym)
);
create index wishers_by_person on wishers (person_id);

create table wishes (
  window_id uuid not null references wish_windows on delete cascade,
  person_id uuid not null references people on delete cascade,
  session_id uuid not null references sessions,
  strength text not null check (strength in ('must', 'want', 'maybe')),
  attendance text check (attendance in ('onSite', 'online')),
  wished_at timestamptz not null,
  primary key (window_id, person_id, session_id)
);
create index wishes_by_session on wishes (window_id, session_id);
create index wishes_by_person on wishes (person_id);

-- What the draw gives, before and after it is confirmed.
create table draw_items (
  window_id uuid not null references wish_windows on delete cascade,
  session_id uuid not null references sessions,
  attendance text not null check (attendance in ('onSite', 'online')),
  places integer not null check (places >= 0),
  wished integer not null check (wished >= 0),
  given integer not null check (given between 0 and places),
  line integer not null check (line >= 0),
  price double precision not null check (price >= 0),
  primary key (window_id, session_id, attendance)
);

create table draw_places (
  window_id uuid not null references wish_windows on delete cascade,
  session_id uuid not null references sessions,
  person_id uuid not null references people on delete cascade,
  attendance text not null check (attendance in ('onSite', 'online')),
  primary key (window_id, session_id, person_id)
);
create index draw_places_by_person on draw_places (person_id);

create table draw_lines (
  window_id uuid not null references wish_windows on delete cascade,
  session_id uuid not null references sessions,
  person_id uuid not null references people on delete cascade,
  attendance text not null check (attendance in ('onSite', 'online')),
  nth integer not null check (nth >= 1),
  primary key (window_id, session_id, attendance, nth),
  unique (window_id, session_id, person_id)
);
create index draw_lines_by_person on draw_lines (person_id);

-- What came of somebody's wishes: as a part of the best they could have had, and per wish why.
create table draw_people (
  window_id uuid not null references wish_windows on delete cascade,
  person_id uuid not null references people on delete cascade,
  share double precision not null check (share >= 0),
  why jsonb not null,
  primary key (window_id, person_id)
);
create index draw_people_by_person on draw_people (person_id);

-- The file by which the draw is repeated, compressed: no name, address or id of ours in it.
create table draw_files (
  window_id uuid primary key references wish_windows on delete cascade,
  content bytea not null
);

-- An auditor whom the programme team appoints reads the file by a secret address; only its hash is kept.
create table audit_links (
  window_id uuid primary key references wish_windows on delete cascade,
  secret_hash text not null unique,
  expires_at timestamptz not null
);
