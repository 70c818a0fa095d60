create table editions (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name jsonb not null check (jsonb_typeof(name) = 'object' and name <> '{}'::jsonb),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  time_zone text not null,
  at_least integer not null default 3 check (at_least between 1 and 20),
  fits integer not null default 2 check (fits between 0 and 10),
  surprises integer not null default 1 check (surprises between 0 and 5),
  is_example boolean not null default false,
  is_current boolean not null default false,
  -- Goes up with every change of what the programme says, so that a copy in memory knows when it is old.
  version bigint not null default 0,
  created_at timestamptz not null
);
create unique index one_current_edition on editions (is_current) where is_current;

create table themes (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  slug text not null,
  name jsonb not null check (jsonb_typeof(name) = 'object' and name <> '{}'::jsonb),
  position integer not null,
  unique (edition_id, slug),
  unique (edition_id, position)
);

create table sessions (
  id uuid primary key,
  edition_id uuid not null references editions,
  code text not null unique check (code ~ '^[0-9A-Z]{6}$'),
  -- Where it came from: a second import finds it by these.
  guid text,
  source text,
  source_id text,
  title jsonb not null check (jsonb_typeof(title) = 'object' and title <> '{}'::jsonb),
  summary jsonb not null default '{}',
  description jsonb not null default '{}',
  format text not null check (format in ('broadcast', 'webinar', 'workshop', 'meeting', 'hybrid', 'tour', 'podcast', 'social')),
  level text check (level in ('introductory', 'intermediate', 'advanced')),
  languages text[] not null default '{}',
  speakers text[] not null default '{}',
  starts_at timestamptz,
  ends_at timestamptz,
  location text,
  online text,
  visibility text not null check (visibility in ('public', 'internal')),
  state text not null check (state in ('draft', 'submitted', 'accepted', 'declined', 'scheduled', 'published', 'cancelled')),
  cancelled_at timestamptz,
  sequence integer not null default 0,
  updated_at timestamptz not null,
  created_at timestamptz not null,
  check ((starts_at is null) = (ends_at is null)),
  check (ends_at > starts_at),
  check ((state = 'cancelled') = (cancelled_at is not null))
);
create index sessions_by_edition on sessions (edition_id, starts_at, id);
create unique index sessions_by_guid on sessions (edition_id, guid) where guid is not null;
create unique index sessions_by_source on sessions (edition_id, source, source_id) where source_id is not null;

create table session_themes (
  session_id uuid not null references sessions on delete cascade,
  theme_id uuid not null references themes,
  position integer not null,
  primary key (session_id, theme_id)
);
create index session_themes_by_theme on session_themes (theme_id);

create table session_organisations (
  session_id uuid not null references sessions on delete cascade,
  organisation_id uuid not null references organisations,
  position integer not null,
  primary key (session_id, organisation_id)
);
create index session_organisations_by_organisation on session_organisations (organisation_id);

-- Verdieping: the deeper session digs further into the other.
create table deepenings (
  deeper_id uuid not null references sessions on delete cascade,
  session_id uuid not null references sessions on delete cascade,
  primary key (deeper_id, session_id),
  check (deeper_id <> session_id)
);
create index deepenings_by_session on deepenings (session_id);

create function edition_says_something_else() returns trigger language plpgsql as $$
begin
  if tg_table_name in ('sessions', 'themes') then
    update editions set version = version + 1 where id in (select distinct edition_id from changed);
  elsif tg_table_name = 'deepenings' then
    update editions set version = version + 1 where id in (select s.edition_id from changed c join sessions s on s.id in (c.deeper_id, c.session_id));
  else
    update editions set version = version + 1 where id in (select s.edition_id from changed c join sessions s on s.id = c.session_id);
  end if;
  return null;
end $$;
create trigger sessions_insert_says_something_else after insert on sessions referencing new table as changed for each statement execute function edition_says_something_else();
create trigger sessions_update_says_something_else after update on sessions referencing new table as changed for each statement execute function edition_says_something_else();
create trigger sessions_delete_says_something_else after delete on sessions referencing old table as changed for each statement execute function edition_says_something_else();
create trigger themes_insert_says_something_else after insert on themes referencing new table as changed for each statement execute function edition_says_something_else();
create trigger themes_update_says_something_else after update on themes referencing new table as changed for each statement execute function edition_says_something_else();
create trigger themes_delete_says_something_else after delete on themes referencing old table as changed for each statement execute function edition_says_something_else();
create trigger session_themes_insert_says_something_else after insert on session_themes referencing new table as changed for each statement execute function edition_says_something_else();
create trigger session_themes_update_says_something_else after update on session_themes referencing new table as changed for each statement execute function edition_says_something_else();
create trigger session_themes_delete_says_something_else after delete on session_themes referencing old table as changed for each statement execute function edition_says_something_else();
create trigger session_organisations_insert_says_something_else after insert on session_organisations referencing new table as changed for each statement execute function edition_says_something_else();
create trigger session_organisations_update_says_something_else after update on session_organisations referencing new table as changed for each statement execute function edition_says_something_else();
create trigger session_organisations_delete_says_something_else after delete on session_organisations referencing old table as changed for each statement execute function edition_says_something_else();
create trigger deepenings_insert_says_something_else after insert on deepenings referencing new table as changed for each statement execute function edition_says_something_else();
create trigger deepenings_update_says_something_else after update on deepenings referencing new table as changed for each statement execute function edition_says_something_else();
create trigger deepenings_delete_says_something_else after delete on deepenings referencing old table as changed for each statement execute function edition_says_something_else();
