import type { RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { hasStarted } from '#rooms/programme/session.ts';
import { withFound } from '#rooms/wishes/picking.ts';
import { typedPlan, type TypedPlan } from '#rooms/wishes/plan-form.ts';
import { leader } from '../entrance.server.ts';

/** What a window can be about: sessions with a time that are still to come, by time, and the themes they are looked for by. */
export async function choosable(visit: Visit, edition: Edition) {
  const [sessions, themes] = await Promise.all([programme.sessionsToRun(visit, edition.id), programme.themes(visit, edition.id)]);
  return {
    themes: themes.map(({ slug, name }) => ({ slug, name })),
    sessions: sessions
      .filter((session) => session.state === 'published' && session.start !== null && !hasStarted(session, visit.now))
      .map(({ code, title, start, themes, timeZone }) => ({ code, title, start, themes, timeZone })),
  };
}

/** What was typed, with all or none of what was found chosen when that was asked. */
export async function searched(event: RequestEvent): Promise<TypedPlan> {
  const { visit, edition } = leader(event);
  const form = await event.request.formData();
  const typed: TypedPlan = { ...typedPlan(form), which: 'some' };
  if (form.get('alles') === 'ja') return withFound((await choosable(visit, edition)).sessions, typed, visit.language);
  return form.get('alles') === 'nee' ? { ...typed, sessions: [] } : typed;
}
