-- One line for everything that happened: ids only, never personal data or codes.
create table journal (
  id uuid primary key,
  happened_at timestamptz not null,
  what text not null,
  by_person uuid,
  person_id uuid,
  edition_id uuid,
  session_id uuid,
  details jsonb not null default '{}'
);
create index journal_by_session on journal (session_id, id) where session_id is not null;
create index journal_by_person on journal (person_id, id) where person_id is not null;

-- A small number of facts about this installation, such as whether the example edition was loaded.
create table installation (
  fact text primary key,
  noted_at timestamptz not null,
  value jsonb not null default '{}'
);
