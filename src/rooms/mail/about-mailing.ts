// What a team tells a group of its edition, and the one letter a day in which others go along.
import { say, type Text } from '#ground/text.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import type { Session } from '#rooms/programme/session.ts';
import type { Entry } from '#rooms/itinerary/entry.ts';
import { words } from '#words';
import type { Block, Letter } from './letter.ts';
import { fillingOf, link, stop, text, type Desk } from './parts.ts';
import { fill } from './wording.ts';

interface About {
  readonly edition: Pick<Edition, 'name' | 'slug'>;
  readonly session: Session | null;
  readonly entries: readonly Entry[];
}

export function mailing(
  desk: Desk,
  { edition, session, entries }: About,
  { subject, body }: { readonly subject: Text; readonly body: Text },
): Letter {
  const { language } = desk;
  const t = words(language);
  const seat = entries.find((entry) => entry.session.code === session?.code)?.seat ?? null;
  const mine = entries.filter((entry) => entry.session.state !== 'cancelled');
  const filling = fillingOf(
    { name: say(edition.name, language).text, ...(session && { title: say(session.title, language).text }) },
    {
      programme: mine.length === 0 ? [text(t('mail.mailingNothing'))] : mine.map((entry) => stop(desk, entry.session, entry.seat)),
      link: [link(desk, t('mail.toMine'), '/mijn-programma', edition.slug)],
      ...(session && { session: [stop(desk, session, seat)] }),
    },
  );
  const said = (whole: Text): string => say(whole, language).text;
  return { language, ...fill({ subject: said(subject), body: said(body) }, filling) };
}

/** The same letter with the way to end letters like it, in its text and for mail programs. */
export const withEnding = ({ language }: Desk, letter: Letter, href: string): Letter => ({
  ...letter,
  blocks: [...letter.blocks, text(words(language)('mail.endWhy')), { is: 'link', text: words(language)('mail.end'), href }],
  unsubscribe: href,
});

/** One letter for what would have been several: each under its own subject. */
export function digest(desk: Desk, letters: readonly Letter[]): Letter {
  const t = words(desk.language);
  const common = [t('mail.hello'), t('mail.regards'), t('mail.calendarNote')];
  const attachments = letters.flatMap((letter) => letter.attachments ?? []);
  const blocks = letters.flatMap(({ subject, blocks }): Block[] => [
    { is: 'heading', text: subject },
    ...blocks.filter((block) => block.is !== 'text' || !common.includes(block.text)),
  ]);
  return {
    language: desk.language,
    subject: t('mail.digestSubject', { count: letters.length }),
    blocks: [text(t('mail.hello')), text(t('mail.digest', { count: letters.length })), ...blocks, text(t('mail.regards'))],
    ...(attachments.length > 0 && {
      attachments: attachments.map((one, nth) => ({ ...one, name: nth === 0 ? one.name : `innovember-${nth + 1}.ics` })),
    }),
  };
}
