// What letters say to who proposed a session when it is decided: it comes, waits, or does not come. What the committee wrote
// is not in it, only what the team put there itself.
import { say, type Text } from '#ground/text.ts';
import { words } from '#words';
import type { Letter } from './letter.ts';
import { letter, link, text, type Desk } from './parts.ts';

export interface Decided {
  readonly code: string;
  readonly title: Text;
  readonly decision: 'accept' | 'waitlist' | 'decline';
  /** In the team's own words, beside what the letter always says. */
  readonly text: string;
}

export function decisionLetter(
  desk: Desk,
  { code, title, decision, text: own }: Decided,
  edition: { readonly slug: string; readonly name: Text },
): Letter {
  const t = words(desk.language);
  const values = { title: say(title, desk.language).text, name: say(edition.name, desk.language).text };
  return letter(desk, t(`mail.decided-${decision}-subject`, values), [
    text(t(`mail.decided-${decision}`, values)),
    ...(own === '' ? [] : [text(own)]),
    text(t(`mail.decided-${decision}-then`, values)),
    link(desk, t('mail.decidedLink'), `/mijn-voorstellen/${code}`, edition.slug),
  ]);
}
