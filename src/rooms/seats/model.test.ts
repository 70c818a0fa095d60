// The rules of the desk under any history: as many commands as 10,000 histories of a hundred. After every command the hall
// that is run by the rules must be as in a notebook that knows none of them, and every promise must hold.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendances, type Attendance } from '#rooms/programme/session.ts';
import { beginning, history } from './commands.testing.ts';
import { isBusy, obey, openHall, rules, type Beginning, type Command, type Hall, type Line, type Room, type Rules } from './hall.testing.ts';
import { note, openNotebook, type Notebook } from './notebook.testing.ts';
import type { Turn } from './desk.ts';
import { lineOf, takesPlace, type Own } from './seat.ts';

/** Histories have any length up to a hundred: about fifty on average. */
const runs = 20_000;

test('after every command of any history it is as somebody with a pencil would have it, and every promise holds', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(beginning, history, (beginning, history) => live(beginning, history)),
    { numRuns: runs },
  );
});

// Each of these is a rule with one mistake in it. That it is found says that the model looks there.
const mistakes: Readonly<Record<string, Partial<Rules>>> = {
  'who moves up is not counted in their share': { movesUp: (desk, ...rest) => rules.movesUp({ ...desk, shares: [] }, ...rest) },
  'the last of the line moves up first': { movesUp: (desk, way, line, term) => rules.movesUp(desk, way, line.toReversed(), term) },
  'more move up than there are places': { movesUp: (desk, way, ...rest) => rules.movesUp(withPlaces(desk, way, { capacity: null }), way, ...rest) },
  'nobody moves up': { mayMove: () => false },
  'who is held up by their share holds up everybody': {
    movesUp: (desk, way, line, term) => rules.movesUp(desk, way, line.slice(0, 1), term),
  },
  'who moves up into an overlap just has it': {
    movesUp: (desk, way, line, term) =>
      rules.movesUp(
        desk,
        way,
        line.map((waiter) => ({ ...waiter, overlaps: false })),
        term,
      ),
  },
  'who moves up gets a new number': {
    movesUp: (desk, ...rest) => rules.movesUp(desk, ...rest).map((up, nth) => ({ ...up, after: { ...up.after!, arrival: desk.arrivals + 1 + nth } })),
  },
  'who changes over is asked, and has neither place meanwhile': {
    movesUp: (desk, way, line, term) =>
      rules.movesUp(
        desk,
        way,
        line.map((waiter) => ({ ...waiter, own: { ...waiter.own, wants: null } })),
        term,
      ),
  },
  'who comes now passes the line': { claimed: (desk, own, ask) => rules.claimed(withoutLines(desk), own, ask) },
  'who comes now is not counted in their share': { claimed: (desk, own, ask) => rules.claimed({ ...desk, shares: [] }, own, ask) },
  'who comes to a full session has a place': {
    claimed: (desk, own, ask) => rules.claimed(withPlaces(withPlaces(desk, 'onSite', { taken: 0 }), 'online', { taken: 0 }), own, ask),
  },
  'who changes line joins at the end': {
    claimed: (desk, own, ask) => changed(rules.claimed(desk, own, ask), (after) => ({ ...after, arrival: desk.arrivals + 1 })),
  },
  'who wants the other way gives up this one at once': {
    claimed: (desk, own, ask) =>
      changed(rules.claimed(desk, own, ask), (after) =>
        after.wants ? { ...after, standing: 'waiting', attendance: after.wants, wants: null } : after,
      ),
  },
  'who asks for their place back keeps waiting for the other': {
    claimed: (desk, own, ask) => changed(rules.claimed(desk, own, ask), (after) => ({ ...after, wants: after.wants ?? own?.wants ?? null })),
  },
  'who has an offer may take another way with it': {
    claimed: (desk, own, ask) => rules.claimed(desk, own && { ...own, standing: own.standing === 'offered' ? 'held' : own.standing }, ask),
  },
  'who names no way goes on site': { claimed: (desk, own, ask) => rules.claimed(desk, own, { ...ask, attendance: ask.attendance ?? 'onSite' }) },
  'what is not offered can be claimed': {
    claimed: (desk, own, ask) =>
      rules.claimed(
        attendances.reduce((desk, way) => (desk.places[way].capacity === 0 ? withPlaces(desk, way, { capacity: null }) : desk), desk),
        own,
        ask,
      ),
  },
  'an offer can be taken when its time is over': { accepted: (own) => rules.accepted(own, new Date(0)) },
  'an offer that is taken can still run out': {
    accepted: (own, now) => changed(rules.accepted(own, now), (after) => ({ ...after, offeredUntil: own?.offeredUntil ?? null })),
  },
  'who waits can take a place that was not offered': {
    accepted: (own, now) => rules.accepted(own?.standing === 'waiting' ? { ...own, standing: 'offered', offeredUntil: new Date(8e15) } : own, now),
  },
  'by hand there is always a place': {
    placed: (desk, own, way, groups) => rules.placed(withPlaces(desk, way, { capacity: null }), own, way, groups),
  },
  'by hand shares do not count': { placed: (desk, ...rest) => rules.placed({ ...desk, shares: [] }, ...rest) },
  'by hand somebody gets a new number': {
    placed: (desk, ...rest) => changed(rules.placed(desk, ...rest), (after) => ({ ...after, arrival: desk.arrivals + 1 })),
  },
  'at the door there is always a place': { present: (desk, ...rest) => rules.present(withPlaces(desk, 'onSite', { capacity: null }), ...rest) },
  'at the door shares do not count': { present: (desk, ...rest) => rules.present({ ...desk, shares: [] }, ...rest) },
  'who comes in twice comes in later': { present: (desk, own, at) => rules.present(desk, { ...own, checkedInAt: null }, at) },
  'who is let out again stays in': { undone: (own) => ({ after: own, what: null }) },
  'who is in loses their place to who is absent': { absent: (own) => rules.absent(own && { ...own, checkedInAt: null }) },
  'who takes part online must come to the door': { absent: (own) => (own?.attendance === 'online' ? rules.released(own) : rules.absent(own)) },
  'an offer that nobody answers stays': { expired: (own) => ({ after: own, what: null }) },
  'who leaves keeps their place': { released: (own) => ({ after: own, what: null }) },
  'a share can be smaller than what is taken': { whyNotShares: () => null },
  'a share of each organisation counts them together': {
    whyNotShares: (taken, shares) => {
      const all = [...taken].filter(([group]) => group.startsWith('organisation:')).reduce((sum, [, count]) => sum + count, 0);
      return shares.some(({ group, most }) => group === 'organisation:*' && all > most) ? 'share-below-held' : rules.whyNotShares(taken, shares);
    },
  },
  'a draw gives more than there is': { drawn: (desk, own, one) => rules.drawn(withPlaces(desk, one.attendance, { capacity: null }), own, one) },
  'a draw knows no shares': { drawn: (desk, ...rest) => rules.drawn({ ...desk, shares: [] }, ...rest) },
  'a draw gives nothing to who waited already': { drawn: (desk, own, one) => (own ? { after: own, what: null } : rules.drawn(desk, own, one)) },
  'a draw gives a new number to who waited already': {
    drawn: (desk, own, one) => {
      const got = rules.drawn(desk, own, one);
      return 'after' in got && got.after && got.what ? { ...got, after: { ...got.after, arrival: desk.arrivals + 1 } } : got;
    },
  },
  'the journal calls a place in the line a place': {
    claimed: (...all) => {
      const got = rules.claimed(...all);
      return 'after' in got && got.what === 'seat-waiting' ? { ...got, what: 'seat-held' } : got;
    },
  },
  'the journal calls an offer a place': { movesUp: (...all) => rules.movesUp(...all).map((up) => ({ ...up, what: 'seat-moved-up' })) },
  'an offer takes up no place': {
    tally: (desk, before, after) => rules.tally(desk, before, after?.standing === 'offered' ? { ...after, standing: 'waiting' } : after),
  },
  'groups are not counted': { tally: (desk, ...rest) => ({ ...rules.tally(desk, ...rest), taken: desk.taken }) },
  'who leaves is still counted': { tally: (desk, before, after) => (after ? rules.tally(desk, before, after) : { ...desk, turns: desk.turns + 1 }) },
  'who keeps a place stands in no line': {
    tally: (desk, before, after) => rules.tally(desk, before && { ...before, wants: null }, after && { ...after, wants: null }),
  },
  'a change has no number': { tally: (desk, ...rest) => ({ ...rules.tally(desk, ...rest), turns: desk.turns }) },
  'an arrival is not counted': { tally: (desk, ...rest) => ({ ...rules.tally(desk, ...rest), arrivals: desk.arrivals }) },
  'an offer has no end': { termFor: (...all) => ({ ...rules.termFor(...all), overlapBy: new Date(8e15) }) },
  'an offer outlives the start': { termFor: (hours, _start, now) => rules.termFor(hours, null, now) },
  'everybody has a day to answer': { termFor: (hours, ...rest) => rules.termFor(hours === null ? null : 24, ...rest) },
  'nobody has to answer': { termFor: (hours, ...rest) => ({ ...rules.termFor(hours, ...rest), answerBy: null }) },
  'places can be fewer than are taken': { whyNotFewer: (places, capacity) => rules.whyNotFewer({ ...places, taken: 0 }, capacity) },
  'a line can be left for what is no longer offered': { whyNotFewer: (places, capacity) => rules.whyNotFewer({ ...places, waiting: 0 }, capacity) },
  'places cannot be as few as are taken': { whyNotFewer: (places, capacity) => rules.whyNotFewer({ ...places, taken: places.taken + 1 }, capacity) },
  'who is fast signs up before the draw': { whyNot: (session, now) => rules.whyNot({ ...session, keptFor: null }, now) },
  'who is late signs up after the start': { whyNot: (session) => rules.whyNot(session, new Date(0)) },
  'who signs up for what is cancelled has a place': { whyNot: (session, now) => rules.whyNot({ ...session, state: 'published' }, now) },
};

