import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import { slugOf } from '#ground/text.ts';
import type { Language, Person, Visit } from '#ground/visit.ts';
import { readEmail } from './email.ts';
import type { Organisation } from './organisation.ts';
import { agree, disagree } from './consent.server.ts';
import * as queries from './queries.server.ts';

/** Every organisation there is, of all editions. */
export const organisations = (visit: Visit): Promise<Organisation[]> => queries.allOrganisations(visit.db);

/** Those with these slugs. */
export const organisationsWith = (visit: Visit, slugs: readonly string[]): Promise<Organisation[]> => queries.organisationsWith(visit.db, slugs);

/** The organisation that somebody means by what they typed: its name in any language, or its slug; null when we do not know it. */
export async function organisationNamed(visit: Visit, typed: string): Promise<Organisation | null> {
  const name = typed.trim();
  const known = name === '' ? null : await queries.organisationCalled(visit.db, name, slugOf(name));
  return known && { slug: known.slug, name: known.name };
}

/** Somebody by id, with the language they read. */
export const personWith = (visit: Visit, id: PersonId): Promise<(Person & { readonly language: Language }) | null> =>
  queries.personById(visit.db, id);

/** Somebody by the address that was typed; null when it is no address, or nobody's. */
export async function personCalled(visit: Visit, typed: string): Promise<Person | null> {
  const email = readEmail(typed);
  return email === null ? null : ((await queries.peopleByEmail(visit.db, [email]))[0] ?? null);
}

/** The addresses of people, for those who may see them. */
export const addressesOf = async (visit: Visit, people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>> =>
  people.length === 0 ? new Map() : new Map((await queries.addressesOf(visit.db, people)).map(({ id, email }) => [id, email]));

/**
 * Makes the person when they are new. Details are only taken for somebody new or for oneself: an address that was typed
 * is not an address that is owned.
 */
export async function welcome(
  visit: Visit,
  typed: string,
  details: { readonly organisation?: string | null; readonly accessNeeds?: string | null } = {},
): Promise<Person | Refusal<'no-address' | 'organisation-unknown'>> {
  const email = readEmail(typed);
  if (email === null) return { refused: 'no-address' };
  return atOnce(visit, async (visit) => {
    const { person, isNew } = await foundOrMade(visit, email);
    if (details.organisation === undefined && details.accessNeeds === undefined) return person;
    if (!isNew && visit.person?.id !== person.id) throw new Error("Somebody else's details are not ours to change");
    return describe(visit, person, details);
  });
}

/** Forgets what people need to take part, when nothing is left for them to take part in; the worker asks for it every hour. */
export const forgetNeeds = (visit: Visit): Promise<void> => queries.wipeNeeds(visit.db, visit.now);

async function describe(
  visit: Visit,
  person: Person,
  { organisation, accessNeeds }: { readonly organisation?: string | null; readonly accessNeeds?: string | null },
): Promise<Person | Refusal<'organisation-unknown'>> {
  const theirs = organisation ? await queries.organisationCalled(visit.db, organisation, organisation) : null;
  if (organisation && theirs === null) return { refused: 'organisation-unknown' };
  const needs = accessNeeds?.trim() || null;
  await queries.updateDetails(visit.db, person.id, {
    ...(organisation !== undefined && { organisationId: theirs?.id ?? null }),
    ...(accessNeeds !== undefined && { accessNeeds: needs }),
  });
  // Who says what they need says yes to our keeping it: whoever asks this has shown the text and seen the tick.
  if (accessNeeds !== undefined) await (needs === null ? disagree : agree)(visit, person.id, 'access-needs');
  return organisation === undefined ? person : { ...person, organisation: theirs?.slug ?? null };
}

/** Somebody by address, made when new. */
export async function found(visit: Visit, email: string): Promise<Person> {
  return (await foundOrMade(visit, email)).person;
}

/** People in the order of their addresses, made when they are new. */
export async function foundAll(visit: Visit, emails: readonly string[]): Promise<Person[]> {
  return (await foundOrMadeAll(visit, emails)).map(({ person }) => person);
}

interface Found {
  readonly person: Person;
  readonly isNew: boolean;
}

async function foundOrMade(visit: Visit, email: string): Promise<Found> {
  const [it] = await foundOrMadeAll(visit, [email]);
  if (!it) throw new Error('Nobody was made');
  return it;
}

async function foundOrMadeAll(visit: Visit, emails: readonly string[]): Promise<Found[]> {
  // In one order, so that two of these side by side do not hold each other up.
  const unique = [...new Set(emails)].sort();
  const made = new Set(
    await queries.insertPeople(
      visit.db,
      unique.map((email) => ({ id: newId<'person'>(visit.now), email })),
      visit.language,
      visit.now,
    ),
  );
  const people = new Map((await queries.peopleByEmail(visit.db, unique)).map((person) => [person.email, { person, isNew: made.has(person.id) }]));
  return emails.flatMap((email) => people.get(email) ?? []);
}
