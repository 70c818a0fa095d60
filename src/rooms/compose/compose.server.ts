import type { Visit } from '#ground/visit.ts';
import { say } from '#ground/text.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import * as programme from '#rooms/programme';
import * as seats from '#rooms/seats';
import type { Session } from '#rooms/programme/session.ts';
import { prepare, propose, type Prepared } from './compose.ts';
import type { Proposal, Asking } from './asking.ts';

/** The best programme for an asking: what fits and what surprises, each with its reason. Needs no account, changes nothing. */
export async function suggest(visit: Visit, edition: Edition, asking: Asking): Promise<Proposal> {
  const [sessions, themes, organisations, mine] = await Promise.all([
    programme.sessions(visit, edition.id),
    programme.themes(visit, edition.id),
    programme.organisations(visit, edition.id),
    visit.person ? seats.seatsOf(visit, edition.id) : [],
  ]);
  const names = (of: readonly { slug: string; name: Edition['name'] }[]) => {
    const known = new Map(of.map(({ slug, name }) => [slug, say(name, visit.language).text]));
    return (slug: string): string => known.get(slug) ?? slug;
  };
  const nameOf = { theme: names(themes), organisation: names(organisations) };
  return propose({ sessions, prepared: preparedFor(edition, sessions), asking, now: visit.now, programme: mine, nameOf });
}

// Preparing takes tens of milliseconds, asking less than one; so the last few editions stay prepared, each for those who see
// everything and for those who do not.
const kept = new Map<string, { readonly version: string; readonly prepared: Prepared }>();
const keepAtMost = 16;

function preparedFor(edition: Edition, sessions: readonly Session[]): Prepared {
  const internal = sessions.some(({ visibility }) => visibility === 'internal');
  const key = `${edition.id} ${internal}`;
  const version = versionOf(sessions);
  const found = kept.get(key);
  if (found?.version === version) return found.prepared;
  const prepared = prepare(sessions, found?.prepared ?? null);
  kept.delete(key);
  kept.set(key, { version, prepared });
  for (const oldest of [...kept.keys()].slice(0, -keepAtMost)) kept.delete(oldest);
  return prepared;
}

/** Every change of a session moves its `updatedAt`. */
const versionOf = (sessions: readonly Session[]): string =>
  `${sessions.length} ${sessions.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt.getTime()), 0)}`;
