// The figures that somebody sees while they move a session, reckoned here: who wants what never leaves the house.
import { sql } from 'kysely';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { boardOf } from './board.server.ts';
import type { Board } from './board.ts';
import { figuresFor, prepare, type Prepared } from './engine/clashes.ts';
import { nowhere, type Instance, type Interest, type Placement } from './engine/instance.ts';
import { sentFigures, timeKey, type SentFigures } from './figures.ts';
import { together } from './board.ts';

/** What it would mean to put a session at any time and venue; null when it is not on the board. */
export async function figures(visit: Visit, edition: EditionId, code: string): Promise<SentFigures | null> {
  const board = await boardOf(visit, edition);
  const nth = board.sessions.findIndex((session) => session.code === code && session.state !== 'cancelled');
  if (nth === -1) return null;
  const { prepared, times } = await preparedFor(visit, edition, board);
  return sentFigures(
    prepared,
    figuresFor(prepared, nth),
    times,
    board.venues.map(({ id }) => id),
  );
}

/** What of all interest can be attended on this board, 0 to 1; null when nobody marked anything. */
export async function attendableShare(visit: Visit, edition: EditionId, board: Board): Promise<number | null> {
  const { prepared } = await preparedFor(visit, edition, board);
  return prepared.marked === 0 ? null : prepared.attendable / prepared.marked;
}

async function preparedFor(
  visit: Visit,
  edition: EditionId,
  board: Board,
): Promise<{ readonly prepared: Prepared; readonly times: readonly string[] }> {
  const spans = new Map([...board.slots, ...board.sessions.flatMap(({ spot }) => spot ?? [])].map((span) => [timeKey(span), span]));
  const times = [...spans.keys()];
  const nthTime = new Map(times.map((key, nth) => [key, nth]));
  const nthVenue = new Map(board.venues.map(({ id }, nth) => [id, nth]));
  const slots = [...spans.values()];
  const interest = interestOf(board, await marksOf(visit, edition));
  const people = new Map<string, number>();
  const numbered = (who: string): number => people.get(who) ?? (people.set(who, people.size), people.size - 1);
  const isOn = board.sessions.map(({ state }) => state !== 'cancelled');
  const instance: Instance = {
    venues: board.venues.map(({ kind, capacity }) => ({ kind, capacity: kind === 'online' ? null : capacity })),
    slots: slots.map(({ start, end }) => ({ start: +start / 60_000, end: +end / 60_000, day: 0, week: 0 })),
    interest,
    sessions: board.sessions.map(({ id, onSite, isPinned }, nth) => ({
      minutes: 0,
      hosts: isOn[nth] ? (board.needed.get(id) ?? []).map(numbered) : [],
      kind: onSite === 0 ? 'online' : 'onSite',
      capacity: onSite ?? 0,
      isPinned,
      may: Uint8Array.from(slots, (span) => (board.unavailable.get(id)?.some((not) => together(not, span)) ? 0 : 1)),
      themes: [],
      deepens: [],
    })),
  };
  const placement: Placement = {
    slot: Int32Array.from(board.sessions, ({ spot }, nth) => (spot && isOn[nth] ? nthTime.get(timeKey(spot))! : nowhere)),
    venue: Int32Array.from(board.sessions, ({ spot }, nth) => (spot?.venue && isOn[nth] ? (nthVenue.get(spot.venue) ?? nowhere) : nowhere)),
  };
  return { prepared: prepare(instance, placement), times };
}

export interface Mark {
  readonly person: PersonId;
  readonly session: SessionId;
  readonly weight: number;
}

/** What people wished, and where they have a place or wait for one; each session once a person. */
export async function marksOf(visit: Visit, edition: EditionId): Promise<readonly Mark[]> {
  const { rows } = await sql<Mark>`
    select person_id as person, session_id as session, max(weight)::integer as weight from (
      select w.person_id, w.session_id, case w.strength when 'must' then 3 when 'want' then 2 else 1 end as weight
      from wishes w join sessions s on s.id = w.session_id where s.edition_id = ${edition}
      union all
      select se.person_id, se.session_id, 3 from seats se join sessions s on s.id = se.session_id where s.edition_id = ${edition}
    ) marks group by 1, 2 order by 1, 2 limit 500000`.execute(visit.db);
  return rows;
}

export function interestOf({ sessions }: Pick<Board, 'sessions'>, all: readonly Mark[]): Interest {
  const nth = new Map(sessions.flatMap(({ id, state }, nth) => (state === 'cancelled' ? [] : [[id, nth] as const])));
  const marks = all.filter(({ session }) => nth.has(session));
  const starts = marks.flatMap(({ person }, at) => (marks[at - 1]?.person === person ? [] : [at]));
  return {
    people: starts.length,
    start: Int32Array.from([...starts, marks.length]),
    session: Uint16Array.from(marks, ({ session }) => nth.get(session)!),
    weight: Float32Array.from(marks, ({ weight }) => weight),
  };
}
