// What the page at the door does in the browser: keep the list and what waits on the phone, ask the server, and stay
// open without a connection.
import { nowHere } from '#ground/clock.browser.ts';
import { atDoor, forgetfulPhone, type Answer, type AtDoor, type Declined, type DoorState, type Phone, type Turned } from './phone.ts';
import { isNews, type Board, type Told } from './board.ts';

/** Opens the door of one session on this phone; `address` is where its page asks. */
export async function openDoor(code: string, address: string, first: Board | null, onChange: (state: DoorState) => void): Promise<AtDoor> {
  const phone = await phoneFor(code).catch(forgetfulPhone);
  const later = (run: () => void, milliseconds: number) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  };
  const door = atDoor({ phone, ask: askAt(address), now: nowHere, later }, first, onChange);
  // Whether there is a connection is only known by trying; these say when trying is worth while.
  const wake = () => void (document.visibilityState === 'visible' && door.sync());
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  return {
    ...door,
    leave: () => {
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      door.leave();
    },
  };
}

const patience = 10_000;

const askAt =
  (address: string) =>
  async (question: object): Promise<Answer | Turned> => {
    const body = JSON.stringify(question);
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
    });
    if (answer.status === 401 || answer.status === 403) return answer.status;
    if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
    return answer.json();
  };

// static/leave-door.js knows these names too.
const database = 'innovember-door';
const stores = { boards: 'boards', told: 'told', declined: 'declined' } as const;

async function phoneFor(code: string): Promise<Phone> {
  const db = await opened();
  const [boards, told, declined] = [
    storeIn<Board>(db, stores.boards),
    storeIn<Kept<Told>>(db, stores.told),
    storeIn<Kept<Declined>>(db, stores.declined),
  ];
  await forgetOld(db);
  return {
    board: () => boards('readonly', async (store) => (await answered(store.get(code))) ?? null),
    keepBoard: (board) => boards('readwrite', async (store) => void store.put(board)),
    told: () => told('readonly', (store) => answered(store.index('code').getAll(code))),
    tell: (pass, what, at) =>
      told('readwrite', async (store) => {
        if (isNews(await answered(store.index('code').getAll(code)), pass, what)) store.add({ code, pass, what, at });
      }),
    declined: () => declined('readonly', (store) => answered(store.index('code').getAll(code))),
    heard: (nrs, no) =>
      done(db, [stores.told, stores.declined], (within) => {
        for (const nr of nrs) within.objectStore(stores.told).delete(nr);
        for (const one of no) within.objectStore(stores.declined).put({ ...one, code });
      }),
    read: (nrs) => done(db, [stores.declined], (within) => nrs.forEach((nr) => within.objectStore(stores.declined).delete(nr))),
    forgetNames: () =>
      done(db, [stores.boards, stores.declined], (within) => [stores.boards, stores.declined].forEach((name) => within.objectStore(name).clear())),
  };
}

type Kept<One> = One & { readonly code: string };

function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open(database, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore(stores.boards, { keyPath: 'code' });
    asked.result.createObjectStore(stores.told, { keyPath: 'nr', autoIncrement: true }).createIndex('code', 'code');
    asked.result.createObjectStore(stores.declined, { keyPath: 'nr' }).createIndex('code', 'code');
  };
  return answered(asked);
}

/** Longer than this nobody wants to hear who was in. */
const tooOld = 30 * 24 * 3_600_000;

/** Names stay on a phone until a day after their session; what was never told, a month. */
async function forgetOld(db: IDBDatabase): Promise<void> {
  const old = (await storeIn<Board>(db, stores.boards)('readonly', (store) => answered(store.getAll()))).filter(({ until }) => until < nowHere());
  const names = await storeIn<Kept<Declined>>(db, stores.declined)('readonly', (store) => answered(store.getAll()));
  const untold = (await storeIn<Told>(db, stores.told)('readonly', (store) => answered(store.getAll()))).filter(({ at }) => at < nowHere() - tooOld);
  await done(db, [stores.boards, stores.declined, stores.told], (within) => {
    for (const { nr } of untold) within.objectStore(stores.told).delete(nr);
    for (const { code } of old) {
      within.objectStore(stores.boards).delete(code);
      for (const one of names) if (one.code === code) within.objectStore(stores.declined).delete(one.nr);
    }
  });
}

interface Store<One> extends Pick<IDBObjectStore, 'put' | 'add'> {
  readonly get: (key: string) => IDBRequest<One | undefined>;
  readonly getAll: () => IDBRequest<One[]>;
  readonly index: (name: 'code') => { readonly getAll: (key: string) => IDBRequest<One[]> };
}

/** Something done in one store, kept for good before it answers. */
const storeIn =
  <One>(db: IDBDatabase, name: string) =>
  async <Found>(mode: IDBTransactionMode, work: (store: Store<One>) => Promise<Found>): Promise<Found> => {
    const within = db.transaction(name, mode, { durability: 'strict' });
    const ended = end(within);
    const [found] = await Promise.all([work(within.objectStore(name)), ended]);
    return found;
  };

async function done(db: IDBDatabase, names: readonly string[], work: (within: IDBTransaction) => void): Promise<void> {
  const within = db.transaction([...names], 'readwrite', { durability: 'strict' });
  const ended = end(within);
  work(within);
  await ended;
}

const end = (within: IDBTransaction): Promise<void> =>
  new Promise((kept, fail) => {
    within.oncomplete = () => kept();
    within.onabort = within.onerror = () => fail(within.error ?? new Error('The phone did not keep it'));
  });

const answered = <Found>(asked: IDBRequest<Found>): Promise<Found> =>
  new Promise((found, fail) => {
    asked.onsuccess = () => found(asked.result);
    asked.onerror = () => fail(asked.error ?? new Error('The phone did not answer'));
  });

/** Lets this one page open without a connection from now on; says whether it does, because not every browser can. */
export async function stayOpen(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  // The policy of the page lets exactly this script become a worker.
  const { trustedTypes } = window as Window & { readonly trustedTypes?: Trusting };
  policy ??= trustedTypes?.createPolicy('innovember-door', { createScriptURL: () => worker });
  await navigator.serviceWorker.register(policy?.createScriptURL(worker) ?? worker, { scope: location.pathname });
  await navigator.serviceWorker.ready;
  return true;
}

const worker = '/service-worker.js';
interface Policy {
  readonly createScriptURL: (url: string) => string;
}
interface Trusting {
  readonly createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => Policy;
}
let policy: Policy | undefined;

/** Keeps the screen on while somebody scans. */
export async function stayAwake(): Promise<() => void> {
  const lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
  return () => void lock?.release();
}