test.each(Object.entries(mistakes))('this mistake is found: %s', { timeout: 300_000 }, (_, broken) => {
  const { failed } = fc.check(
    fc.property(beginning, history, (beginning, history) => live(beginning, history, broken)),
    { numRuns: runs, endOnFailure: true },
  );
  expect(failed).toBe(true);
});

type Desk = Room['desk'];
const withPlaces = (desk: Desk, way: Attendance, change: Partial<Desk['places'][Attendance]>): Desk => ({
  ...desk,
  places: { ...desk.places, [way]: { ...desk.places[way], ...change } },
});
const withoutLines = (desk: Desk): Desk => withPlaces(withPlaces(desk, 'onSite', { waiting: 0 }), 'online', { waiting: 0 });
function changed<Got extends ReturnType<Rules['claimed']>>(got: Got, change: (after: Own) => Own): Got {
  return 'after' in got && got.what !== null ? { ...got, after: change(got.after) } : got;
}

/** One history, told twice. Throws with what is not as it should be. */
function live(beginning: Beginning, history: readonly Command[], broken: Partial<Rules> = {}): void {
  const hall = openHall(beginning, broken);
  const book = openNotebook(beginning);
  for (const command of history) {
    const before = hall.rooms.map(photo);
    const { outcome } = hall;
    const answers = [obey(hall, command), note(book, command, outcome)];
    if (answers[0] !== answers[1]) throw new Error(`the desk answers ${answers[0]}, the notebook ${answers[1]}`);
    hall.rooms.forEach((room, session) => {
      same(room, book, session);
      if (room.desk === before[session]!.desk && command.do !== 'expire') return;
      for (const promise of promises) {
        const broken = promise({ hall, room, session, before: before[session]!, command, lines: room.lines.slice(before[session]!.lines) });
        if (broken) throw new Error(`${promise.name}: ${broken}`);
      }
    });
  }
}

