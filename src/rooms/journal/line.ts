import type { EditionId, LineId, PersonId, SessionId } from '#ground/id.ts';
import type { Json } from '#ground/tables.ts';
import type { Visit } from '#ground/visit.ts';

/** Everything that can happen, in the words of the house. */
export type What =
  | 'seat-held'
  | 'seat-waiting'
  | 'seat-changed'
  | 'seat-moved-up'
  | 'seat-offered'
  | 'seat-accepted'
  | 'seat-offer-expired'
  | 'seat-released'
  | 'seat-no-show'
  | 'seat-checked-in'
  | 'seat-check-in-undone'
  | 'seat-drawn'
  | 'seat-found'
  | 'places-changed'
  | 'shares-changed'
  | 'window-planned'
  | 'window-changed'
  | 'window-called-off'
  | 'wishes-drawn'
  | 'draw-again'
  | 'draw-confirmed'
  | 'audit-link-made'
  | 'draw-file-read'
  | 'registration-confirmed'
  | 'session-published'
  | 'session-changed'
  | 'session-cancelled'
  | 'edition-imported'
  | 'edition-changed'
  | 'roll-downloaded'
  | 'material-added'
  | 'material-removed'
  | 'material-restored'
  | 'role-granted'
  | 'role-removed'
  | 'sign-in'
  | 'sign-out'
  | 'sign-in-code-asked'
  | 'sign-in-refused'
  | 'provider-linked'
  | 'invitation-made'
  | 'passkey-added'
  | 'passkey-renamed'
  | 'passkey-removed'
  | 'passkey-refused'
  | 'feed-made'
  | 'feed-ended'
  | 'consent-given'
  | 'consent-withdrawn'
  | 'data-taken'
  | 'erasure-asked'
  | 'person-erased'
  | 'account-unused'
  | 'token-made'
  | 'token-ended'
  | 'webhook-made'
  | 'webhook-ended'
  | 'webhook-paused'
  | 'webhook-resumed'
  | 'webhook-secret-made'
  | 'webhook-tried'
  | 'roles-downloaded'
  | 'read-only-on'
  | 'read-only-off'
  | 'announced'
  | 'announcement-ended'
  | 'backup-made'
  | 'restored'
  | 'failed-again'
  | 'failed-dropped'
  | 'edition-made'
  | 'edition-closed'
  | 'edition-opened'
  | 'theme-made'
  | 'theme-changed'
  | 'theme-removed'
  | 'organisation-made'
  | 'organisation-changed'
  | 'role-offered'
  | 'role-offer-ended'
  | 'role-accepted'
  | 'session-made'
  | 'session-text-changed'
  | 'session-withdrawn'
  | 'call-changed'
  | 'proposal-submitted'
  | 'proposal-withdrawn'
  | 'proposal-reopened'
  | 'proposal-reminded'
  | 'proposer-invited'
  | 'proposer-uninvited'
  | 'proposer-declined'
  | 'proposer-joined'
  | 'proposer-left'
  | 'conflict-declared'
  | 'conflict-undone'
  | 'reviewers-assigned'
  | 'review-written'
  | 'proposal-decided'
  | 'decisions-released'
  | 'venue-made'
  | 'venue-changed'
  | 'venue-removed'
  | 'slots-changed'
  | 'unavailability-changed'
  | 'slot-chosen'
  | 'board-changed'
  | 'board-undone'
  | 'schedule-released'
  | 'optimisation-asked'
  | 'optimisation-accepted'
  | 'optimisation-dropped'
  | 'import-conflict-settled'
  | 'import-matched'
  | 'story-made'
  | 'story-changed'
  | 'story-published'
  | 'story-withdrawn'
  | 'template-changed'
  | 'template-restored'
  | 'mailing-written'
  | 'mailing-released'
  | 'mailing-stopped'
  | 'mailing-resumed'
  | 'letters-dropped'
  | 'letters-released'
  | 'letter-rules-changed'
  | 'subscription-changed'
  | 'letter-bounced'
  | 'goals-changed'
  | 'figures-downloaded';

/** What somebody asks to write down: ids only, never personal data or codes. */
export interface Happening {
  readonly what: What;
  /** Who did it, when that is not the visitor: many people's changes may be written down together. */
  readonly by?: PersonId | null | undefined;
  /** Whom it is about. */
  readonly person?: PersonId | null | undefined;
  readonly edition?: EditionId | null | undefined;
  readonly session?: SessionId | null | undefined;
  readonly details?: Readonly<Record<string, Json>> | undefined;
}

/** What happened, written down. */
export interface Line {
  readonly id: LineId;
  readonly happenedAt: Date;
  readonly what: What;
  /** Who did it; null for a visitor and for the house itself. */
  readonly byPerson: PersonId | null;
  readonly person: PersonId | null;
  readonly edition: EditionId | null;
  readonly session: SessionId | null;
  readonly details: Readonly<Record<string, Json | undefined>>;
}

/** What follows from a line. It may run twice for the same line and must not mind. */
export interface Reaction {
  /** A sentence for worker.ts and the log: 'a letter tells who moved up'. */
  readonly name: string;
  readonly to: readonly What[];
  readonly run: (visit: Visit, line: Line) => Promise<void>;
}
