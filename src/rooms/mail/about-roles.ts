// What the letter says that asks somebody to take a role.
import { say, type Text } from '#ground/text.ts';
import { sentence, words } from '#words';
import type { Letter } from './letter.ts';
import { letter, link, moment, text, type Desk } from './parts.ts';

/** The link opens a page and uses nothing up; only the button there says yes. `of` is the session, organisation or edition. */
export function roleOffered(desk: Desk, offer: { readonly role: string; readonly of: Text | null; readonly until: Date }): Letter {
  const t = words(desk.language);
  const named = sentence(desk.language, `identity.role-${offer.role}`);
  const whole = offer.of === null ? named : `${named}: ${say(offer.of, desk.language).text}`;
  return letter(desk, t('mail.offerSubject', { role: named }), [
    text(t('mail.offer', { role: whole })),
    text(t('mail.offerHow')),
    link(desk, t('mail.offerLink'), '/uitnodiging'),
    text(t('mail.offerUntil', { until: moment(desk, offer.until, 'Europe/Amsterdam') })),
    text(t('mail.offerNot')),
  ]);
}