interface Photo {
  readonly desk: Room['desk'];
  readonly seats: ReadonlyMap<number, Own>;
  readonly keptFor: string | null;
  readonly lines: number;
}
const photo = ({ desk, seats, keptFor, lines }: Room): Photo => ({ desk, seats: new Map(seats), keptFor, lines: lines.length });

/** The tables of the desk are the page of the notebook, counted again. */
function same({ desk, seats }: Room, book: Notebook, session: number): void {
  const page = book.pages[session]!;
  const differ = (what: string, ours: unknown, theirs: unknown) => {
    if (ours !== theirs) throw new Error(`session ${session}: ${what} is ${String(ours)} and in the notebook ${String(theirs)}`);
  };
  for (const way of attendances) {
    differ(`capacity ${way}`, desk.places[way].capacity, page.places[way]);
    differ(
      `taken ${way}`,
      desk.places[way].taken,
      count(page.rows, ({ place }) => place === way),
    );
    differ(
      `waiting ${way}`,
      desk.places[way].waiting,
      count(page.rows, ({ line }) => line === way),
    );
  }
  differ('arrivals', desk.arrivals, page.came);
  differ('turns', desk.turns, page.turns);
  differ('people', seats.size, page.rows.length);
  for (const { person, place, line, until, arrival, isIn } of page.rows) {
    const own = seats.get(person);
    differ(`seat of ${person}`, own !== undefined, true);
    differ(`place of ${person}`, takesPlace(own!) ? own!.attendance : null, place);
    differ(`line of ${person}`, lineOf(own!), line);
    differ(`time of ${person}`, own!.offeredUntil?.getTime() ?? null, until);
    differ(`number of ${person}`, own!.arrival, arrival);
    differ(`presence of ${person}`, own!.checkedInAt !== null, isIn);
  }
}

