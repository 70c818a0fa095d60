// Editions and their themes as people make them here. Who calls these has made sure that the visitor may.
import { newId, newSessionCode } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import { isSlug, slugOf, type Text } from '#ground/text.ts';
import { same } from '#ground/three-way.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Edition, Theme } from './edition.ts';
import { slugFrom, type WrittenEdition } from './edition-form.ts';
import * as statements from './edition-queries.server.ts';
import { editionBySlug, themesOf } from './queries.server.ts';

/** Makes an edition; its address comes from its name. The first one of an installation is also the current one. */
export const makeEdition = (visit: Visit, written: WrittenEdition): Promise<Edition | Refusal<'edition-name-taken'>> =>
  atOnce(visit, async (visit) => {
    const id = newId<'edition'>(visit.now);
    const slug = slugFrom(written.name);
    if (!(await statements.insert(visit.db, id, slug, written, visit.now))) return { refused: 'edition-name-taken' };
    await record(visit, { what: 'edition-made', edition: id });
    return (await editionBySlug(visit.db, slug))!;
  });

type NotChanged = Refusal<'changed-meanwhile' | 'edition-closed' | 'edition-unknown'>;

/** Changes what is written of an edition; `revision` is of what the visitor began with. Its address stays. */
export const changeEdition = (visit: Visit, slug: string, revision: number, written: WrittenEdition): Promise<Edition | NotChanged> =>
  atOnce(visit, async (visit): Promise<Edition | NotChanged> => {
    const edition = await openOne(visit, slug);
    if (isRefusal(edition)) return edition;
    if (edition.revision !== revision) return { refused: 'changed-meanwhile' };
    const names = fields.filter((name) => !same(edition[name], written[name]));
    if (names.length === 0) return edition;
    await statements.update(visit.db, edition.id, written);
    await record(visit, { what: 'edition-changed', edition: edition.id, details: { names } });
    return (await editionBySlug(visit.db, slug))!;
  });
const fields = ['name', 'startsOn', 'endsOn', 'timeZone', 'languages', 'rules'] as const satisfies readonly (keyof WrittenEdition)[];

/** From now on this is the one that is meant where none is named. */
export const makeCurrent = (visit: Visit, edition: Pick<Edition, 'id'>): Promise<void> =>
  atOnce(visit, async (visit) => {
    if (await statements.setCurrent(visit.db, edition.id))
      await record(visit, { what: 'edition-changed', edition: edition.id, details: { names: ['current'] } });
  });

/** Closes an edition: from now on all of it is read and nothing changed; until it is opened again. */
export const closeEdition = (visit: Visit, edition: Pick<Edition, 'id'>): Promise<void> =>
  atOnce(visit, async (visit) => {
    if (await statements.setClosed(visit.db, edition.id, visit.now)) await record(visit, { what: 'edition-closed', edition: edition.id });
  });

export const openEdition = (visit: Visit, edition: Pick<Edition, 'id'>): Promise<void> =>
  atOnce(visit, async (visit) => {
    if (await statements.setClosed(visit.db, edition.id, null)) await record(visit, { what: 'edition-opened', edition: edition.id });
  });

async function openOne(visit: Visit, slug: string): Promise<Edition | Refusal<'edition-unknown' | 'edition-closed'>> {
  const edition = isSlug(slug) && (await statements.hold(visit.db, slug)) ? await editionBySlug(visit.db, slug) : null;
  if (edition === null) return { refused: 'edition-unknown' };
  return edition.closedAt === null ? edition : { refused: 'edition-closed' };
}

// Themes

type NoTheme = Refusal<
  'edition-unknown' | 'edition-closed' | 'theme-unknown' | 'theme-taken' | 'too-many-themes' | 'theme-used' | 'changed-meanwhile'
>;
const mostThemes = 36;

/** How many sessions of an edition, in whatever state, each of its themes has. */
export const themeUse = (visit: Visit, edition: EditionId): Promise<ReadonlyMap<string, number>> => statements.sessionsByTheme(visit.db, edition);

