-- News and interviews of an edition. Whoever may read the programme reads what is published of it.
create table stories (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 80),
  title jsonb not null check (jsonb_typeof(title) = 'object' and title <> '{}'::jsonb),
  lead jsonb not null default '{}',
  -- Markdown.
  body jsonb not null default '{}',
  byline text not null default '' check (char_length(byline) <= 120),
  -- Of a photo: its file in the folder `files`, what it shows (null: it only decorates) and who made it.
  photo_file text check (photo_file ~ '^[A-Za-z0-9_-]{43}$'),
  photo_width integer check (photo_width > 0),
  photo_height integer check (photo_height > 0),
  photo_alternative text check (char_length(photo_alternative) between 1 and 500),
  photo_credit text not null default '' check (char_length(photo_credit) <= 120),
  visibility text not null default 'public' check (visibility in ('public', 'internal')),
  state text not null default 'draft' check (state in ('draft', 'scheduled', 'published', 'withdrawn')),
  -- When it is to be published, or was.
  publish_at timestamptz,
  written_by uuid references people on delete set null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  revision integer not null default 0,
  unique (edition_id, slug),
  check (state not in ('scheduled', 'published') or publish_at is not null),
  check ((photo_file is null) = (photo_width is null) and (photo_file is null) = (photo_height is null))
);
create index stories_by_edition on stories (edition_id, publish_at desc, id desc);
create index stories_due on stories (publish_at) where state = 'scheduled';
create index stories_by_writer on stories (written_by) where written_by is not null;
create index stories_by_photo on stories (photo_file) where photo_file is not null;

create table story_sessions (
  story_id uuid not null references stories on delete cascade,
  session_id uuid not null references sessions on delete cascade,
  position integer not null,
  primary key (story_id, session_id)
);
create index story_sessions_by_session on story_sessions (session_id);
