// What letters say about somebody's account, their roles and what stands in their name.
import { say, type Text } from '#ground/text.ts';
import { deviceSaid } from '#rooms/identity/device.ts';
import { sentence, words } from '#words';
import type { Letter } from './letter.ts';
import { letter, link, moment, text, written, type Desk } from './parts.ts';

/** The link opens a page and uses nothing up: mail scanners may follow it as often as they like. */
export const signInCode = (desk: Desk, { code, minutes }: { readonly code: string; readonly minutes: number }): Letter =>
  written(
    desk,
    'sign-in-code',
    { code, minutes, count: minutes },
    { code: [{ is: 'code', code }], link: [link(desk, words(desk.language)('mail.codeLink'), '/inloggen')] },
  );

/** To the owner of a new passkey, so that they notice one that is not theirs; `waits`: they can still refuse it. */
export function passkeyAdded(
  desk: Desk,
  {
    device,
    createdAt,
    usableAt,
    waits,
  }: { readonly device: string | null; readonly createdAt: Date; readonly usableAt: Date; readonly waits: boolean },
): Letter {
  const t = words(desk.language);
  const at = (time: Date): string => moment(desk, time, 'Europe/Amsterdam');
  return letter(desk, t('mail.passkeySubject'), [
    text(t('mail.passkey', { when: at(createdAt), device: deviceSaid(device, desk.language) })),
    text(waits ? t('mail.passkeyWaits', { when: at(usableAt) }) : t('mail.passkeyCounts')),
    text(waits ? t('mail.passkeyRefuse') : t('mail.passkeyNotYou')),
    link(desk, t('mail.passkeyLink'), '/mijn-gegevens/inloggen'),
  ]);
}

/** To somebody of whom a passkey was removed or refused. */
export function passkeyRemoved(desk: Desk, left: number): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.passkeyGoneSubject'), [
    text(t('mail.passkeyGone', { count: left })),
    text(t('mail.passkeyNotYou')),
    link(desk, t('mail.passkeyLink'), '/mijn-gegevens/inloggen'),
  ]);
}

/** To somebody whose role changed; `of` is the session, organisation or edition that it is about. */
export function roleChanged(desk: Desk, isGranted: boolean, role: string, of: Text | null): Letter {
  const t = words(desk.language);
  const named = sentence(desk.language, `identity.role-${role}`);
  const whole = of === null ? named : `${named}: ${say(of, desk.language).text}`;
  return letter(desk, t(isGranted ? 'mail.roleSubject' : 'mail.roleGoneSubject', { role: named }), [
    text(t(isGranted ? 'mail.role' : 'mail.roleGone', { role: whole })),
    ...(isGranted && role !== 'internal' ? [text(t('mail.roleStrong')), link(desk, t('mail.passkeyLink'), '/mijn-gegevens/inloggen')] : []),
    text(t('mail.roleAsk')),
  ]);
}

/** To who made a token, so that somebody else who did is noticed. */
export function tokenMade(desk: Desk, { name, until }: { readonly name: string; readonly until: Date }): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.tokenSubject'), [
    text(t('mail.tokenMade', { name, until: moment(desk, until, 'Europe/Amsterdam') })),
    text(t('mail.tokenNotYou')),
    link(desk, t('mail.tokenLink'), '/mijn-gegevens/tokens'),
  ]);
}

/** To somebody who was not here for long: what happens when they do not come. */
export const accountUnused = (desk: Desk, days: number): Letter =>
  written(desk, 'account-unused', { count: days }, { link: [link(desk, words(desk.language)('mail.unusedLink'), '/mijn-gegevens')] });

/** The last one: nothing of them is kept, this address neither. */
export function erased(desk: Desk): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.erasedSubject'), [text(t('mail.erased')), text(t('mail.erasedStays')), link(desk, t('mail.erasedLink'), '/privacy')]);
}

/** To who made a webhook that could not be reached for days. */
export function webhookPaused(desk: Desk, edition: { readonly slug: string; readonly name: Text }, host: string): Letter {
  const t = words(desk.language);
  const name = say(edition.name, desk.language).text;
  return letter(desk, t('mail.webhookSubject', { host }), [
    text(t('mail.webhookPaused', { host, name })),
    text(t('mail.webhookAgain')),
    link(desk, t('mail.webhookLink'), '/organisatie/webhooks', edition.slug),
  ]);
}