const count = <Thing>(things: readonly Thing[], is: (thing: Thing) => boolean): number => things.reduce((sum, thing) => sum + (is(thing) ? 1 : 0), 0);

/** What was seen of one session around one command. */
interface Seen {
  readonly hall: Hall;
  readonly room: Room;
  readonly session: number;
  readonly before: Photo;
  readonly command: Command;
  /** What was written in its journal. */
  readonly lines: readonly Line[];
}
/** Each says what breaks it, or nothing. */
type Promised = (seen: Seen) => string | null | undefined | false;

const placed = ({ seats }: Room, way: Attendance): Own[] => [...seats.values()].filter((own) => takesPlace(own) && own.attendance === way);
const waiting = ({ seats }: Room, way: Attendance): Own[] => [...seats.values()].filter((own) => lineOf(own) === way);
const isOpen = ({ hall, room }: Seen): boolean => room.state !== 'cancelled' && room.start > hall.now && room.keptFor === null;
const isUnder = (rule: string, group: string): boolean => rule === group || (rule === 'organisation:*' && /^organisation:/.test(group));
const isWithin = (few: readonly string[], many: readonly string[]): boolean => few.every((one) => many.includes(one));

const neverMoreThanPlaces: Promised = ({ room }) =>
  attendances.find((way) => placed(room, way).length > (room.desk.places[way].capacity ?? Infinity));

const neverMoreThanAShare: Promised = ({ room }) => overShare(room, 0);
function overShare(room: Room, extra: number, of?: readonly string[]): string | undefined {
  return room.desk.shares
    .flatMap(({ attendance, group: rule, most }) => {
      const taken = placed(room, attendance).flatMap(({ groups }) => groups);
      const groups = new Set((of ?? taken).filter((group) => isUnder(rule, group)));
      return [...groups].filter((group) => count(taken, (one) => one === group) + extra > most).map((group) => `${attendance} ${group}`);
    })
    .at(0);
}

/** With shares there may be places that nobody in the line may have. */
const nobodyWaitsBesideAPlace: Promised = (seen) =>
  isOpen(seen) &&
  attendances.find((way) => {
    const { capacity } = seen.room.desk.places[way];
    if (capacity !== null && placed(seen.room, way).length >= capacity) return false;
    return waiting(seen.room, way).some(({ groups }) => !wouldBeOver(seen.room, way, groups));
  });
const wouldBeOver = ({ desk, ...room }: Room, way: Attendance, groups: readonly string[]): boolean =>
  overShare({ ...room, desk: { ...desk, shares: desk.shares.filter(({ attendance }) => attendance === way) } }, 1, groups) !== undefined;

