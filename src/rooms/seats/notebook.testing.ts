// The same hall kept in a notebook, as somebody would with a pencil: a row for everybody, and everything counted again
// each time. It shares no rule with desk.ts, so that the two can be compared.
import { attendances, type Attendance } from '#rooms/programme/session.ts';
import type { Answer, Beginning, Command, Outcome } from './hall.testing.ts';

export interface Row {
  readonly person: number;
  readonly arrival: number;
  readonly groups: readonly string[];
  /** The place they have, and the line they stand in: one of them or both. */
  place: Attendance | null;
  line: Attendance | null;
  /** Until when that place is only offered. */
  until: number | null;
  isIn: boolean;
}

export interface Page {
  readonly start: number;
  readonly end: number;
  readonly places: Record<Attendance, number | null>;
  readonly shares: Record<Attendance, readonly { readonly group: string; readonly most: number }[]>;
  rows: Row[];
  isCancelled: boolean;
  isKept: boolean;
  /** How many people ever came, and how often something changed. */
  came: number;
  turns: number;
}

export interface Notebook {
  readonly people: readonly (readonly string[])[];
  readonly acceptHours: number | null;
  readonly pages: readonly Page[];
  now: number;
}

export const openNotebook = ({ now, acceptHours, people, sessions }: Beginning): Notebook => ({
  people,
  acceptHours,
  now: now.getTime(),
  pages: sessions.map(({ start, end, onSite, online }) => ({
    start: start.getTime(),
    end: end.getTime(),
    places: { onSite, online },
    shares: { onSite: [], online: [] },
    rows: [],
    isCancelled: false,
    isKept: false,
    came: 0,
    turns: 0,
  })),
});

/** Writes down what is asked; `outcome` is what a draw gave, for when it is confirmed. */
export function note(book: Notebook, command: Command, outcome: Outcome | null): Answer {
  const page = 'session' in command ? book.pages[command.session]! : null;
  const row = page && 'person' in command ? page.rows.find(({ person }) => person === command.person) : undefined;
  switch (command.do) {
    case 'claim': {
      const asked = command.attendance;
      if (row && (asked === null || asked === (row.line ?? row.place))) return null;
      const closed = whyClosed(book, page!);
      if (closed) return closed;
      const groups = book.people[command.person]!;
      const way = asked ?? anyWay(page!, groups);
      if (way === null || page!.places[way] === 0) return 'not-offered';
      if (row?.until) return 'answer-first';
      join(page!, row ?? comes(page!, command.person, groups), way);
      return next(book, page!);
    }
    case 'release':
    case 'remove':
      if (row) strike(page!, row);
      return next(book, page!);
    case 'accept': {
      if (row?.place && row.until === null) return null;
      const closed = whyClosed(book, page!);
      if (closed && closed !== 'wishes-first') return closed;
      if (!row?.until) return 'no-offer';
      if (row.until <= book.now) return 'offer-expired';
      row.until = null;
      page!.turns++;
      return null;
    }
    case 'place':
      if (page!.isCancelled) return 'session-cancelled';
      return sit(book, page!, row, command.person, command.attendance) ?? next(book, page!);
    case 'check in':
      if (page!.isCancelled) return 'session-cancelled';
      if (!row) return 'not-on-roll';
      if (row.isIn) return null;
      if (row.place !== 'onSite' && !isRoomFor(page!, 'onSite', row.groups)) return 'no-place-left';
      Object.assign(row, { place: 'onSite', line: null, until: null, isIn: true });
      page!.turns++;
      return next(book, page!);
    case 'undo check-in':
      if (row?.isIn) page!.turns++;
      if (row) row.isIn = false;
      return null;
    case 'absent':
      if (book.now < page!.start) return 'not-started';
      for (const row of [...page!.rows]) if (row.place === 'onSite' && row.until === null && !row.isIn) strike(page!, row);
      return null;
    case 'wait':
      book.now += command.minutes * 60_000;
      return null;
    case 'expire': {
      const isOver = ({ until }: Row) => until !== null && until <= book.now;
      const first = (page: Page) => Math.min(...page.rows.filter(isOver).map(({ until }) => until!));
      const over = book.pages.filter((page) => page.rows.some(isOver)).map((page) => ({ page, first: first(page) }));
      for (const { page } of over.sort((a, b) => a.first - b.first)) {
        for (const row of page.rows.filter(isOver)) strike(page, row);
        next(book, page);
      }
      return null;
    }
    case 'cancel':
      page!.isCancelled = true;
      return null;
    case 'places': {
      const { attendance, capacity } = command;
      if (page!.places[attendance] === capacity) return null;
      if (capacity !== null && page!.rows.filter(({ place }) => place === attendance).length > capacity) return 'below-held';
      if (capacity === 0 && page!.rows.some(({ line }) => line === attendance)) return 'still-waiting';
      page!.places[attendance] = capacity;
      page!.turns++;
      return next(book, page!);
    }
    case 'shares': {
      const { attendance, shares } = command;
      const was = page!.shares[attendance];
      if (was.length === shares.length && shares.every(({ group, most }) => was.some((one) => one.group === group && one.most === most))) return null;
      const placed = page!.rows.filter(({ place }) => place === attendance);
      const groups = new Set(placed.flatMap(({ groups }) => groups));
      for (const group of groups)
        for (const share of shares)
          if (falls(group, share.group) && placed.filter((row) => row.groups.includes(group)).length > share.most) return 'share-below-held';
      page!.shares[attendance] = shares;
      page!.turns++;
      return next(book, page!);
    }
    case 'open window':
      if (book.pages.some(({ isKept }) => isKept)) return 'kept-already';
      for (const session of command.sessions) book.pages[session]!.isKept = true;
      return null;
    case 'wish':
      return page!.isKept ? null : 'no-window';
    case 'draw':
      return book.pages.some(({ isKept }) => isKept) ? null : 'no-window';
    case 'confirm':
      return outcome ? drawn(book, outcome) : 'no-draw';
    case 'call off':
      return open(book);
  }
}

