-- What people write together has a number that goes up with each edit: who saves upon an older one is shown the
-- difference and loses nothing.
alter table editions
  add column revision integer not null default 0,
  -- What is written here, Dutch and English by default.
  add column languages text[] not null default '{nl,en}',
  -- From then on everything of it is read and nothing changed.
  add column closed_at timestamptz;
alter table organisations
  add column revision integer not null default 0,
  -- Mail domains by which somebody's organisation is known.
  add column domains text[] not null default '{}',
  add column about jsonb not null default '{}',
  add column website text check (char_length(website) <= 300),
  -- It was another name of this one; its sessions and people went there.
  add column merged_into uuid references organisations,
  add check (merged_into <> id);
alter table sessions
  add column revision integer not null default 0,
  add column made_by uuid references people on delete set null;
create index sessions_by_maker on sessions (made_by) where made_by is not null;

-- Who judges proposals of an edition is one of the special roles.
alter table roles drop constraint roles_role_check;
alter table roles add constraint roles_role_check check (role in ('host', 'manager', 'moderator', 'reviewer', 'team', 'admin'));

-- A role that waits for somebody to say yes: they follow the link of a letter and sign in with that address.
create table role_offers (
  id uuid primary key,
  email text not null check (email = lower(email)),
  role text not null check (role in ('host', 'manager', 'moderator', 'reviewer', 'team')),
  scope text not null,
  offered_by uuid references people on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz
);
create index role_offers_by_email on role_offers (email);
create index role_offers_by_scope on role_offers (role, scope, id);
create unique index one_open_role_offer on role_offers (email, role, scope) where accepted_at is null and ended_at is null;