/** Of two who may have the same, the one who came first; by hand and at the door anything goes. */
const nobodyIsPassed: Promised = ({ room, before, command, lines }) => {
  for (const line of lines) {
    if (!('person' in line) || !line.after || !takesPlace(line.after) || line.what === 'seat-drawn' || isByHand(command, line.person)) continue;
    const { attendance, arrival, groups } = line.after;
    const was = before.seats.get(line.person);
    if (was && takesPlace(was) && was.attendance === attendance) continue;
    const passed = waiting(room, attendance).find((other) => other.arrival < arrival && isWithin(other.groups, groups));
    if (passed) return `${arrival} passed ${passed.arrival}`;
  }
  return null;
};
const isByHand = (command: Command, person: number): boolean => (command.do === 'place' || command.do === 'check in') && command.person === person;

const aNumberIsForLife: Promised = ({ room, before }) => {
  const numbers = new Set([...room.seats.values()].map(({ arrival }) => arrival));
  if (numbers.size < room.seats.size) return 'twice the same number';
  for (const [person, { arrival }] of room.seats) {
    const was = before.seats.get(person);
    if (was ? was.arrival !== arrival : arrival <= before.desk.arrivals) return `${arrival}`;
  }
  return null;
};

/** What somebody has goes by their own word, by hand, by not answering, or by not coming. */
const nothingIsWithdrawn: Promised = ({ hall, room, before, command }) => {
  for (const [person, was] of before.seats) {
    const is = room.seats.get(person);
    if (is && (takesPlace(is) || !takesPlace(was))) continue;
    const isAsked = (command.do === 'release' || command.do === 'remove') && command.person === person;
    const isOver = command.do === 'expire' && was.standing === 'offered' && was.offeredUntil! <= hall.now;
    const isAbsent =
      command.do === 'absent' && room.start <= hall.now && was.attendance === 'onSite' && was.checkedInAt === null && was.standing === 'held';
    if (!isAsked && !isOver && !isAbsent) return `${person}`;
  }
  return null;
};

/** Another place than before only when they asked, or waited for it; the one they had was theirs until then. */
const theOldPlaceIsKept: Promised = ({ room, before, command }) => {
  for (const [person, was] of before.seats) {
    const is = room.seats.get(person);
    if (!is || !takesPlace(was) || is.attendance === was.attendance) continue;
    const isAsked = 'person' in command && command.person === person;
    if (!isAsked && was.wants !== is.attendance) return `${person}`;
    if (is.standing !== 'held') return `${person} has only an offer`;
  }
  return null;
};

/** Who has something else at that time is asked first, unless they had a place here, or gave their word just now. */
const noOverlapBySurprise: Promised = ({ hall, room, session, before, command }) => {
  for (const [person, is] of room.seats) {
    const was = before.seats.get(person);
    const isTheirWord = 'person' in command && command.person === person && 'session' in command && command.session === session;
    if (is.standing !== 'held' || !was || takesPlace(was) || isTheirWord || command.do === 'confirm') continue;
    if (isBusyBefore(hall, person, session)) return `${person}`;
  }
  return null;
};
const isBusyBefore = (hall: Hall, person: number, session: number): boolean =>
  isBusy(hall, person, session) && !movedElsewhere(hall, person, session);
/** Several sessions can settle in one command; who got this place first was not busy yet. */
const movedElsewhere = (hall: Hall, person: number, session: number): boolean =>
  hall.rooms.some((room, nth) => nth !== session && room.lines.slice(-8).some((line) => 'person' in line && line.person === person));

const anOfferEnds: Promised = ({ hall, room, before, command }) => {
  for (const [person, { standing, offeredUntil }] of room.seats) {
    if ((standing === 'offered') !== (offeredUntil !== null)) return `${person} without end`;
    if (offeredUntil === null) continue;
    const until = offeredUntil.getTime();
    if (until > room.start.getTime()) return `${person} after the start`;
    if (command.do === 'expire' && until <= hall.now.getTime()) return `${person} is over`;
    const isNew = before.seats.get(person)?.offeredUntil?.getTime() !== until;
    const soonest = Math.min(hall.now.getTime() + (hall.acceptHours ?? 24) * 3_600_000, room.start.getTime());
    if (isNew && until !== soonest) return `${person} too late or too early`;
  }
  return null;
};

