// The journal of a session's desk, as who runs the session reads it.
import { sentence, words } from '#words';
import type { Language } from '#ground/visit.ts';

/** A line of the journal with addresses in the place of numbers; an address that is gone is null. */
export interface Told {
  readonly id: string;
  readonly at: Date;
  readonly what: string;
  /** Whom it is about, and who did it. */
  readonly who: string | null;
  readonly by: string | null;
  readonly reason: string | null;
  readonly attendance: 'onSite' | 'online' | null;
  /** Numbers of places, where those changed. */
  readonly from: number | null;
  readonly to: number | null;
}

type Details = Readonly<Record<string, unknown>>;
/** What the details of a line say, whatever is in them. */
export function readDetails(details: Details): Pick<Told, 'reason' | 'attendance' | 'from' | 'to'> {
  const after = details['after'];
  const attendance = details['attendance'] ?? (typeof after === 'object' && after !== null && 'attendance' in after ? after.attendance : null);
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return {
    reason: typeof details['reason'] === 'string' ? details['reason'] : null,
    attendance: attendance === 'onSite' || attendance === 'online' ? attendance : null,
    from: number(details['from']),
    to: number(details['to']),
  };
}

/** A line as a sentence. */
export function saidOf({ what, who, reason, attendance, from, to }: Told, language: Language): string {
  const t = words(language);
  const limit = (places: number | null): string | number => places ?? t('organise.noLimit');
  const values = {
    who: who ?? t('organise.somebody'),
    way: attendance === null ? '' : t(attendance === 'onSite' ? 'organise.toOnSite' : 'organise.toOnline'),
    from: limit(from),
    to: limit(to),
  };
  const byHand = reason === null ? null : what === 'seat-released' ? ('organise.said-removed' as const) : ('organise.said-placed' as const);
  return (byHand === null ? sentence(language, `organise.said-${what}`, values) : t(byHand, values)).replace(/ +/g, ' ').trim();
}
