// The chain of seals over the journal: made a moment after the lines, so that who writes never waits for it.
import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { DB } from '#ground/tables.ts';
import type { Visit } from '#ground/visit.ts';
import { compare, noHash, type Anchor, type Deviation, type Sealed } from './seal.ts';

const mostLines = 5000;

/**
 * Seals the lines that are certain and not sealed yet, some thousands at most, and answers how many. Lines of a change
 * that took longer come into a later seal. One sealer at a time: a second one finds nothing to do.
 */
export const seal = ({ db, now }: Visit, most = mostLines): Promise<number> =>
  db.transaction().execute(async (db) => {
    const {
      rows: [turn],
    } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtextextended('the journal is sealed', 0)) as mine`.execute(db);
    if (!turn?.mine) return 0;
    // In the database from beginning to end: the lines need not come here to be hashed.
    const { rows } = await sql<{ lines: number }>`
      with taken as (
        select id, sha256(convert_to(${lineText}, 'UTF8')) as hash from journal where sealed_in is null order by id limit ${most}
      ), next as (
        select coalesce((select max(number) from journal_seals), 0) + 1 as number,
          coalesce((select hash from journal_seals order by number desc limit 1), decode(${noHash}, 'hex')) as previous,
          count(*)::int as lines, string_agg(uuid_send(id) || hash, ''::bytea order by id) as contents, ${now}::timestamptz as sealed_at
        from taken having count(*) > 0
      ), made as (
        insert into journal_seals (number, previous, lines, contents, hash, sealed_at)
        select number, previous, lines, contents, sha256(previous || int8send(number) || int8send(${microseconds(sql`sealed_at`)}) || contents), sealed_at
        from next returning number, lines
      )
      update journal set sealed_in = made.number from made, taken where journal.id = taken.id returning made.lines`.execute(db);
    return rows.length;
  });

const microseconds = (moment: ReturnType<typeof sql>) => sql`(extract(epoch from ${moment}) * 1000000)::bigint`;

/** Everything a line says, as one text in which nothing can be moved from one part to another: PostgreSQL's own notation of JSON. */
const lineText = sql`jsonb_build_array(id, ${microseconds(sql`happened_at`)}, what, by_person, person_id, edition_id, session_id, details)::text`;

/** The newest seal, to be kept elsewhere; null before there is one. */
export async function anchor({ db }: Visit): Promise<Anchor | null> {
  const {
    rows: [row],
  } = await sql<{ number: number; hash: string; lines: number; sealedAt: Date }>`
    select number, encode(hash, 'hex') as hash, (select sum(lines)::bigint from journal_seals) as lines, sealed_at as "sealedAt"
    from journal_seals order by number desc limit 1`.execute(db);
  return row ? { ...row, sealedAt: row.sealedAt.toISOString() } : null;
}

/** What going through the whole chain told; the first thousand deviations, and how many there are. */
export interface Verdict {
  readonly seals: number;
  readonly lines: number;
  /** Written a moment ago and not sealed yet. */
  readonly waiting: number;
  readonly found: number;
  readonly deviations: readonly Deviation[];
}

/**
 * Recomputes every hash of the journal as it is at one moment, and compares it with the anchors that were kept
 * elsewhere. Line after line: what is in memory does not grow with the journal.
 */
export const verify = ({ db, now }: Visit, anchors: readonly Pick<Anchor, 'number' | 'hash'>[] = []): Promise<Verdict> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((db) => through(db, now, anchors));

const patience = 60_000;

async function through(db: Kysely<DB>, now: Date, anchors: readonly Pick<Anchor, 'number' | 'hash'>[]): Promise<Verdict> {
  const verdict = { seals: 0, lines: 0, waiting: 0, found: 0, deviations: [] as Deviation[] };
  const wrong = (found: readonly Deviation[]) => {
    verdict.found += found.length;
    verdict.deviations.push(...found.slice(0, Math.max(0, 1000 - verdict.deviations.length)));
  };
  const met = new Map(anchors.map(({ number }) => [number, '']));
  const groups = groupsOf(linesIn(db));
  let lines = await groups.next();
  let before: { readonly number: number; readonly hash: string } = { number: 0, hash: noHash };
  /** Lines that say they are in a seal that does not exist. */
  const strangers = async (until: number) => {
    for (; !lines.done && lines.value.seal !== null && lines.value.seal < until; lines = await groups.next())
      wrong(compare(lines.value.seal, [], lines.value.lines));
  };
  for await (const seal of sealsIn(db)) {
    await strangers(seal.number);
    for (let number = before.number + 1; number < seal.number; number++) wrong([{ code: 'seal-missing', seal: number }]);
    if (seal.previous !== before.hash) wrong([{ code: 'chain-broken', seal: seal.number }]);
    if (seal.hash !== hashOfSeal(seal)) wrong([{ code: 'seal-rewritten', seal: seal.number }]);
    const found = !lines.done && lines.value.seal === seal.number ? lines.value.lines : [];
    if (found.length > 0) lines = await groups.next();
    wrong(compare(seal.number, listedIn(seal.contents), found));
    if (met.has(seal.number)) met.set(seal.number, seal.hash);
    before = seal;
    verdict.seals++;
    verdict.lines += found.length;
  }
  await strangers(Infinity);
  for (; !lines.done; lines = await groups.next()) {
    const late = lines.value.lines.filter(({ happenedAt }) => now.getTime() - happenedAt.getTime() > patience);
    verdict.waiting += lines.value.lines.length - late.length;
    wrong(late.map(({ id }) => ({ code: 'line-unsealed', line: id })));
  }
  for (const { number, hash } of anchors) {
    if (met.get(number) === '') wrong([{ code: 'anchor-missing', seal: number }]);
    else if (met.get(number) !== hash) wrong([{ code: 'anchor-differs', seal: number }]);
  }
  return verdict;
}

/** A seal with its list; the moment in microseconds since 1970. */
interface Whole {
  readonly number: number;
  readonly previous: string;
  readonly contents: Buffer;
  readonly hash: string;
  readonly sealedAt: number;
}

function hashOfSeal({ number, previous, contents, sealedAt }: Whole): string {
  const numbers = Buffer.alloc(16);
  numbers.writeBigInt64BE(BigInt(number), 0);
  numbers.writeBigInt64BE(BigInt(sealedAt), 8);
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(numbers).update(contents).digest('hex');
}

const listedIn = (contents: Buffer): Sealed[] =>
  Array.from({ length: contents.length / 48 }, (_, nth) => {
    const bytes = contents.subarray(nth * 48, nth * 48 + 48).toString('hex');
    return { id: bytes.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), hash: bytes.slice(32) };
  });

async function* sealsIn(db: Kysely<DB>): AsyncGenerator<Whole> {
  for (let after = 0; ;) {
    const {
      rows: [found],
    }: { rows: Whole[] } = await sql<Whole>`
      select number, encode(previous, 'hex') as previous, contents, encode(hash, 'hex') as hash, ${microseconds(sql`sealed_at`)} as "sealedAt"
      from journal_seals where number > ${after} order by number limit 1`.execute(db);
    if (!found) return;
    yield found;
    after = found.number;
  }
}

interface Found extends Sealed {
  readonly seal: number | null;
  readonly happenedAt: Date;
}

/** Every line in the order of the seals, those without one last. */
async function* linesIn(db: Kysely<DB>): AsyncGenerator<Found> {
  await sql`declare lines_in_order no scroll cursor for
    select id, sealed_in as seal, happened_at as "happenedAt", ${lineText} as text from journal order by sealed_in nulls last, id`.execute(db);
  for (;;) {
    const { rows } = await sql<Omit<Found, 'hash'> & { text: string }>`fetch 2000 from lines_in_order`.execute(db);
    for (const { text, ...line } of rows) yield { ...line, hash: createHash('sha256').update(text).digest('hex') };
    if (rows.length === 0) return;
  }
}

/** Together what says to be in the same seal; what is in none comes in pieces. */
async function* groupsOf(lines: AsyncGenerator<Found>): AsyncGenerator<{ readonly seal: number | null; readonly lines: readonly Found[] }> {
  let group: Found[] = [];
  for await (const line of lines) {
    const first = group[0];
    if (first && (first.seal !== line.seal || group.length === mostTogether)) {
      yield { seal: first.seal, lines: group };
      group = [];
    }
    group.push(line);
  }
  if (group[0]) yield { seal: group[0].seal, lines: group };
}
/** More than a seal ever holds. */
const mostTogether = 2 * mostLines;
