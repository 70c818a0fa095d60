-- Who agreed to what, when, and with which text. What they agreed to is kept only as long as that holds.
create table consents (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  purpose text not null check (purpose in ('access-needs', 'door-name')),
  text_version integer not null check (text_version >= 1),
  given_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index one_consent_at_a_time on consents (person_id, purpose) where withdrawn_at is null;

-- Who asked to be forgotten, as a number that says nothing about anybody, and when nothing of them was left.
create table erasures (
  person_id uuid primary key,
  asked_at timestamptz not null,
  erased_at timestamptz
);
create index erasures_to_finish on erasures (asked_at) where erased_at is null;

-- A seat goes by its desk, so that counts stay right and who waits moves up: whoever deletes somebody with a seat is refused.
alter table seats drop constraint seats_person_id_fkey;
alter table seats add constraint seats_go_by_their_desk foreign key (person_id) references people;

-- What somebody wrote in their own words beside a line of the journal: it can be forgotten, while the line stays as it was.
create table reasons (
  line_id uuid primary key,
  person_id uuid,
  reason text not null
);
create index reasons_by_person on reasons (person_id) where person_id is not null;
insert into reasons (line_id, person_id, reason)
  select id, person_id, details ->> 'reason' from journal where jsonb_typeof(details -> 'reason') = 'string';
update journal set details = jsonb_set(details, '{reason}', 'true') where jsonb_typeof(details -> 'reason') = 'string';

-- When somebody was here last, and when they were told that their account ends if they do not come back.
alter table people
  add column seen_at timestamptz,
  add column warned_at timestamptz;
