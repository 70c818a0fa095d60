import type { Kysely } from 'kysely';
import type { DB } from './tables.ts';
import type { PersonId } from './id.ts';

export type Language = 'nl' | 'en';
export const languages: readonly Language[] = ['nl', 'en'];

/** A special role; `scope` is a session code, an organisation's slug or an edition's slug, empty for the whole installation. */
export interface Role {
  readonly role: 'host' | 'manager' | 'moderator' | 'reviewer' | 'team' | 'admin';
  readonly scope: string;
}

/** How somebody proved who they are: six digits by mail, a passkey, or their organisation's sign-in provider. */
export type Way = 'code' | 'passkey' | 'provider';

export interface Person {
  readonly id: PersonId;
  readonly email: string;
  readonly isInternal: boolean;
  readonly organisation: string | null;
  /** The special roles that hold in this visit. */
  readonly roles: readonly Role[];
  /** What is theirs too, but asks for a stronger or a fresher proof than this visit has. */
  readonly withheld?: readonly (Role | { readonly role: 'internal'; readonly scope: '' })[];
  /** A passkey of theirs that does not count yet, so that they can refuse it. */
  readonly newPasskey?: { readonly id: string; readonly usableAt: Date };
  /** Absent for who is not here themselves, and for a token that the operator made. */
  readonly way?: Way;
  /** What the token of a program leaves of it: 'read', or 'read' and 'write'. Absent or empty: everything. */
  readonly scopes?: readonly string[];
  /** When the token of a program ends; null: never. */
  readonly tokenUntil?: Date | null;
}

/**
 * Who asks, when, in which language, with which database. A function that takes a visit may touch the world;
 * there is no other way to know who asks or what time it is.
 */
export interface Visit {
  readonly language: Language;
  readonly now: Date;
  readonly db: Kysely<DB>;
  /** Null for a visitor. */
  readonly person: Person | null;
  /** The number of the request, shown on error pages and written in the log. */
  readonly request: string;
}

/** What a visitor may see: public for everybody, internal for civil servants who have signed in. */
export const seesInternal = (visit: Visit): boolean => visit.person?.isInternal ?? false;
