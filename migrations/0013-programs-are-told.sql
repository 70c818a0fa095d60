-- Who leads an edition has programs of others told what happens in it.
create table webhooks (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  -- A webhook may know what its maker may; it ends when they lead the edition no more.
  made_by uuid not null references people on delete cascade,
  address text not null check (length(address) between 9 and 500),
  types text[] not null check (cardinality(types) between 1 and 20),
  is_internal boolean not null default false,
  -- As they are, because both sides sign with them. The earlier one counts for a day after a new one was made.
  secret text not null,
  earlier_secret text,
  earlier_until timestamptz,
  created_at timestamptz not null,
  failing_since timestamptz,
  paused_at timestamptz,
  ended_at timestamptz,
  check ((earlier_secret is null) = (earlier_until is null))
);
create index webhooks_by_edition on webhooks (edition_id, id) where ended_at is null;
create index webhooks_by_maker on webhooks (made_by);

-- One for each line of the journal at most, whatever often the line is followed up.
create table deliveries (
  id uuid primary key,
  webhook_id uuid not null references webhooks on delete cascade,
  line_id uuid not null,
  -- In this order for each subject; the next one waits for the one before it.
  sequence bigint generated always as identity,
  type text not null,
  subject text not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  delivered_at timestamptz,
  given_up_at timestamptz,
  last_status integer,
  last_fault text,
  unique (webhook_id, line_id)
);
create index deliveries_due on deliveries (due_at) where delivered_at is null and given_up_at is null;
create index deliveries_by_subject on deliveries (webhook_id, subject, sequence);
create index deliveries_by_age on deliveries (created_at);

-- What was answered to a POST with an Idempotency-Key, for a day: only who has the key and the token can read it.
create table kept_answers (
  key_hash text primary key,
  question_hash text not null,
  answer bytea,
  created_at timestamptz not null
);
create index kept_answers_by_age on kept_answers (created_at);
