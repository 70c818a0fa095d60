-- What goes with a session: pictures and documents. The files themselves are in the folder `files` of DATA_DIR.
create table materials (
  id uuid primary key,
  session_id uuid not null references sessions on delete cascade,
  kind text not null check (kind in ('picture', 'document')),
  title text not null check (char_length(title) between 1 and 120),
  -- The name of the file in the folder: chance, and nothing of what somebody typed.
  file text not null unique check (file ~ '^[A-Za-z0-9_-]{43}$'),
  -- How it is called when somebody takes it along.
  name text not null check (char_length(name) between 1 and 120),
  type text not null,
  bytes integer not null check (bytes > 0),
  width integer check (width > 0),
  height integer check (height > 0),
  -- What a picture shows, for who does not see it; null: it only decorates.
  alternative text check (char_length(alternative) between 1 and 500),
  credit text not null default '' check (char_length(credit) <= 120),
  added_at timestamptz not null,
  -- Out of sight from then on; the file goes a day later, until then it can be put back.
  removed_at timestamptz,
  constraint a_picture_has_a_size check ((kind = 'picture') = (width is not null and height is not null))
);
create index materials_of_a_session on materials (session_id, added_at);
create index materials_removed on materials (removed_at) where removed_at is not null;
