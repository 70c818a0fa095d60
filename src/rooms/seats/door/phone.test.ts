import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atDoor, forgetfulPhone, mostAtOnce, type Answer, type DoorState, type Phone, type Question, type Turned, type World } from './phone.ts';
import type { Board, Guest, Told } from './board.ts';

const guest = (nth: number, changed: Partial<Guest> = {}): Guest => ({
  pass: `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`,
  name: `deelnemer ${nth}`,
  organisation: null,
  standing: 'held',
  position: null,
  checkedInAt: null,
  ...changed,
});
const guests = Array.from({ length: 4 }, (_, nth) => guest(nth));
const board = (guests: readonly Guest[], mark = ''): Board => ({
  code: 'ABC123',
  title: { nl: 'Sneller inkopen' },
  start: 0,
  timeZone: 'Europe/Amsterdam',
  until: 0,
  capacity: 4,
  guests,
  mark,
});

/** What happens to a question on its way: it arrives and is answered, it never arrives, or its answer is lost. */
type Fate = 'arrives' | 'lost' | 'answer lost';

/** A server that takes each pass once, and remembers everything that it was told. */
function serverOf(people: readonly Guest[], knows = (pass: string) => people.some((one) => one.pass === pass)) {
  let list = people;
  const took: { pass: string; what: Told['what']; at: number; isNew: boolean }[] = [];
  const take = ({ told, mark }: Question, now: number): Answer => {
    const answers = told.map(({ nr, pass, what, ago }) => {
      if (!knows(pass)) return { nr, refused: 'pass-unknown' };
      const wasIn = list.find((one) => one.pass === pass)!.checkedInAt !== null;
      const isNew = wasIn !== (what === 'in');
      took.push({ pass, what, at: now - ago, isNew });
      if (isNew) list = list.map((one) => (one.pass === pass ? { ...one, checkedInAt: what === 'in' ? now - ago : null } : one));
      return { nr, refused: null };
    });
    const newMark = JSON.stringify(list);
    return { answers, board: newMark === mark ? null : board(list, newMark) };
  };
  return { take, took, list: () => list, forget: () => void (list = people) };
}

interface Scene {
  now: number;
  fates: Fate[];
}

function worldOf(phone: Phone, server: ReturnType<typeof serverOf>, scene: Scene): World {
  return {
    phone,
    now: () => scene.now,
    later: () => () => {},
    ask: async (question) => {
      const fate = scene.fates.shift() ?? 'arrives';
      if (fate === 'lost') throw new TypeError('no connection');
      const answer = server.take(structuredClone(question), scene.now);
      if (fate === 'answer lost') throw new TypeError('no connection');
      return answer;
    },
  };
}

/** A phone in somebody's hand: it can be used, and its page can be loaded again at any moment. */
function hand(phone: Phone, server: ReturnType<typeof serverOf>, scene: Scene, first: Board | null = null) {
  let state: DoorState | null = null;
  let door = atDoor(worldOf(phone, server, scene), first, (now) => (state = now));
  return {
    state: () => state!,
    tell: (pass: string, what: Told['what']) => door.tell(pass, what),
    sync: () => door.sync(),
    reload: () => {
      door.leave();
      door = atDoor(worldOf(phone, server, scene), null, (now) => (state = now));
    },
  };
}

const fate = fc.constantFrom<Fate>('arrives', 'lost', 'answer lost');
const step = (whats: readonly Told['what'][]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('tell' as const), hand: fc.nat(1), who: fc.nat(3), what: fc.constantFrom(...whats) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('sync' as const), hand: fc.nat(1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), hand: fc.nat(1) }) },
  );
type Step = typeof step extends (whats: readonly Told['what'][]) => fc.Arbitrary<infer S> ? S : never;

async function play(steps: readonly Step[], fates: readonly Fate[], howMany: number) {
  const server = serverOf(guests);
  const scene: Scene = { now: 1000, fates: [...fates] };
  const hands = Array.from({ length: howMany }, () => hand(forgetfulPhone(), server, scene, board(guests)));
  const said: { pass: string; what: Told['what']; at: number }[] = [];
  for (const step of steps) {
    scene.now += 1000;
    const one = hands[step.hand % howMany]!;
    if (step.do === 'reload') one.reload();
    if (step.do === 'sync') await one.sync();
    if (step.do === 'tell') {
      said.push({ pass: guests[step.who]!.pass, what: step.what, at: scene.now });
      await one.tell(guests[step.who]!.pass, step.what);
    }
  }
  scene.fates = [];
  for (const one of hands) for (let turn = 0; turn < 3; turn++) await one.sync();
  return { server, said, hands };
}

