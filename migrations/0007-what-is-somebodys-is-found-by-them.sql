-- Whoever asks for more asks for what they confirmed last, and whoever goes takes their drafts and letters along.
create index drafts_by_person on drafts (person_id, edition_id, submitted_at) where person_id is not null;
create index letters_by_person on letters (person_id) where person_id is not null;