const falls = (group: string, rule: string): boolean => rule === group || (rule.endsWith(':*') && group.startsWith(rule.slice(0, -1)));

function whyClosed(book: Notebook, page: Page): string | null {
  if (page.isCancelled) return 'session-cancelled';
  if (page.start <= book.now) return 'session-started';
  return page.isKept ? 'wishes-first' : null;
}

/** Whether there is a place for somebody of these groups, whoever waits. */
function isRoomFor(page: Page, way: Attendance, groups: readonly string[]): boolean {
  const placed = page.rows.filter(({ place }) => place === way);
  const most = page.places[way];
  if (most !== null && placed.length >= most) return false;
  return groups.every((group) =>
    page.shares[way].every((share) => !falls(group, share.group) || placed.filter((row) => row.groups.includes(group)).length < share.most),
  );
}

/** Of everybody in this line the one who came first and may have a place. */
const firstOf = (page: Page, way: Attendance): Row | undefined =>
  page.rows
    .filter(({ line }) => line === way)
    .sort((a, b) => a.arrival - b.arrival)
    .find(({ groups }) => isRoomFor(page, way, groups));

function anyWay(page: Page, groups: readonly string[]): Attendance | null {
  const open = attendances.filter((way) => page.places[way] !== 0);
  const length = (way: Attendance) => page.rows.filter(({ line }) => line === way).length;
  return open.find((way) => !firstOf(page, way) && isRoomFor(page, way, groups)) ?? open.sort((a, b) => length(a) - length(b))[0] ?? null;
}

function comes(page: Page, person: number, groups: readonly string[]): Row {
  const row: Row = { person, arrival: ++page.came, groups, place: null, line: null, until: null, isIn: false };
  page.rows.push(row);
  return row;
}

/** Everybody joins the line; who is the first there that may have a place has it. */
function join(page: Page, row: Row, way: Attendance): void {
  row.line = row.place === way ? null : way;
  page.turns++;
  if (row.line === null || firstOf(page, way) !== row) return;
  row.place = way;
  row.line = null;
}

/** A place by hand, whoever waits. */
function sit(book: Notebook, page: Page, row: Row | undefined, person: number, way: Attendance): string | null {
  const groups = row?.groups ?? book.people[person]!;
  const has = row?.place === way;
  if (has && row.until === null && row.line === null) return null;
  if (!has && page.places[way] === 0) return 'not-offered';
  if (!has && !isRoomFor(page, way, groups)) return 'no-place-left';
  Object.assign(row ?? comes(page, person, groups), { place: way, line: null, until: null });
  page.turns++;
  return null;
}

function strike(page: Page, row: Row): void {
  page.rows = page.rows.filter((other) => other !== row);
  page.turns++;
}

/** Places that are there go to who waits. */
function next(book: Notebook, page: Page): null {
  if (whyClosed(book, page)) return null;
  for (let moved = true; moved;) {
    moved = false;
    for (const way of attendances)
      for (let row = firstOf(page, way); row; row = firstOf(page, way)) {
        row.until = row.place === null ? mustAnswerBy(book, page, row.person) : null;
        row.place = way;
        row.line = null;
        page.turns++;
        moved = true;
      }
  }
  return null;
}

/** Who has something else at that time, or everybody where the edition says so, is asked first. */
function mustAnswerBy(book: Notebook, page: Page, person: number): number | null {
  const busy = book.pages.some(
    (other) =>
      other !== page &&
      !other.isCancelled &&
      other.start < page.end &&
      page.start < other.end &&
      other.rows.some((row) => row.person === person && row.place !== null),
  );
  if (book.acceptHours === null && !busy) return null;
  return Math.min(book.now + (book.acceptHours ?? 24) * 3_600_000, page.start);
}

/** First everybody who was given a place, then the lines in their order; all or nothing. */
function drawn(book: Notebook, { given, lines }: Outcome): Answer {
  const isClosed = ({ session }: { readonly session: number }) => !['wishes-first', null].includes(whyClosed(book, book.pages[session]!));
  if (given.some(isClosed)) return 'places-changed';
  const before = book.pages.map((page) => ({ rows: page.rows.map((row) => ({ ...row })), came: page.came, turns: page.turns }));
  for (const { person, session, attendance } of given) {
    const page = book.pages[session]!;
    const row = page.rows.find((row) => row.person === person);
    if (row?.place || sit(book, page, row, person, attendance) === null) continue;
    book.pages.forEach((page, nth) => Object.assign(page, before[nth]));
    return 'places-changed';
  }
  for (const { person, session, attendance } of lines) {
    const page = book.pages[session]!;
    if (isClosed({ session }) || page.places[attendance] === 0 || page.rows.some((row) => row.person === person)) continue;
    comes(page, person, book.people[person]!).line = attendance;
    page.turns++;
  }
  return open(book);
}

function open(book: Notebook): null {
  const kept = book.pages.filter(({ isKept }) => isKept);
  for (const page of kept) page.isKept = false;
  for (const page of kept) next(book, page);
  return null;
}