/** Adds a theme behind the others, or puts one back where it was. */
export const addTheme = (visit: Visit, edition: string, name: Text, was: Pick<Theme, 'slug' | 'position'> | null = null): Promise<Theme | NoTheme> =>
  change(visit, edition, async (visit, { id }, themes): Promise<Theme | NoTheme> => {
    const slug = was?.slug ?? (slugOf(name['nl'] ?? name['en'] ?? '') || 'thema');
    if (themes.some((theme) => theme.slug === slug)) return { refused: 'theme-taken' };
    if (themes.length >= mostThemes) return { refused: 'too-many-themes' };
    const last = (themes.at(-1)?.position ?? -1) + 1;
    const position = was !== null && !themes.some((theme) => theme.position === was.position) ? Math.min(was.position, last) : last;
    await statements.insertTheme(visit.db, newId<'theme'>(visit.now), id, { slug, name, position });
    await record(visit, { what: 'theme-made', edition: id, details: { names: [slug] } });
    return theOne(await themesOf(visit.db, id), slug)!;
  });

/** Gives a theme other names; `base` is what the visitor began with. */
export const renameTheme = (visit: Visit, edition: string, slug: string, base: Text, name: Text): Promise<Theme | NoTheme> =>
  change(visit, edition, async (visit, { id }, themes): Promise<Theme | NoTheme> => {
    const theme = theOne(themes, slug);
    if (theme === null) return { refused: 'theme-unknown' };
    if (same(theme.name, name)) return theme;
    if (!same(theme.name, base)) return { refused: 'changed-meanwhile' };
    await statements.renameTheme(visit.db, id, slug, name);
    await record(visit, { what: 'theme-changed', edition: id, details: { names: [slug] } });
    return { ...theme, name };
  });

/** A theme changes places with the one before or after it, and so does its line. */
export const moveTheme = (visit: Visit, edition: string, slug: string, by: -1 | 1): Promise<void | NoTheme> =>
  change(visit, edition, async (visit, { id }, themes): Promise<void | NoTheme> => {
    const at = themes.findIndex((theme) => theme.slug === slug);
    if (at < 0) return { refused: 'theme-unknown' };
    const [one, other] = [themes[at], themes[at + by]];
    if (!one || !other) return;
    await statements.placeThemes(visit.db, id, [
      { slug: one.slug, position: other.position },
      { slug: other.slug, position: one.position },
    ]);
    await record(visit, { what: 'theme-changed', edition: id, details: { names: [one.slug, other.slug] } });
  });

/** Takes a theme away that no session has; the answer is what it takes to put it back. */
export const removeTheme = (visit: Visit, edition: string, slug: string): Promise<Theme | NoTheme> =>
  change(visit, edition, async (visit, { id }, themes): Promise<Theme | NoTheme> => {
    const theme = theOne(themes, slug);
    if (theme === null) return { refused: 'theme-unknown' };
    if (((await statements.sessionsByTheme(visit.db, id)).get(slug) ?? 0) > 0) return { refused: 'theme-used' };
    await statements.deleteTheme(visit.db, id, slug);
    await record(visit, { what: 'theme-removed', edition: id, details: { names: [slug] } });
    return theme;
  });

const theOne = (themes: readonly Theme[], slug: string): Theme | null => themes.find((theme) => theme.slug === slug) ?? null;

const change = <T>(
  visit: Visit,
  slug: string,
  work: (visit: Visit, edition: Edition, themes: readonly Theme[]) => Promise<T>,
): Promise<T | Refusal<'edition-unknown' | 'edition-closed'>> =>
  atOnce(visit, async (visit) => {
    const edition = await openOne(visit, slug);
    return isRefusal(edition) ? edition : work(visit, edition, await themesOf(visit.db, edition.id));
  });

// Copies

/** Everything of an edition's programme that a copy can begin with. Never people's data. */
export interface Copied {
  readonly themes: boolean;
  /** Their texts, as drafts without a time. */
  readonly sessions: boolean;
}

/** Copies themes, and sessions as drafts, into a new edition. */
export const copyInto = (visit: Visit, from: Pick<Edition, 'id'>, to: Pick<Edition, 'id'>, { themes, sessions }: Copied): Promise<number> =>
  atOnce(visit, async (visit) => {
    if (themes) {
      for (const { slug, name, position } of await themesOf(visit.db, from.id))
        await statements.insertTheme(visit.db, newId<'theme'>(visit.now), to.id, { slug, name, position });
    }
    const ids = sessions ? await statements.sessionsToCopy(visit.db, from.id) : [];
    for (const id of ids) {
      const made = newId<'session'>(visit.now) satisfies SessionId;
      await statements.copySession(visit.db, id, { id: made, code: newSessionCode(), edition: to.id, by: visit.person?.id ?? null, now: visit.now });
      await record(visit, { what: 'session-made', edition: to.id, session: made });
    }
    return ids.length;
  });
