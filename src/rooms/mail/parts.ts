// What letters are made of: a greeting, sentences, links and sessions as stops.
import { address } from '#ground/address.ts';
import { say, type Text } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import type { Session } from '#rooms/programme/session.ts';
import { clock, dayName, hours, local } from '#rooms/programme/when.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { sentence, words, type Values } from '#words';
import { formOf, holeIn, type Changeable } from './forms.ts';
import type { Block, Letter } from './letter.ts';
import { fill, type Filling, type Wording } from './wording.ts';

/** In whose language, and where our pages are. */
export interface Desk {
  readonly language: Language;
  readonly baseUrl: URL;
  /** What the edition is called that the letter is about. */
  readonly edition?: Text;
  /** The words of a team, where it has its own for this letter. */
  readonly wording?: Wording | null;
}

/**
 * A letter of a kind in the words of a team, or else in those of the house. `values` stand within a sentence, `parts` on
 * a line of their own.
 */
export function written(desk: Desk, kind: Changeable, values: Values, parts: Readonly<Record<string, readonly Block[]>>): Letter {
  const { language, wording = null } = desk;
  if (wording !== null) return { language, ...fill(wording, fillingOf(values, parts)) };
  const { subject, body } = formOf(kind);
  return {
    language,
    subject: sentence(language, subject, values),
    blocks: body.flatMap((one) => {
      const hole = holeIn(one);
      return hole === null ? [text(sentence(language, one, values))] : (parts[hole] ?? []);
    }),
  };
}

export const fillingOf = (values: Values, parts: Readonly<Record<string, readonly Block[]>>): Filling =>
  Object.fromEntries(
    [...new Set([...Object.keys(values), ...Object.keys(parts)])].map((name) => [
      name,
      { ...(values[name] !== undefined && { text: String(values[name]) }), ...(parts[name] && { blocks: parts[name] }) },
    ]),
  );

/** A letter without the lines that are the same in all of them. */
export const letter = ({ language }: Desk, subject: string, blocks: readonly Block[]): Letter => ({
  language,
  subject,
  blocks: [text(words(language)('mail.hello')), ...blocks, text(words(language)('mail.regards'))],
});

export const text = (text: string): Block => ({ is: 'text', text });
export const link = (desk: Desk, text: string, path: string, edition: string | null = null): Block => ({
  is: 'link',
  text,
  href: hrefOf(desk, path, edition),
});
export const hrefOf = ({ language, baseUrl }: Desk, path: string, edition: string | null): string =>
  new URL(address({ language, edition }, path), baseUrl).href;

export function stop(desk: Desk, session: Session, seat: Seat | null, more: readonly string[] = []): Block {
  const t = words(desk.language);
  const title = say(session.title, desk.language);
  const place = seat?.attendance === 'online' ? t('mail.online') : session.location;
  const standing =
    seat &&
    (seat.standing === 'waiting'
      ? t('mail.waiting', { position: seat.position ?? '?' })
      : seat.standing === 'held'
        ? t('mail.held')
        : t('mail.offeredShort'));
  return {
    is: 'stop',
    when: whenOf(desk, session),
    title: title.text,
    lang: title.lang,
    href: hrefOf(desk, `/programma/${session.code}`, session.edition),
    about: [place, standing, ...more].filter((about) => about !== null),
  };
}

function whenOf({ language }: Desk, { start, end, timeZone }: Session): string {
  if (start === null || end === null) return words(language)('mail.timeUnknown');
  return `${dayName(local(start, timeZone).day, language, 'full')}, ${hours(start, end, timeZone, language)}${zoneOf(timeZone)}`;
}

export const moment = ({ language }: Desk, at: Date, timeZone: string): string =>
  `${dayName(local(at, timeZone).day, language, 'long')} ${clock(at, timeZone, language)}${zoneOf(timeZone)}`;

/** The zone is named where it is not the one that everybody here expects. */
const zoneOf = (timeZone: string): string => (timeZone === 'Europe/Amsterdam' ? '' : ` (${timeZone.replaceAll('_', ' ')})`);
