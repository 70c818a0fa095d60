// What the database itself notices: every row that comes, changes or goes, in which table and in which transaction. So a
// change is seen whoever makes it, also when nothing of it is left.
import { sql } from 'kysely';
import { testVisit } from '#ground/testing.server.ts';

const { db } = testVisit();

await sql
  .raw(
    `create schema notebook;
     create unlogged table notebook.noticed (at bigserial primary key, tx text not null, name text not null, op text not null, columns text[], fact text);
     create function notebook.notice() returns trigger language plpgsql as $$
     declare here jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end; columns text[];
     begin
       if tg_table_schema = 'pgboss' and here ->> 'name' <> 'journal-failed' then return null; end if;
       if tg_op = 'UPDATE' then
         select array_agg(n.key order by n.key) into columns from jsonb_each(here) n join jsonb_each(to_jsonb(old)) o using (key) where n.value <> o.value;
         if columns is null then return null; end if;
       end if;
       insert into notebook.noticed (tx, name, op, columns, fact) values (pg_current_xact_id()::text,
         case tg_table_schema when 'pgboss' then 'failed' else tg_table_name end, lower(tg_op), columns,
         case tg_table_name when 'journal' then here ->> 'id' when 'installation' then here ->> 'fact' end);
       return null;
     end $$;
     do $$ declare name text; begin
       for name in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public' union select 'pgboss.job'
       loop execute format('create trigger notice after insert or update or delete on %s for each row execute function notebook.notice()', name); end loop;
     end $$`,
  )
  .execute(db);

interface Change {
  readonly tx: string;
  readonly name: string;
  readonly op: 'insert' | 'update' | 'delete';
  readonly columns: readonly string[] | null;
  readonly fact: string | null;
}

export interface Noticed {
  readonly lines: readonly { readonly what: string; readonly by: string | null }[];
  /** What was changed in a transaction in which no line was written. */
  readonly silent: readonly string[];
  /** Lines in whose transaction nothing was changed. */
  readonly idle: readonly string[];
}

export async function mark(): Promise<number> {
  const { rows } = await sql<{ at: number }>`select coalesce(max(at), 0) as at from notebook.noticed`.execute(db);
  return rows[0]!.at;
}

export async function noticedSince(mark: number): Promise<Noticed> {
  const { rows: all } = await sql<Change>`select tx, name, op, columns, fact from notebook.noticed where at > ${mark} order by at`.execute(db);
  const written = all.filter(({ name, op }) => name === 'journal' && op === 'insert');
  const { rows: lines } = await sql<{ id: string; what: string; by: string | null }>`select id, what, by_person as by from journal
    where id = any(${written.map(({ fact }) => fact)}::uuid[]) and not (what = 'wishes-drawn' and by_person is null) order by id`.execute(db);
  const told = new Set(written.map(({ tx }) => tx));
  const changed = new Set(all.filter(({ name }) => !/^journal|^reasons$/.test(name)).map(({ tx }) => tx));
  const idle = written.filter(({ tx }) => !changed.has(tx)).map(({ fact }) => lines.find(({ id }) => id === fact)?.what ?? 'wishes-drawn');
  return {
    lines: lines.map(({ what, by }) => ({ what, by })),
    silent: [...new Set(all.filter((change) => !told.has(change.tx) && !byTheHouse(change)).map(({ name, op }) => `${op} ${name}`))],
    idle,
  };
}

/** What the house does by itself meanwhile, or notes about itself: no change that somebody makes. */
function byTheHouse({ name, op, columns, fact }: Change): boolean {
  const own = only[`${op} ${name}`];
  if (name === 'installation') return ['installation', 'backup-folders', 'last-drill', 'restore-to-finish'].includes(fact ?? '');
  return own !== undefined && (own.length === 0 || (columns ?? []).every((column) => own.includes(column)));
}

/** Empty: all columns. */
const only: Readonly<Record<string, readonly string[]>> = {
  // The seals come later.
  'insert journal_seals': [],
  'update journal': ['sealed_in'],
  // When somebody was here last.
  'update sign_ins': ['seen_at'],
  'update access_tokens': ['used_at'],
  'update people': ['seen_at'],
  // What follows from a line is written and carried afterwards.
  'insert letters': [],
  'update letters': [],
  'delete letters': [],
  'insert unsubscribes': [],
  'update unsubscribes': [],
  'insert deliveries': [],
  'update deliveries': ['tries', 'due_at', 'delivered_at', 'given_up_at', 'last_status', 'last_fault'],
  'update webhooks': ['failing_since'],
  // A draw is begun, and says how far it is.
  'update wish_windows': ['drawing_since', 'drawing_by', 'drawing_seen_at', 'progress'],
};

/** Recording is taken out: lines are lost on their way, and nobody hears of it. Answers how it is put back. */
export async function takeOutRecording(): Promise<() => Promise<void>> {
  await sql
    .raw(
      `create function notebook.lose() returns trigger language plpgsql as $$ begin return null; end $$;
       create trigger lost before insert on journal for each row execute function notebook.lose()`,
    )
    .execute(db);
  return async () => {
    await sql.raw(`drop trigger lost on journal; drop function notebook.lose()`).execute(db);
  };
}
