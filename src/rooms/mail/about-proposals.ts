// What letters say to who proposes a session.
import { say, type Text } from '#ground/text.ts';
import { words } from '#words';
import type { Letter } from './letter.ts';
import { letter, link, moment, text, type Desk } from './parts.ts';

interface Told {
  readonly code: string;
  readonly title: Text;
  readonly edition: { readonly slug: string; readonly name: Text; readonly timeZone: string };
  /** When the call closes. */
  readonly until: Date;
}

/** It came in; and until when it can still change. */
export function proposalSubmitted(desk: Desk, { code, title, edition, until }: Told): Letter {
  const t = words(desk.language);
  const said = say(title, desk.language).text;
  return letter(desk, t('mail.proposalSubject', { title: said }), [
    text(t('mail.proposal', { title: said, name: say(edition.name, desk.language).text })),
    text(t('mail.proposalUntil', { until: moment(desk, until, edition.timeZone) })),
    link(desk, t('mail.proposalLink'), `/mijn-voorstellen/${code}`, edition.slug),
    text(t('mail.proposalNext')),
  ]);
}

/** It is still a draft, and the call closes soon. */
export function proposalReminder(desk: Desk, { code, title, edition, until }: Told): Letter {
  const t = words(desk.language);
  const said = say(title, desk.language).text;
  return letter(desk, t('mail.draftSubject', { title: said }), [
    text(t('mail.draft', { title: said, until: moment(desk, until, edition.timeZone) })),
    link(desk, t('mail.draftLink'), `/mijn-voorstellen/${code}`, edition.slug),
    text(t('mail.draftNot')),
  ]);
}

/** The link opens a page and uses nothing up; only the button there says yes. */
export function proposerInvited(desk: Desk, asked: { readonly title: Text; readonly by: string | null; readonly expiresAt: Date }): Letter {
  const t = words(desk.language);
  const title = say(asked.title, desk.language).text;
  return letter(desk, t('mail.joinSubject', { title }), [
    text(asked.by === null ? t('mail.join', { title }) : t('mail.joinBy', { title, by: asked.by })),
    text(t('mail.offerHow')),
    link(desk, t('mail.offerLink'), '/mijn-voorstellen'),
    text(t('mail.offerUntil', { until: moment(desk, asked.expiresAt, 'Europe/Amsterdam') })),
    text(t('mail.offerNot')),
  ]);
}
