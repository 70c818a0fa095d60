-- How many places a session has, per way of taking part. Capacity null is without limit, 0 is not offered.
-- The promise stands here too: never more confirmed than places.
create table places (
  session_id uuid not null references sessions on delete cascade,
  attendance text not null check (attendance in ('onSite', 'online')),
  capacity integer check (capacity >= 0),
  held integer not null default 0 check (held >= 0),
  waiting integer not null default 0 check (waiting >= 0),
  -- Counts everybody who ever asked: the next one's arrival number.
  arrivals bigint not null default 0,
  primary key (session_id, attendance),
  constraint never_more_than_places check (held <= capacity)
);

create table seats (
  session_id uuid not null references sessions,
  person_id uuid not null references people on delete cascade,
  attendance text not null check (attendance in ('onSite', 'online')),
  standing text not null check (standing in ('held', 'offered', 'waiting')),
  arrival bigint not null,
  claimed_at timestamptz not null,
  offered_until timestamptz,
  -- Why it is in somebody's programme: it fits, it surprises, or they found it themselves.
  chosen_as text not null default 'own' check (chosen_as in ('fit', 'surprise', 'own')),
  primary key (session_id, person_id)
);
create index seats_by_person on seats (person_id);
create unique index seats_in_line on seats (session_id, attendance, arrival);
create index seats_waiting on seats (session_id, attendance, arrival) where standing = 'waiting';
