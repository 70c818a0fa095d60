-- Of a closed edition everything is read and nothing changes. Rooms refuse it in words first; this is the last word, also
-- for what does not ask. What follows from elsewhere (somebody who is erased, an organisation that goes) still happens:
-- then the statement is not somebody's own, and its depth is more than zero.
create function the_edition_is_open() returns trigger language plpgsql as $$
declare
  edition uuid;
begin
  if tg_op = 'DELETE' then
    edition := old.edition_id;
  elsif tg_table_name in ('proposals', 'reviews', 'materials', 'unavailable') then
    select s.edition_id into edition from sessions s where s.id = new.session_id;
  else
    edition := new.edition_id;
  end if;
  if exists (select from editions e where e.id = edition and e.closed_at is not null) then
    raise exception 'the edition is closed' using errcode = 'IN001';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger a_closed_edition_keeps_its_sessions before insert or update on sessions
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_themes before insert or update or delete on themes
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_call before insert or update on calls
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_proposals before insert or update on proposals
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_reviews before insert or update on reviews
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_venues before insert or update on venues
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_slots before insert or update or delete on slots
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_board before insert or update or delete on placements
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_releases before insert on releases
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_its_materials before insert on materials
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_opens_no_wishes before insert on wish_windows
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
create trigger a_closed_edition_keeps_when_hosts_cannot before insert on unavailable
  for each row when (pg_trigger_depth() = 0) execute function the_edition_is_open();