/** Kept for the draw, begun or cancelled: nobody comes in by themselves, nobody moves up. */
const aClosedSessionTakesNobody: Promised = (seen) => {
  const { room, before, command } = seen;
  if (isOpen(seen) || (before.keptFor !== null && room.keptFor === null)) return null;
  for (const [person, is] of room.seats) {
    const was = before.seats.get(person);
    const isNew = !was || (takesPlace(is) && !takesPlace(was)) || (is.standing === 'held' && was.standing === 'offered' && command.do !== 'accept');
    if (isNew && !isByHand(command, person)) return `${person}`;
  }
  return null;
};

const everyChangeHasATurn: Promised = ({ room, before, lines }) => {
  const isInOrder = lines.every(({ turn }, nth) => turn === before.desk.turns + nth + 1);
  return isInOrder && room.desk.turns === room.lines.length ? null : `${room.desk.turns} turns, ${room.lines.length} lines`;
};

const theJournalTellsIt: Promised = ({ room, before, lines }) => {
  const told = new Map(before.seats);
  for (const line of lines) {
    if (!('person' in line)) continue;
    if (line.after) told.set(line.person, line.after);
    else told.delete(line.person);
  }
  const isSame = told.size === room.seats.size && [...told].every(([person, own]) => room.seats.get(person) === own);
  return isSame ? null : 'another story';
};

/** The journal's word for it is what happened. */
const theWordIsRight: Promised = ({ before, lines }) => {
  const seats = new Map(before.seats);
  for (const line of lines) {
    if (!('person' in line)) continue;
    const { person, what, after } = line;
    if (!isWhatHappened(what, seats.get(person) ?? null, after)) return `${person} ${what}`;
    if (after) seats.set(person, after);
    else seats.delete(person);
  }
  return null;
};
function isWhatHappened(what: Turn, was: Own | null, is: Own | null): boolean {
  switch (what) {
    case 'seat-held':
      return was === null && is?.standing === 'held';
    case 'seat-waiting':
      return was === null && is?.standing === 'waiting';
    case 'seat-changed':
      return was !== null && is !== null && is.standing !== 'offered' && (was.attendance !== is.attendance || was.wants !== is.wants);
    case 'seat-moved-up':
      return was !== null && is?.standing === 'held' && (was.standing !== 'held' || was.attendance !== is.attendance);
    case 'seat-offered':
      return was?.standing === 'waiting' && is?.standing === 'offered';
    case 'seat-accepted':
      return was?.standing === 'offered' && is?.standing === 'held' && was.attendance === is.attendance;
    case 'seat-offer-expired':
      return was?.standing === 'offered' && is === null;
    case 'seat-released':
    case 'seat-no-show':
      return was !== null && is === null;
    case 'seat-checked-in':
      return was?.checkedInAt === null && is?.standing === 'held' && is.attendance === 'onSite' && is.checkedInAt !== null;
    case 'seat-check-in-undone':
      return was?.checkedInAt !== null && is?.checkedInAt === null;
    case 'seat-drawn':
      return !(was && takesPlace(was)) && is !== null && is.standing !== 'offered';
  }
}

const positionsHaveNoGap: Promised = ({ room }) =>
  attendances.find((way) => {
    const line = waiting(room, way);
    const positions = line.map(({ arrival }) => count(line, (other) => other.arrival <= arrival)).sort((a, b) => a - b);
    return positions.some((position, nth) => position !== nth + 1);
  });

const promises = [
  neverMoreThanPlaces,
  neverMoreThanAShare,
  nobodyWaitsBesideAPlace,
  nobodyIsPassed,
  aNumberIsForLife,
  nothingIsWithdrawn,
  theOldPlaceIsKept,
  noOverlapBySurprise,
  anOfferEnds,
  aClosedSessionTakesNobody,
  everyChangeHasATurn,
  theJournalTellsIt,
  theWordIsRight,
  positionsHaveNoGap,
];
