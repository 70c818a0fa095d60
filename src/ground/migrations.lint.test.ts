// Old and new code run side by side while an installation is updated, and the tables are in use: a migration only adds.
// What must go, goes in a later release, when no code that runs needs it (docs/operate.md, Updates).
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { migrationsIn } from './migrations.server.ts';

const rules: readonly (readonly [wrong: string, pattern: RegExp])[] = [
  [
    'takes away a table or a column that running code may need',
    /\bdrop (table|column|view|schema)\b|\balter table\b[^;]*\bdrop (?!constraint|not null|default|identity|expression)\w+/,
  ],
  ['gives another name to what running code needs', /\balter (table|column|view|type)\b[^;]*\brename\b/],
  [
    'rewrites a table while nobody can use it',
    /\balter (column )?\w+ (set data )?type\b|\bset (logged|unlogged|tablespace|access method)\b|\b(cluster|vacuum full)\b/,
  ],
  [
    'rewrites a table for a value that differs per row',
    /\badd (column )?(?!constraint\b|check\b|unique\b|primary\b|foreign\b)[^,;]*\bdefault [^,;]*(random|clock_timestamp|gen_random_uuid|uuid_generate|nextval|\bserial)|\badd (column )?\w+ (big|small)?serial\b/,
  ],
  [
    'adds a column that code before it leaves empty',
    /\badd (column )?(?!constraint\b)\w+ [^,;]*\bnot null\b(?![^,;]*\b(default|generated)\b)(?<!default[^,;]*\bnot null)/,
  ],
  ['ends the transaction that makes a migration all or nothing', /^\s*(begin|commit|rollback)\b|\bconcurrently\b/m],
];

/** What is wrong with a migration, by rule; what follows its own `create table` may be as it likes. */
function wrongIn(text: string): string[] {
  const plain = text
    .replace(/--.*$/gm, '')
    .replace(/\$\$[\s\S]*?\$\$/g, "''")
    .toLowerCase();
  const own = [...plain.matchAll(/\bcreate table (?:if not exists )?(\w+)/g)].map(([, name]) => name);
  const statements = plain.split(';').filter((statement) => !own.includes(/\balter table (?:only )?(\w+)/.exec(statement)?.[1]));
  return rules.filter(([, pattern]) => statements.some((statement) => pattern.test(statement.trim()))).map(([wrong]) => wrong);
}

test('from 0010 on a migration only adds', async () => {
  const released = await migrationsIn(resolve(import.meta.dirname, '../../migrations'));
  const wrong = released.filter(({ name }) => name >= '0010').map(({ name, text }) => [name, wrongIn(text)] as const);
  expect(wrong.filter(([, found]) => found.length > 0)).toEqual([]);
});

test('what may not be is found', () => {
  const wrongs = [
    'drop table people;',
    'alter table people drop column email;',
    'alter table people drop email;',
    'alter table people rename column email to address;',
    'alter table people rename to persons;',
    'alter table people alter column email type varchar(100);',
    'alter table people add column seen_at timestamptz default clock_timestamp();',
    'alter table people add secret uuid not null default gen_random_uuid();',
    'alter table people add number bigserial;',
    'alter table people add column name text not null;',
    'create index concurrently a on people (email);',
    'begin; create table a (); commit;',
  ];
  expect(wrongs.filter((text) => wrongIn(text).length === 0)).toEqual([]);
  const rights = [
    "alter table people add column way text not null default 'code' check (way in ('code'));",
    'alter table people add column name text, add column seen_at timestamptz;',
    'alter table people drop constraint people_email_check;',
    'alter table people alter column email drop not null;',
    'create table a (id uuid primary key default gen_random_uuid()); alter table a add b text not null;',
    'create function f() returns trigger language plpgsql as $$ begin return new; end $$;',
    '-- drop table people;\nselect 1;',
  ];
  expect(rights.map(wrongIn)).toEqual(rights.map(() => []));
});
