// Who may do what, once. Rooms, pages, programs, feeds and live channels ask here (may.ts, src/access/map.ts), and a test
// walks all of them as everybody and expects what stands here. What somebody may see is also a condition in every query.
import type { PersonId } from '#ground/id.ts';
import type { Person, Role } from '#ground/visit.ts';

/** What somebody must be to the thing that is asked for. One is enough. */
export type Who =
  /** Whoever comes by, also without having signed in. */
  | 'anybody'
  /** Who may see it: everybody what is public, civil servants who have signed in what is internal. */
  | 'reader'
  /** Who has signed in, about themselves. */
  | 'oneself'
  /** Who has signed in and may see it. */
  | 'participant'
  | 'host'
  /** Of the organisation that leads the session. */
  | 'manager'
  | 'moderator'
  /** Of the edition it belongs to. */
  | 'team'
  /** In the committee of the edition it belongs to. */
  | 'reviewer'
  /** Who proposed it, alone or with others. */
  | 'proposer'
  | 'admin'
  /** Host of some session, or manager of some organisation. */
  | 'organiser';

const running = ['host', 'manager', 'team', 'admin'] as const;
const leading = ['team', 'admin'] as const;

export const operations = {
  // The house
  'house.read': ['anybody'],
  'edition.read': ['anybody'],
  'programme.read': ['anybody'],
  'programme.compose': ['anybody'],
  'sign-in': ['anybody'],
  'sign-out': ['anybody'],

  // Sessions, and the windows in which they are wished for
  'session.read': ['reader'],
  'session.follow': ['reader'],
  'session.choose': ['participant'],
  'session.wish': ['participant'],
  'window.read': ['reader', ...leading],

  // One's own
  'own.look': ['anybody'],
  'own.draft': ['anybody'],
  'own.details': ['oneself'],
  'own.programme': ['oneself'],
  'own.pass': ['oneself'],
  'own.wishes': ['oneself'],
  'own.calendar': ['oneself'],
  /** By an address that is a secret: whoever knows it. */
  'own.calendar-feed': ['anybody'],

  // Arranging
  'arrangements.enter': ['organiser', ...leading],
  'session.run': running,
  'session.places': running,
  'session.roll': running,
  'session.door': running,
  'session.materials': running,
  'session.journal': running,
  'edition.lead': leading,
  'edition.make': ['admin'],
  'edition.arrange': leading,
  'session.make': ['manager', ...leading],
  'session.write': running,
  'session.cancel': ['manager', ...leading],
  'session.state-times': running,
  'organisation.read': ['anybody'],
  'organisation.look-after': ['manager', 'admin'],
  'organisation.arrange': leading,
  'role.answer': ['oneself'],
  'role.offer-host': ['manager', ...leading],
  'role.offer-manager': ['manager', ...leading],
  'news.read': ['reader'],
  'news.write': leading,

  // The call, and what is proposed
  'call.read': ['anybody'],
  'call.arrange': leading,
  'proposal.make': ['oneself'],
  'proposal.write': ['proposer'],
  'proposal.answer': ['oneself'],
  'review.enter': ['reviewer', ...leading],
  'review.write': ['reviewer'],
  'review.arrange': leading,
  'review.decide': leading,

  // The schedule, letters and figures
  'schedule.arrange': leading,
  'letters.arrange': leading,
  'letters.unsubscribe': ['anybody'],
  'figures.read': leading,
  'figures.arrange': leading,
  'programme.import': leading,
  'window.plan': leading,
  'window.draw': leading,
  'window.file': leading,
  /** By an address that is a secret: whoever was appointed to check a draw. */
  'window.audit': ['anybody'],
  'installation.look-after': ['admin'],
} as const satisfies Record<string, readonly Who[]>;
export type Operation = keyof typeof operations;

/** As much of a thing as access needs to know of it. */
export interface Thing {
  readonly code?: string;
  /** The slug of its edition. */
  readonly edition?: string;
  /** Slugs, the leading one first. */
  readonly organisations?: readonly string[];
  /** Absent: everybody may see that it is there. */
  readonly visibility?: 'public' | 'internal';
  /** Whose it is, when it is somebody's own: to everybody else it is not there. */
  readonly of?: PersonId;
  /** Who proposed it, as long as it is nobody else's business. */
  readonly proposers?: readonly PersonId[];
  /** Who of the committee was asked to read it; to the others of the committee it is not there. */
  readonly readers?: readonly PersonId[];
}

/** To who may not see something it is not there, which is not the same as being there for others. */
export type Answer = 'yes' | 'sign-in' | 'not-yours' | 'not-here';

/** Whether somebody may do something, and else why not. A thing that is not there, not yet or no longer, is null. */
export function answerTo(person: Person | null, operation: Operation, thing: Thing | null = {}): Answer {
  const who: readonly Who[] = operations[operation];
  if (person === null && !who.includes('anybody') && !who.includes('reader')) return 'sign-in';
  if (thing === null) return 'not-here';
  if (who.some((one) => is[one](person, thing))) return 'yes';
  return sees(person, thing) && thing.of === undefined ? 'not-yours' : 'not-here';
}

export const may = (person: Person | null, operation: Operation, thing: Thing = {}): boolean => answerTo(person, operation, thing) === 'yes';

/** Whether somebody may see a thing that is there; `visible` in the programme's statements says the same. */
export const sees = (person: Person | null, { visibility = 'public' }: Thing): boolean => visibility === 'public' || (person?.isInternal ?? false);

const has = (person: Person | null, role: Role['role'], scope: string | undefined): boolean =>
  scope !== undefined && (person?.roles.some((one) => one.role === role && one.scope === scope) ?? false);

const is: Readonly<Record<Who, (person: Person | null, thing: Thing) => boolean>> = {
  anybody: () => true,
  reader: sees,
  oneself: (person, { of }) => person !== null && (of === undefined || of === person.id),
  participant: (person, thing) => person !== null && sees(person, thing),
  host: (person, { code }) => has(person, 'host', code),
  // An organisation without a name leads nothing.
  manager: (person, { organisations }) => has(person, 'manager', organisations?.[0] || undefined),
  moderator: (person, { code }) => has(person, 'moderator', code),
  team: (person, { edition }) => has(person, 'team', edition),
  reviewer: (person, { edition, readers }) =>
    has(person, 'reviewer', edition) && (readers === undefined || (person !== null && readers.includes(person.id))),
  proposer: (person, { proposers }) => person !== null && (proposers?.includes(person.id) ?? false),
  admin: (person) => has(person, 'admin', ''),
  organiser: (person) => person?.roles.some(({ role }) => role === 'host' || role === 'manager') ?? false,
};
