// Keeps the phone of a host and the server of one mind, whatever the connection does. What was done at the door is kept
// on the phone first and told in the order in which it was done, until the server has answered it. The server takes each
// pass once, so telling again does no harm.
import { againIn, isNews, type Board, type Told } from './board.ts';

/** What the server would not do, and why: kept until the host has read it. */
export interface Declined {
  readonly nr: number;
  readonly pass: string;
  /** As the list said when it was declined; null: somebody who did not stand on it. */
  readonly name: string | null;
  readonly refused: string;
}

/** Where a phone keeps what must survive a reload and a flat battery. */
export interface Phone {
  readonly board: () => Promise<Board | null>;
  readonly keepBoard: (board: Board) => Promise<void>;
  readonly told: () => Promise<readonly Told[]>;
  /** Keeps it with the next number, unless it is no news. */
  readonly tell: (pass: string, what: Told['what'], at: number) => Promise<void>;
  readonly declined: () => Promise<readonly Declined[]>;
  /** Forgets what has been answered and keeps what was declined, at once. */
  readonly heard: (nrs: readonly number[], declined: readonly Declined[]) => Promise<void>;
  readonly read: (nrs: readonly number[]) => Promise<void>;
  /** Forgets every name; what was not told yet stays, because it holds none. */
  readonly forgetNames: () => Promise<void>;
}

export interface Question {
  readonly told: readonly { readonly nr: number; readonly pass: string; readonly what: Told['what']; readonly ago: number }[];
  readonly mark: string | null;
}
export interface Answer {
  readonly answers: readonly { readonly nr: number; readonly refused: string | null }[];
  /** Null: still as it was. */
  readonly board: Board | null;
}
/** The server was reached and lets nobody in: 401 is not signed in any more, 403 is not allowed (any more). */
export type Turned = 401 | 403;

export interface World {
  readonly phone: Phone;
  /** Throws when the server was not reached, or did not answer well. */
  readonly ask: (question: Question) => Promise<Answer | Turned>;
  readonly now: () => number;
  readonly later: (run: () => void, milliseconds: number) => () => void;
}

export interface DoorState {
  readonly board: Board | null;
  readonly told: readonly Told[];
  readonly declined: readonly Declined[];
  readonly line: 'unknown' | 'there' | 'gone' | Turned;
}

export interface AtDoor {
  /** Somebody came in, or did not after all. Resolves when the phone has kept it. */
  readonly tell: (pass: string, what: Told['what']) => Promise<void>;
  /** Tells what waits and hears what is new, now; resolves when that worked or did not. */
  readonly sync: () => Promise<void>;
  readonly read: (nrs: readonly number[]) => Promise<void>;
  readonly leave: () => void;
}

export const mostAtOnce = 200;
const restFor = 15_000;

/** Opens the door: begins with what the page brought, or else with what the phone kept, and says every change. */
export function atDoor({ phone, ask, now, later }: World, first: Board | null, onChange: (state: DoorState) => void): AtDoor {
  let state: DoorState = { board: first, told: [], declined: [], line: 'unknown' };
  let timesInVain = 0;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let hasLeft = false;
  let putOff = (): void => {};

  const change = (changed: Partial<DoorState>): void => {
    state = { ...state, ...changed };
    if (!hasLeft) onChange(state);
  };

  async function begin(): Promise<void> {
    if (first) await phone.keepBoard(first);
    change({ board: first ?? (await phone.board()), told: await phone.told(), declined: await phone.declined() });
    await sync();
  }

  async function exchange(): Promise<void> {
    const told = (await phone.told()).slice(0, mostAtOnce);
    const asked = told.map(({ nr, pass, what, at }) => ({ nr, pass, what, ago: Math.max(0, now() - at) }));
    const answer = await ask({ told: asked, mark: state.board?.mark ?? null });
    if (typeof answer === 'number') {
      await phone.forgetNames();
      return change({ board: null, line: answer });
    }
    const declined = answer.answers.flatMap(({ nr, refused }) => {
      const one = told.find((one) => one.nr === nr);
      const name = state.board?.guests.find(({ pass }) => pass === one?.pass)?.name ?? null;
      return refused === null || !one ? [] : [{ nr, pass: one.pass, name, refused }];
    });
    await phone.heard(
      answer.answers.map(({ nr }) => nr),
      declined,
    );
    if (answer.board) await phone.keepBoard(answer.board);
    change({ board: answer.board ?? state.board, told: await phone.told(), declined: await phone.declined(), line: 'there' });
    if (told.length === mostAtOnce) isWanted = true;
  }

  async function turn(): Promise<void> {
    do {
      isWanted = false;
      try {
        await exchange();
        timesInVain = 0;
      } catch {
        timesInVain += 1;
        change({ told: await phone.told(), line: 'gone' });
      }
    } while (isWanted && timesInVain === 0 && !hasLeft);
  }

  function sync(): Promise<void> {
    if (running) {
      isWanted = true;
      return running;
    }
    putOff();
    running = turn().finally(() => {
      running = null;
      if (!hasLeft) putOff = later(() => void sync(), timesInVain === 0 ? restFor : againIn(timesInVain));
    });
    return running;
  }

  const begun = begin().catch((): void => change({ line: 'gone' }));
  return {
    tell: async (pass, what) => {
      await begun;
      await phone.tell(pass, what, now());
      change({ told: await phone.told() });
      void sync();
    },
    sync: async () => {
      await begun;
      await sync();
    },
    read: async (nrs) => {
      await phone.read(nrs);
      change({ declined: await phone.declined() });
    },
    leave: () => {
      hasLeft = true;
      putOff();
    },
  };
}

/** A phone that forgets everything at a reload: where a browser keeps nothing. */
export function forgetfulPhone(): Phone {
  let board: Board | null = null;
  let told: readonly Told[] = [];
  let declined: readonly Declined[] = [];
  let last = 0;
  return {
    board: () => Promise.resolve(board),
    keepBoard: async (given) => void (board = given),
    told: () => Promise.resolve(told),
    tell: async (pass, what, at) => {
      if (isNews(told, pass, what)) told = [...told, { nr: ++last, pass, what, at }];
    },
    declined: () => Promise.resolve(declined),
    heard: async (nrs, no) => {
      told = told.filter(({ nr }) => !nrs.includes(nr));
      declined = [...declined, ...no];
    },
    read: async (nrs) => void (declined = declined.filter(({ nr }) => !nrs.includes(nr))),
    forgetNames: async () => {
      board = null;
      declined = [];
    },
  };
}
