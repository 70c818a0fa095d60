// Who comes in: the visit of a request, made once, for pages, programs and feeds alike.
import { now } from '#ground/clock.server.ts';
import { database } from '#ground/database.server.ts';
import { nextRequest } from '#ground/log.server.ts';
import type { Language, Visit } from '#ground/visit.ts';
import { personOfCookie, personOfToken, tokenIn } from '#rooms/identity';

/** Somebody whom nobody knows yet. */
export const visitor = (language: Language): Visit => ({ language, now: now(), db: database(), person: null, request: nextRequest() });

/** With a sign-in cookie that holds no more, somebody is a visitor. */
export async function visitWithCookie(language: Language, token: string | null): Promise<Visit> {
  const visit = visitor(language);
  return token === null ? visit : { ...visit, person: await personOfCookie(visit, token) };
}

/** With a token that does not hold, a program is not received: null. */
export async function visitWithToken(language: Language, authorization: string | null): Promise<Visit | null> {
  const visit = visitor(language);
  if (authorization === null) return visit;
  const bearer = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  const person = bearer === undefined ? null : await personOfToken(visit, bearer);
  return person && { ...visit, person };
}

/** What a request carries, as Node gives it. */
interface Carrying {
  readonly headers: { readonly cookie?: string | undefined; readonly authorization?: string | undefined };
}

/** Who sits behind a browser, where no page of SvelteKit's answers. */
export function visitOfBrowser({ headers }: Carrying, language: Language): Promise<Visit> {
  const held = new Map((headers.cookie ?? '').split(';').map((pair) => [pair.split('=', 1)[0]!.trim(), pair.slice(pair.indexOf('=') + 1).trim()]));
  return visitWithCookie(language, tokenIn({ get: (name) => held.get(name) }));
}

/** A program by its token when there is one, else a browser. */
export const visitOfEither = (req: Carrying, language: Language): Promise<Visit | null> =>
  req.headers.authorization === undefined ? visitOfBrowser(req, language) : visitWithToken(language, req.headers.authorization);
