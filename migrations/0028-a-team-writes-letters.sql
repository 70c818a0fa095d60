-- Words of a team for a kind of letter. Without a row the words of the house; a row with no text says that they are
-- back, and what stood there before it, for whoever wants that again. No edition: for the whole installation.
create table letter_templates (
  id uuid primary key,
  edition_id uuid references editions on delete cascade,
  kind text not null,
  language text not null check (language in ('nl', 'en')),
  subject text check (char_length(subject) between 1 and 200),
  body text check (char_length(body) between 1 and 6000),
  before_subject text,
  before_body text,
  revision integer not null default 1,
  changed_at timestamptz not null,
  changed_by uuid references people on delete set null,
  check ((subject is null) = (body is null))
);
create unique index one_letter_template on letter_templates (edition_id, kind, language) nulls not distinct;

-- What a team tells a group of an edition. Nothing leaves before somebody released it, and it can be stopped.
create table mailings (
  id uuid primary key,
  edition_id uuid not null references editions on delete cascade,
  audience text not null check (audience in ('participants', 'few', 'hosts', 'proposers', 'session')),
  session_id uuid references sessions on delete cascade,
  -- Language to text.
  subject jsonb not null,
  body jsonb not null,
  revision integer not null default 1,
  written_by uuid references people on delete set null,
  written_at timestamptz not null,
  released_by uuid references people on delete set null,
  released_at timestamptz,
  stopped_at timestamptz,
  removed_at timestamptz,
  check ((audience = 'session') = (session_id is not null))
);
create index mailings_by_edition on mailings (edition_id, id desc);
create index mailings_by_session on mailings (session_id) where session_id is not null;

-- How a team wants the letters of its edition to go.
create table letter_rules (
  edition_id uuid primary key references editions on delete cascade,
  -- Letters about changed sessions wait until somebody of the team looked at them.
  reviews_changes boolean not null
);

alter table letters
  add column edition_id uuid references editions on delete cascade,
  add column mailing_id uuid references mailings on delete cascade,
  -- Until then it does not leave: somebody looks at it first, it goes along with others of that day, or it was stopped.
  add column held_for text check (held_for in ('review', 'digest', 'stop')),
  -- The letter that it goes along with.
  add column digest_id uuid references letters on delete cascade;
drop index letters_due;
create index letters_due on letters (due_at) where sent_at is null and dropped_at is null and held_for is null;
create index letters_held on letters (held_for, edition_id) where sent_at is null and dropped_at is null and held_for is not null;
create index letters_by_mailing on letters (mailing_id) where mailing_id is not null;
create index letters_by_digest on letters (digest_id) where digest_id is not null;
create index letters_by_edition on letters (edition_id, id desc) where edition_id is not null;

-- How often somebody wants to hear about something; at once where there is no row.
create table letter_choices (
  person_id uuid not null references people on delete cascade,
  topic text not null check (topic in ('changes', 'mailings', 'tomorrow')),
  often text not null check (often in ('at-once', 'daily', 'never')),
  primary key (person_id, topic)
);

-- The address in a letter by which somebody ends such letters, without signing in. It does nothing else.
create table unsubscribes (
  secret text primary key,
  person_id uuid not null references people on delete cascade,
  what text not null check (what in ('mailings', 'tomorrow', 'digest')),
  -- Topic to how often it was, so that it can be taken back.
  before jsonb,
  ended_at timestamptz,
  unique (person_id, what)
);

-- A mailbox that takes nothing any more, as its server said: code and moment.
alter table people
  add column bounced_at timestamptz,
  add column bounce_status text check (bounce_status ~ '^[0-9]{3}$|^[0-9]\.[0-9]{1,3}\.[0-9]{1,3}$');
create index people_bounced on people (bounced_at) where bounced_at is not null;
