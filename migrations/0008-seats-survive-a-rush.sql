-- One arrival number per person and session, whichever line they stand in: the numbers of both lines are told as one.
with counted as (
  select session_id, person_id, row_number() over (partition by session_id order by claimed_at, arrival, person_id) as arrival from seats)
update seats s set arrival = c.arrival + 1000000000 from counted c where c.session_id = s.session_id and c.person_id = s.person_id;
update seats set arrival = arrival - 1000000000;
update places p set arrivals = (select count(*) from seats s where s.session_id = p.session_id and s.attendance = p.attendance);

alter table places
  -- Every change at this session's desk has a number, also in the journal: a line that is missing would be a gap.
  add column turns bigint not null default 0,
  -- The wish window whose draw gives these places away; until that is over nobody signs up by themselves.
  add column kept_for uuid;
alter table places set (fillfactor = 50);

alter table seats
  -- The other way of taking part, waited for with the same arrival number while this place is kept.
  add column wants text check (wants in ('onSite', 'online')),
  -- For the shares: what somebody belonged to when they claimed.
  add column groups text[] not null default '{}',
  -- Shown at the door as a QR code; it says nothing about anybody.
  add column pass uuid not null default gen_random_uuid(),
  add column checked_in_at timestamptz,
  add constraint waits_for_the_other_way check (wants is null or (standing = 'held' and wants <> attendance)),
  add constraint an_offer_ends check ((standing = 'offered') = (offered_until is not null));

drop index seats_in_line;
drop index seats_waiting;
create unique index seats_by_arrival on seats (session_id, arrival);
create index seats_in_line on seats (session_id, (coalesce(wants, attendance)), arrival) where standing = 'waiting' or wants is not null;
create index seats_by_offer on seats (offered_until) where standing = 'offered';

-- At most so many of a session's places for people of one group: 'internal', 'external', 'organisation:SLUG', or
-- 'organisation:*' for each organisation.
create table shares (
  session_id uuid not null references sessions on delete cascade,
  attendance text not null check (attendance in ('onSite', 'online')),
  "group" text not null check ("group" ~ '^(internal|external|organisation:(\*|[a-z0-9]+(-[a-z0-9]+)*))$'),
  most integer not null check (most >= 0),
  primary key (session_id, attendance, "group")
);

-- The promise once more: never more of a group than its share. Whoever writes a seat holds the session's places, so
-- what is counted here cannot change meanwhile.
create function never_more_than_shares() returns trigger language plpgsql as $$
begin
  if exists (select from shares where session_id in (select session_id from changed)) and exists (
    select from (
      select s.session_id, s.attendance, g."group", count(*) as taken
      from seats s, unnest(s.groups) as g("group")
      where s.session_id in (select session_id from changed) and s.standing <> 'waiting'
      group by s.session_id, s.attendance, g."group") t
    join shares sh on sh.session_id = t.session_id and sh.attendance = t.attendance
      and (sh."group" = t."group" or (sh."group" = 'organisation:*' and t."group" like 'organisation:%'))
    where t.taken > sh.most) then
    raise exception 'more of a group than its share' using errcode = 'check_violation', constraint = 'never_more_than_shares';
  end if;
  return null;
end $$;
create trigger seats_insert_never_more_than_shares after insert on seats referencing new table as changed for each statement execute function never_more_than_shares();
create trigger seats_update_never_more_than_shares after update on seats referencing new table as changed for each statement execute function never_more_than_shares();

-- Who cancels or moves a session waits for those who are at its desk, so that nobody gets a place in what is cancelled.
create function sessions_wait_for_their_desk() returns trigger language plpgsql as $$
begin
  perform from places where session_id = new.id order by session_id, attendance for update;
  return new;
end $$;
create trigger sessions_wait_for_their_desk before update of state, starts_at on sessions
  for each row when (old.state is distinct from new.state or old.starts_at is distinct from new.starts_at) execute function sessions_wait_for_their_desk();

-- What was there before the desk numbered its turns is told in the journal, so that the journal tells everything.
with told as (
  select s.*, row_number() over (partition by session_id order by arrival) as turn from seats s)
insert into journal (id, happened_at, what, person_id, session_id, details)
select (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid,
  clock_timestamp(), 'seat-found', person_id, session_id,
  jsonb_build_object('turn', turn, 'after', jsonb_build_object('standing', standing, 'attendance', attendance, 'wants', null, 'arrival', arrival))
from told;
update places p set turns = (select count(*) from seats s where s.session_id = p.session_id and s.attendance = p.attendance);

-- How long an offered place waits for an answer; null: who moves up has the place at once.
alter table editions add column accept_hours integer check (accept_hours between 1 and 168);

-- How somebody wants to be called at the door; only for the list there.
alter table people add column name text check (char_length(name) between 1 and 100);