test('everybody whom a phone or two let in is in exactly once, from the first moment, whatever the connection and the phones do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(['in']), { maxLength: 30 }), fc.array(fate, { maxLength: 40 }), async (steps, fates) => {
      const { server, said, hands } = await play(steps, fates, 2);
      const came = new Set(said.map(({ pass }) => pass));
      expect(server.took.filter(({ isNew }) => isNew).map(({ pass }) => pass)).toHaveLength(came.size);
      expect(new Set(server.list().flatMap(({ pass, checkedInAt }) => (checkedInAt === null ? [] : [pass])))).toEqual(came);
      for (const { pass, checkedInAt } of server.list()) {
        const moments = said.filter((one) => one.pass === pass).map(({ at }) => at);
        if (checkedInAt !== null) expect(moments).toContain(checkedInAt);
      }
      expect(hands.map((one) => one.state().told)).toEqual([[], []]);
    }),
    { numRuns: 300 },
  );
});

test('what was undone stays undone, and in the end the phone and the server say the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(['in', 'out']), { maxLength: 30 }), fc.array(fate, { maxLength: 40 }), async (steps, fates) => {
      const { server, said, hands } = await play(steps, fates, 1);
      const expected = guests.map(({ pass }) => said.findLast((one) => one.pass === pass)?.what === 'in');
      expect(server.list().map(({ checkedInAt }) => checkedInAt !== null)).toEqual(expected);
      expect(hands[0]!.state().board!.guests).toEqual(server.list());
    }),
    { numRuns: 300 },
  );
});

test('what is told arrives in the order in which it was done', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(['in', 'out']), { maxLength: 30 }), fc.array(fate, { maxLength: 40 }), async (steps, fates) => {
      const { server } = await play(steps, fates, 1);
      const moments = [...new Set(server.took.map(({ at }) => at))];
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});

test('negative control: a phone that forgets what it sent before it is answered loses people', async () => {
  const forgets = (): Phone => {
    const phone = forgetfulPhone();
    return {
      ...phone,
      told: async () => {
        const told = await phone.told();
        await phone.heard(
          told.map(({ nr }) => nr),
          [],
        );
        return told;
      },
    };
  };
  const server = serverOf(guests);
  const one = hand(forgets(), server, { now: 1000, fates: ['lost', 'lost', 'lost'] }, board(guests));
  await one.tell(guests[0]!.pass, 'in');
  await one.sync();
  await one.sync();
  expect(server.list()[0]!.checkedInAt).toBe(null);
});

test('negative control: with a server that lets in whoever is told, a lost answer lets somebody in twice', async () => {
  const server = serverOf(guests);
  const forgetful = { ...server, take: (...asked: Parameters<typeof server.take>) => (server.forget(), server.take(...asked)) };
  const scene: Scene = { now: 1000, fates: [] };
  const one = hand(forgetfulPhone(), forgetful, scene, board(guests));
  await one.sync();
  scene.fates = ['answer lost'];
  await one.tell(guests[0]!.pass, 'in');
  await one.sync();
  await one.sync();
  expect(server.took.filter(({ isNew }) => isNew)).toHaveLength(2);
});

test('what the server declines is shown with name and reason until it is read, also after a reload', async () => {
  const phone = forgetfulPhone();
  const server = serverOf(guests, (pass) => pass !== guests[1]!.pass);
  const one = hand(phone, server, { now: 1000, fates: [] }, board(guests));
  await one.tell(guests[1]!.pass, 'in');
  await one.sync();
  one.reload();
  await one.sync();
  expect(one.state().declined).toEqual([{ nr: 1, pass: guests[1]!.pass, name: 'deelnemer 1', refused: 'pass-unknown' }]);
});

test.each<Turned>([401, 403])('a host whom the server turns away (%i) keeps no name, and what waits stays', async (turned) => {
  const phone = forgetfulPhone();
  let state: DoorState | null = null;
  const door = atDoor({ phone, now: () => 1000, later: () => () => {}, ask: () => Promise.resolve(turned) }, board(guests), (now) => (state = now));
  await door.tell(guests[0]!.pass, 'in');
  await door.sync();
  expect({ state, kept: await phone.board() }).toEqual({
    state: { board: null, told: [{ nr: 1, pass: guests[0]!.pass, what: 'in', at: 1000 }], declined: [], line: turned },
    kept: null,
  });
});

test('more than fits in one question goes in several, all of it', async () => {
  const many = Array.from({ length: mostAtOnce + 30 }, (_, nth) => guest(nth));
  const server = serverOf(many);
  const scene: Scene = { now: 1000, fates: Array<Fate>(many.length + 2).fill('lost') };
  const one = hand(forgetfulPhone(), server, scene, board(many));
  for (const { pass } of many) await one.tell(pass, 'in');
  scene.fates = [];
  await one.sync();
  await one.sync();
  expect({ came: server.list().filter(({ checkedInAt }) => checkedInAt !== null).length, told: one.state().told }).toEqual({
    came: many.length,
    told: [],
  });
});
