-- How long it takes; how often what only the call asks was saved, so that who saves upon an older one is shown the
-- difference; and when its proposers were reminded of the deadline, once.
alter table proposals
  add column minutes integer check (minutes between 5 and 1440),
  add column revision integer not null default 0,
  add column reminded_at timestamptz;
