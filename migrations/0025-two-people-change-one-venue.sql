-- Who saves a room upon an older one is shown what another made of it meanwhile.
alter table venues add column revision integer not null default 0;
-- The changes of one editor, the newest first: what can be taken back and done again.
create index board_changes_by_maker on board_changes (edition_id, made_by, id desc);
