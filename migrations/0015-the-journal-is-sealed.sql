-- Lines are sealed in batches after they were written, so that sealing holds no writer up. A seal holds the number and
-- the hash of each of its lines, and its own hash goes over those and over the hash of the seal before it: who changes
-- one line must rewrite every seal after it, and an anchor kept elsewhere shows that.
create table journal_seals (
  number bigint primary key check (number >= 1),
  previous bytea not null check (length(previous) = 32),
  lines integer not null check (lines >= 1),
  -- For each line 16 bytes of its number and 32 of its hash, in the order of the numbers.
  contents bytea not null check (length(contents) = lines * 48),
  hash bytea not null check (length(hash) = 32),
  sealed_at timestamptz not null
);
-- Hashes do not get smaller.
alter table journal_seals alter column contents set storage external;

alter table journal add column sealed_in bigint;
create index journal_unsealed on journal (id) where sealed_in is null;

create function stays_as_written() returns trigger language plpgsql as $$
begin
  raise exception 'What % holds stays as it was written', tg_table_name;
end $$;

-- A line may get its seal, once; nothing else of it changes, ever.
create trigger a_line_stays before update on journal for each row
  when (old.sealed_in is not null or new.sealed_in is null
    or (old.id, old.happened_at, old.what, old.by_person, old.person_id, old.edition_id, old.session_id, old.details)
      is distinct from (new.id, new.happened_at, new.what, new.by_person, new.person_id, new.edition_id, new.session_id, new.details))
  execute function stays_as_written();
create trigger a_line_is_not_taken_out before delete on journal for each row execute function stays_as_written();
create trigger the_journal_is_not_emptied before truncate on journal execute function stays_as_written();
create trigger a_seal_stays before update or delete on journal_seals for each row execute function stays_as_written();
create trigger seals_are_not_emptied before truncate on journal_seals execute function stays_as_written();
