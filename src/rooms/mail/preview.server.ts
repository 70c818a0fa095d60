// A letter as it would be: with example values, or with those of somebody who takes part. Nothing leaves and nothing changes.
import { newId } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { Language, Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import * as itinerary from '#rooms/itinerary';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { mailing } from './about-mailing.ts';
import { formOf, type Changeable } from './forms.ts';
import { asText, subjectOf, type Block, type Letter } from './letter.ts';
import type { MailingRow } from './mailing-queries.server.ts';
import type { Draft } from './mailing.ts';
import { link, moment, stop, text, written, type Desk } from './parts.ts';
import { wakePostman } from './postman.server.ts';
import { insertLettersTo } from './queries.server.ts';
import { fillMailing, write } from './write.server.ts';
import type { Wording } from './wording.ts';
import { words } from '#words';

export interface Preview {
  readonly subject: string;
  readonly text: string;
}
/** Why there is nothing to show: nobody here has that address, or they would not get this letter now. */
export type NoPreview = { readonly no: 'nobody' | 'not-now' };

const shown = (letter: Letter): Preview => ({ subject: subjectOf(letter), text: asText(letter) });

/** A kind of letter in these words. */
export async function previewWords(
  visit: Visit,
  edition: Edition,
  { kind, language, wording, email }: { readonly kind: Changeable; readonly language: Language; readonly wording: Wording; readonly email: string },
): Promise<Preview | NoPreview> {
  if (email === '') return shown(await example(visit, edition, kind, { language, baseUrl: config().baseUrl, wording }));
  const person = await identity.personCalled(visit, email);
  const entries = person ? await itinerary.mine({ ...visit, person }, edition.id) : [];
  if (!person || entries.length === 0) return { no: 'nobody' };
  const session = kind === 'session-cancelled' ? entries.find((entry) => entry.session.state === 'cancelled') : entries[0];
  const id = session && (await programme.workingSession(visit, session.session.code))?.id;
  const details = { edition: edition.id, ...(id !== undefined && { session: id }) };
  const waiting = {
    id: newId(visit.now),
    kind,
    person: person.id,
    recipient: person.email,
    language,
    details,
    createdAt: visit.now,
    mailing: null,
    tries: 1,
  };
  const letter = await write(visit, waiting, wording);
  return 'not' in letter ? { no: 'not-now' } : shown(letter);
}

/** With the first session of the edition, and with words that say what will stand there. */
async function example(visit: Visit, edition: Edition, kind: Changeable, desk: Desk): Promise<Letter> {
  const t = words(desk.language);
  const session = (await programme.sessions(visit, edition.id))[0];
  const stops: readonly Block[] = session ? [stop(desk, session, null)] : [text(t('mail.timeUnknown'))];
  const parts = Object.fromEntries(
    formOf(kind).parts.map((part): [string, readonly Block[]] => {
      if (part === 'code') return [part, [{ is: 'code', code: '123456' }]];
      if (part === 'link' || part === 'how')
        return [part, [link(desk, t(part === 'how' ? 'mail.drawnHow' : 'mail.toMine'), '/mijn-programma', edition.slug)]];
      if (part === 'waiting') return [part, [text(t('mail.waitingNote'))]];
      return [part, part === 'overlap' ? [] : stops];
    }),
  );
  const title = session ? (session.title[desk.language] ?? Object.values(session.title)[0] ?? '') : '';
  const name = edition.name[desk.language] ?? Object.values(edition.name)[0] ?? '';
  return written(desk, kind, { title, name, code: '123456', minutes: 10, count: 3, until: moment(desk, visit.now, edition.timeZone) }, parts);
}

/** A letter of a team as it would reach somebody of the edition, or with nothing of anybody. */
export async function previewMailing(
  visit: Visit,
  edition: Edition,
  { draft, language, email }: { readonly draft: Draft; readonly language: Language; readonly email: string },
): Promise<Preview | NoPreview> {
  const desk: Desk = { language, baseUrl: config().baseUrl };
  const { nl, en } = draft.wordings;
  const texts = { subject: { nl: nl.subject, en: en.subject }, body: { nl: nl.body, en: en.body } };
  const session = draft.session === null ? null : await programme.session(visit, draft.session);
  if (email === '') return shown(mailing(desk, { edition, session, entries: [] }, texts));
  const person = await identity.personCalled(visit, email);
  if (!person || (await itinerary.mine({ ...visit, person }, edition.id)).length === 0) return { no: 'nobody' };
  const letter = await fillMailing({ ...visit, person }, desk, { ...texts, editionSlug: edition.slug, session: draft.session });
  return 'not' in letter ? { no: 'not-now' } : shown(letter);
}

/** One letter, to the visitor alone, as it would leave. */
export async function sendTest(visit: Visit, edition: Edition, { id }: Pick<MailingRow, 'id'>): Promise<void> {
  const { person } = visit;
  if (!person) return;
  const letters = [{ letter: newId<'letter'>(visit.now), person: person.id }];
  const line = newId<'journal line'>(visit.now);
  await atOnce(visit, (visit) =>
    insertLettersTo(visit.db, letters, { line, kind: 'mailing', details: { mailing: id, test: true }, edition: edition.id }, visit.now),
  );
  wakePostman();
}
