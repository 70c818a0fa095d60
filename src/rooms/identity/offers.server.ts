// Roles by invitation: somebody is asked by a letter, and has the role when they have signed in and said yes. Following the
// link of the letter uses nothing up. Who calls these has made sure that the visitor may (`mayOffer`).
import { sql, type RawBuilder } from 'kysely';
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId, type PersonId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { readEmail } from './email.ts';
import { daysOpen, mostADay, type OfferedRole, type OfferId, type RoleOffer } from './offer.ts';
import * as queries from './queries.server.ts';
import { grantAll, whyNoScope, type WhyNotGranted } from './roles.server.ts';

export type WhyNotOffered = WhyNotGranted | 'has-role' | 'too-many-offers';

/** Asks somebody to take a role. Who is asked already is not asked twice. */
export const offerRole = (visit: Visit, typed: string, { role, scope }: OfferedRole): Promise<OfferId | Refusal<WhyNotOffered>> =>
  atOnce(visit, async (visit) => {
    const email = readEmail(typed);
    if (email === null) return { refused: 'no-address' };
    if (!(await queries.scopeExists(visit.db, { role, scope }))) return whyNoScope(role);
    const [person] = await queries.peopleByEmail(visit.db, [email]);
    if (person?.roles.some((one) => one.role === role && one.scope === scope)) return { refused: 'has-role' };
    // Two who ask the same of somebody at the same moment take turns.
    await sql`select pg_advisory_xact_lock(hashtextextended('role offer ' || ${email}, 0))`.execute(visit.db);
    const [open] = await offersWhere(visit, sql`${isOpen(visit)} and o.email = ${email} and o.role = ${role} and o.scope = ${scope}`);
    if (open) return open.id;
    if ((await countToday(visit)) >= mostADay) return { refused: 'too-many-offers' };
    const id = newId<'role offer'>(visit.now) satisfies OfferId;
    await sql`update role_offers set ended_at = expires_at
      where email = ${email} and role = ${role} and scope = ${scope} and accepted_at is null and ended_at is null`.execute(visit.db);
    await sql`insert into role_offers (id, email, role, scope, offered_by, created_at, expires_at)
      values (${id}, ${email}, ${role}, ${scope}, ${visit.person?.id ?? null}, ${visit.now}, ${visit.now}::timestamptz + ${daysOpen} * interval '1 day')`.execute(
      visit.db,
    );
    await record(visit, { what: 'role-offered', person: person?.id, details: { offer: id, role, scope, language: visit.language } });
    return id;
  });

/** What the visitor is asked to do here, and can still say yes to. */
export const offersFor = async (visit: Visit): Promise<RoleOffer[]> =>
  visit.person === null ? [] : offersWhere(visit, sql`${isOpen(visit)} and o.email = ${visit.person.email}`);

/** Who was asked for this role and did not answer yet. */
export const offersOf = (visit: Visit, { role, scope }: OfferedRole): Promise<RoleOffer[]> =>
  offersWhere(visit, sql`${isOpen(visit)} and o.role = ${role} and o.scope = ${scope}`);

/** Everybody who was asked for something of an edition, or to manage an organisation, and did not answer yet. */
export const offersIn = (visit: Visit, edition: string): Promise<RoleOffer[]> =>
  offersWhere(visit, sql`${isOpen(visit)} and ${queries.isOfEdition(edition)}`);

/** An offer as it is now, open or not; null when there is none. */
export const offerWith = async (visit: Visit, id: string): Promise<(RoleOffer & { readonly isOpen: boolean }) | null> => {
  if (!isId<'role offer'>(id)) return null;
  const [open] = await offersWhere(visit, sql`o.id = ${id} and ${isOpen(visit)}`);
  const found = open ?? (await offersWhere(visit, sql`o.id = ${id}`))[0];
  return found ? { ...found, isOpen: open !== undefined } : null;
};

/** The visitor says yes: from now on the role is theirs. A second time changes nothing. */
export const acceptOffer = (visit: Visit, id: string): Promise<OfferedRole | Refusal<'role-offer-gone' | WhyNotGranted>> =>
  atOnce(visit, async (visit) => {
    const offer = await answered(visit, id, 'accepted_at');
    if (isRefusal(offer)) return offer;
    const refused = await grantAll(visit, [offer.person], { role: offer.role, scope: offer.scope });
    if (refused) return refused;
    await record(visit, { what: 'role-accepted', person: offer.person, details: { offer: offer.id, role: offer.role, scope: offer.scope } });
    return { role: offer.role, scope: offer.scope };
  });

/** The visitor says no. */
export const declineOffer = (visit: Visit, id: string): Promise<OfferedRole | Refusal<'role-offer-gone'>> =>
  atOnce(visit, async (visit) => {
    const offer = await answered(visit, id, 'ended_at');
    if (isRefusal(offer)) return offer;
    await record(visit, { what: 'role-offer-ended', person: offer.person, details: { offer: offer.id, role: offer.role, scope: offer.scope } });
    return { role: offer.role, scope: offer.scope };
  });

/** Takes an offer back that was not answered. */
export const endOffer = (visit: Visit, id: string): Promise<void | Refusal<'role-offer-gone'>> =>
  atOnce(visit, async (visit) => {
    const offer = await offerWith(visit, id);
    if (!offer?.isOpen || !(await close(visit, offer.id, 'ended_at'))) return { refused: 'role-offer-gone' };
    await record(visit, { what: 'role-offer-ended', details: { offer: offer.id, role: offer.role, scope: offer.scope } });
  });

/** Closes an offer that is the visitor's own, by address, and open. */
async function answered(
  visit: Visit,
  id: string,
  as: 'accepted_at' | 'ended_at',
): Promise<(RoleOffer & { readonly person: PersonId }) | Refusal<'role-offer-gone'>> {
  const offer = (await offersFor(visit)).find((one) => one.id === id);
  if (!visit.person || !offer || !(await close(visit, offer.id, as))) return { refused: 'role-offer-gone' };
  return { ...offer, person: visit.person.id };
}

/** False when it was answered or ended meanwhile. */
async function close(visit: Visit, id: OfferId, as: 'accepted_at' | 'ended_at'): Promise<boolean> {
  const { rows } = await sql`update role_offers set ${sql.ref(as)} = ${visit.now}
    where id = ${id} and accepted_at is null and ended_at is null and expires_at > ${visit.now} returning id`.execute(visit.db);
  return rows.length > 0;
}

const isOpen = ({ now }: Visit): RawBuilder<unknown> => sql`o.accepted_at is null and o.ended_at is null and o.expires_at > ${now}`;

async function offersWhere({ db }: Visit, which: RawBuilder<unknown>): Promise<RoleOffer[]> {
  const { rows } = await sql<RoleOffer>`
    select o.id, o.email, o.role, o.scope, p.email as "offeredBy", o.created_at as "createdAt", o.expires_at as "expiresAt"
    from role_offers o left join people p on p.id = o.offered_by
    where ${which} order by o.id desc limit 500`.execute(db);
  return rows;
}

async function countToday({ db, now, person }: Visit): Promise<number> {
  if (person === null) return 0;
  const { rows } = await sql<{ count: number }>`select count(*) as count from role_offers
    where offered_by = ${person.id} and created_at > ${now}::timestamptz - interval '1 day'`.execute(db);
  return rows[0]?.count ?? 0;
}
