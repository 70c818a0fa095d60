-- One call an edition. What is asked beside the fields that every session has, and by what it is judged, are data.
create table calls (
  edition_id uuid primary key references editions on delete cascade,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  text jsonb not null default '{}',
  -- [{ key, label, hint, kind: 'line' | 'text' | 'choice' | 'yes-no', options, isRequired, isForReviewers }]
  questions jsonb not null default '[]',
  -- [{ key, label, hint, weight }], each scored 1 to 5
  criteria jsonb not null default '[]',
  -- Whether reviewers read without names of people and organisations.
  is_anonymous boolean not null default false,
  reviews_each integer not null default 3 check (reviews_each between 1 and 9),
  review_until timestamptz,
  revision integer not null default 0,
  check (closes_at > opens_at)
);

-- A proposal is a session in one of its first states (draft, submitted, accepted, declined) with what only the call asks.
create table proposals (
  session_id uuid primary key references sessions on delete cascade,
  answers jsonb not null default '{}',
  -- What the proposers want the committee to know; never published.
  note text not null default '' check (char_length(note) <= 2000),
  submitted_at timestamptz,
  withdrawn_at timestamptz,
  -- What is decided and not told yet; a letter that somebody looked at tells it (released_at).
  decision text check (decision in ('accept', 'waitlist', 'decline')),
  decided_at timestamptz,
  decided_by uuid references people on delete set null,
  decision_text text check (char_length(decision_text) <= 2000),
  released_at timestamptz,
  -- From which earlier session it was taken over.
  copied_from uuid references sessions on delete set null,
  check ((decision is null) = (decided_at is null))
);
create index proposals_by_copied on proposals (copied_from) where copied_from is not null;

-- Who made a proposal, together: the first one asked the others, who said yes.
create table proposers (
  session_id uuid not null references proposals on delete cascade,
  person_id uuid not null references people on delete cascade,
  position integer not null,
  joined_at timestamptz not null,
  primary key (session_id, person_id)
);
create index proposers_by_person on proposers (person_id);
create table proposer_invitations (
  id uuid primary key,
  session_id uuid not null references proposals on delete cascade,
  email text not null check (email = lower(email)),
  invited_by uuid references people on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  declined_at timestamptz,
  unique (session_id, email)
);
create index proposer_invitations_by_email on proposer_invitations (email);

-- Who reads what; by the house, or by hand. Everybody who has the role reviewer of the edition can be asked.
create table assignments (
  session_id uuid not null references proposals on delete cascade,
  person_id uuid not null references people on delete cascade,
  is_by_hand boolean not null default false,
  assigned_at timestamptz not null,
  primary key (session_id, person_id)
);
create index assignments_by_person on assignments (person_id);

-- Somebody says that they cannot judge a proposal fairly. From a shared organisation it follows without a row.
create table conflicts (
  session_id uuid not null references proposals on delete cascade,
  person_id uuid not null references people on delete cascade,
  declared_at timestamptz not null,
  primary key (session_id, person_id)
);
create index conflicts_by_person on conflicts (person_id);

create table reviews (
  session_id uuid not null references proposals on delete cascade,
  person_id uuid not null references people on delete cascade,
  -- Criterion to 1..5.
  scores jsonb not null default '{}',
  comment text not null default '' check (char_length(comment) <= 4000),
  written_at timestamptz not null,
  revision integer not null default 0,
  primary key (session_id, person_id)
);
create index reviews_by_person on reviews (person_id);
