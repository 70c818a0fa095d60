-- What a source last said of a session, by field: who changed what is seen by comparing three, not two.
create table import_baselines (
  session_id uuid primary key references sessions on delete cascade,
  said jsonb not null check (jsonb_typeof(said) = 'object'),
  said_at timestamptz not null
);

-- Nobody could write in a session until now: what is stored of one that came from a source is what that source last said.
insert into import_baselines (session_id, said, said_at)
select s.id, jsonb_build_object(
    'title', s.title,
    'time', case when s.starts_at is null then '[null, null]'::jsonb else jsonb_build_array(
      to_char(s.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      to_char(s.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end,
    'place', s.location,
    'summary', s.summary,
    'description', s.description,
    'themes', coalesce((select jsonb_agg(t.slug order by st.position) from session_themes st join themes t on t.id = st.theme_id where st.session_id = s.id), '[]'),
    'speakers', to_jsonb(s.speakers),
    'format', s.format,
    'languages', to_jsonb(s.languages),
    'level', s.level,
    'organisations', coalesce((select jsonb_agg(o.slug order by so.position) from session_organisations so join organisations o on o.id = so.organisation_id where so.session_id = s.id), '[]'),
    'deepens', coalesce((select jsonb_agg(d.session_id::text order by d.session_id) from deepenings d where d.deeper_id = s.id), '[]')
  ), s.updated_at
from sessions s where s.source is not null;

-- Changed here and at the source, differently: what stands here stays until somebody chooses.
create table import_conflicts (
  session_id uuid not null references sessions on delete cascade,
  field text not null check (field in ('title', 'time', 'place', 'summary', 'description', 'themes', 'speakers', 'format', 'languages', 'level', 'organisations', 'deepens')),
  -- What the source says, and what stood here when it was found.
  theirs jsonb not null,
  mine jsonb not null,
  found_at timestamptz not null,
  choice text check (choice in ('theirs', 'mine')),
  settled_at timestamptz,
  primary key (session_id, field),
  check ((choice is null) = (settled_at is null))
);

-- What a source calls its columns, tracks and rooms, in our words: asked once, used every time.
create table import_mappings (
  edition_id uuid not null references editions on delete cascade,
  source text not null check (source ~ '^[a-z]{2,20}$'),
  -- { columns: { field: column }, themes: { track: slug }, rooms: { room: place } }
  mapping jsonb not null check (jsonb_typeof(mapping) = 'object'),
  primary key (edition_id, source)
);

-- What came in before: from where, and how much.
create table imports (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  source text not null,
  -- The name of the file, or the host that was asked.
  origin text not null check (char_length(origin) <= 300),
  imported_at timestamptz not null,
  -- { new, changed, same, leftOut, missing, conflicts }
  counts jsonb not null
);
create index imports_by_edition on imports (edition_id, id desc);
