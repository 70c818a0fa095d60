// The door of the library: pictures and documents that go with a session.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId, type SessionId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { kindOf } from './file-kind.ts';
import { limits, nameOf, problemsIn, type Material, type Told } from './material.ts';
import { drawAnew } from './picture.server.ts';
import * as queries from './queries.server.ts';
import * as shelf from './shelf.server.ts';

type About = { readonly id: SessionId };
type NotAdded = Refusal<
  | 'file-too-large'
  | 'file-unknown-kind'
  | 'file-not-what-it-says'
  | 'file-has-macros'
  | 'archive-too-large'
  | 'picture-too-large'
  | 'picture-broken'
  | 'file-not-clean'
  | 'too-many-materials'
  | 'edition-full'
>;

/** Puts a picture of another room on the shelf, drawn anew. A file that no row names any more is swept. */
export async function shelvePicture(given: File): Promise<{ readonly file: string; readonly width: number; readonly height: number } | NotAdded> {
  if (given.size > limits.bytes) return { refused: 'file-too-large' };
  const bytes = Buffer.from(await given.arrayBuffer());
  const found = kindOf(given.name, bytes);
  if (isRefusal(found)) return found;
  if (found.kind !== 'picture') return { refused: 'file-unknown-kind' };
  const picture = await drawAnew(bytes);
  if (isRefusal(picture)) return picture;
  const file = await shelf.put(picture.bytes);
  return file === null ? { refused: 'file-not-clean' } : { file, width: picture.width, height: picture.height };
}

/** A picture of another room, to send; null when its file is not there. Who may see it is asked before. */
export const shelvedPicture = async (file: string): Promise<ReadableStream<Uint8Array> | null> => ((await shelf.has(file)) ? shelf.take(file) : null);

/** What goes with a session, the first that was added first. */
export const materialsOf = async (visit: Visit, session: About): Promise<Material[]> =>
  (await queries.ofSession(visit.db, session.id)).map(withoutFile);

/** Adds a file to a session: a picture is drawn anew, a document kept as it is. Problems when something is missing beside it. */
export async function add(
  visit: Visit,
  session: About,
  told: Told,
  given: File | null,
): Promise<Material | NotAdded | { readonly problems: Readonly<Record<string, string>> }> {
  if (given && given.size > limits.bytes) return { refused: 'file-too-large' };
  const bytes = given && given.size > 0 ? Buffer.from(await given.arrayBuffer()) : null;
  const found = bytes && kindOf(given!.name, bytes);
  if (found && isRefusal(found)) return found;
  const problems = problemsIn(told, found && found.kind);
  if (Object.keys(problems).length > 0 || !found || !bytes) return { problems };
  const picture = found.kind === 'picture' ? await drawAnew(bytes) : null;
  if (isRefusal(picture)) return picture;
  const kept = picture?.bytes ?? bytes;
  const file = await shelf.put(kept);
  if (file === null) return { refused: 'file-not-clean' };
  const material = {
    id: newId<'material'>(visit.now),
    kind: found.kind,
    title: told.title,
    name: nameOf(given!.name, picture ? 'webp' : found.ending),
    type: picture ? 'image/webp' : found.type,
    bytes: kept.length,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    alternative: picture && !told.isDecorative ? told.alternative : null,
    credit: told.credit,
  };
  // A file whose line was not written is an orphan: the sweeper finds it, should this process stop here.
  const added = await register(visit, session, { ...material, file }).catch(async (fault: unknown) => {
    await shelf.drop(file);
    throw fault;
  });
  if (!isRefusal(added)) return material;
  await shelf.drop(file);
  return added;
}

const register = (visit: Visit, session: About, material: Omit<queries.Shelved, 'removedAt'>): Promise<void | NotAdded> =>
  atOnce(visit, async (visit) => {
    const taken = await queries.takenHeld(visit.db, session.id);
    if (taken.count >= limits.aSession) return { refused: 'too-many-materials' };
    if (taken.bytes + material.bytes > limits.edition) return { refused: 'edition-full' };
    await queries.insert(visit.db, session.id, material, visit.now);
    await record(visit, { what: 'material-added', session: session.id, details: { material: material.id } });
  });

/** Takes a material out of sight; for a day it can be put back. */
export const remove = (visit: Visit, session: About, id: string): Promise<void | NotChanged> => change(visit, session, id, 'material-removed');

/** Puts a removed material back, when there is still room for it. */
export const restore = (visit: Visit, session: About, id: string): Promise<void | NotChanged> => change(visit, session, id, 'material-restored');

type NotChanged = Refusal<'material-unknown' | 'too-many-materials'>;
const change = (visit: Visit, session: About, id: string, what: 'material-removed' | 'material-restored'): Promise<void | NotChanged> =>
  atOnce(visit, async (visit): Promise<void | NotChanged> => {
    if (!isId<'material'>(id)) return { refused: 'material-unknown' };
    const { count } = await queries.takenHeld(visit.db, session.id);
    if (what === 'material-restored' && count >= limits.aSession) return { refused: 'too-many-materials' };
    const isChanged = await queries.setRemoved(visit.db, session.id, id, what === 'material-removed' ? visit.now : null);
    if (!isChanged) return (await queries.oneOf(visit.db, session.id, id)) ? undefined : { refused: 'material-unknown' };
    await record(visit, { what, session: session.id, details: { material: id } });
  });

/** A material of a session with its file; null when it is not there or was removed. Who may see the session is asked before. */
export async function opened(
  visit: Visit,
  session: About,
  id: string,
): Promise<{ material: Material; body: () => ReadableStream<Uint8Array> } | null> {
  const found = isId<'material'>(id) ? await queries.oneOf(visit.db, session.id, id) : null;
  if (found === null || found.removedAt !== null || !(await shelf.has(found.file))) return null;
  return { material: withoutFile(found), body: () => shelf.take(found.file) };
}

/** The title of a material that was removed just now, to say so; null when it is not there. */
export async function removedTitle(visit: Visit, session: About, id: string): Promise<string | null> {
  const found = isId<'material'>(id) ? await queries.oneOf(visit.db, session.id, id) : null;
  return found?.removedAt ? found.title : null;
}

const day = 24 * 60 * 60 * 1000;
/** Deletes what was removed a day ago, and files that no material has and that have been there for an hour. */
export async function sweep(visit: Visit): Promise<void> {
  for (const { id, file } of await queries.removedBefore(visit.db, new Date(visit.now.getTime() - day))) {
    await queries.deleteRow(visit.db, id);
    await shelf.drop(file);
  }
  const files = await shelf.filesBefore(new Date(visit.now.getTime() - day / 24));
  for (const file of await queries.orphansAmong(visit.db, files)) await shelf.drop(file);
}

const withoutFile = ({ file: _file, removedAt: _at, ...material }: queries.Shelved): Material => material;
