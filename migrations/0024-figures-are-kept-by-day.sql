-- What an edition wants to reach, and by when.
create table goals (
  edition_id uuid not null references editions on delete cascade,
  measure text not null check (measure in ('participants', 'organisations', 'signUps', 'attendance', 'three', 'surprises', 'themes', 'links')),
  target integer not null check (target between 1 and 10000000),
  by_day date not null,
  revision integer not null default 0,
  primary key (edition_id, measure)
);

-- How an edition stood on each day, counts only: what was is not reckoned again. Of today the newest.
create table figures_by_day (
  edition_id uuid not null references editions on delete cascade,
  day date not null,
  -- { measure: whole number }
  figures jsonb not null,
  taken_at timestamptz not null,
  primary key (edition_id, day)
);
