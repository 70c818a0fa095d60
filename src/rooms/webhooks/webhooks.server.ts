// The door of the webhooks: programs of others that are told what happens in an edition. Who calls these has made sure
// that the visitor leads it; what is told is decided again each time, by what the maker may know at that moment.
import { newId } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Edition } from '#rooms/programme/edition.ts';
import { mostWebhooks, webAddress, type Told } from './event.ts';
import * as queries from './queries.server.ts';
import { newSigningSecret } from './signature.server.ts';

export { deliverDue } from './deliver.server.ts';
export { reactions } from './reactions.server.ts';
export type { ToldRow, Webhook } from './queries.server.ts';

export interface NewWebhook {
  readonly address: string;
  readonly types: readonly Told[];
  /** Also of sessions for civil servants only. */
  readonly isInternal: boolean;
}
export type WhyNoWebhook = 'not-signed-in' | 'webhook-not-https' | 'too-many-webhooks' | 'internal-only-yourself';

export const webhooksOf = (visit: Visit, edition: Edition): Promise<queries.Webhook[]> => queries.webhooksOf(visit.db, edition.id);

export const webhookIn = async (visit: Visit, edition: Edition, id: string): Promise<queries.Webhook | null> =>
  (await webhooksOf(visit, edition)).find((webhook) => webhook.id === id) ?? null;

/** From now on a program is told; with what we sign is shown this once. */
export const makeWebhook = (
  visit: Visit,
  edition: Edition,
  { address, types, isInternal }: NewWebhook,
): Promise<(queries.Webhook & { readonly secret: string }) | Refusal<WhyNoWebhook>> =>
  atOnce(visit, async (visit) => {
    const { person, now } = visit;
    if (!person) return { refused: 'not-signed-in' };
    if (isInternal && !person.isInternal) return { refused: 'internal-only-yourself' };
    const to = webAddress(address, config().outgoingAllow.length > 0);
    if (to === null) return { refused: 'webhook-not-https' };
    if ((await queries.countWebhooks(visit.db, edition.id)) >= mostWebhooks) return { refused: 'too-many-webhooks' };
    const id = newId<'webhook'>(now);
    const webhook = {
      id,
      edition: edition.id,
      madeBy: person.id,
      address: to,
      types,
      isInternal,
      createdAt: now,
      failingSince: null,
      pausedAt: null,
    };
    const secret = newSigningSecret();
    await queries.insertWebhook(visit.db, webhook, secret);
    await record(visit, { what: 'webhook-made', edition: edition.id, details: { webhook: id } });
    return { ...webhook, secret };
  });

export const endWebhook = (visit: Visit, edition: Edition, id: string): Promise<void | Refusal<'webhook-gone'>> =>
  changing(visit, edition, id, async (visit, webhook) => {
    await queries.endWebhook(visit.db, webhook.id, visit.now);
    await record(visit, { what: 'webhook-ended', edition: edition.id, details: { webhook: webhook.id } });
  });

/** A new secret; the one before signs too for a day, so that the receiver can change at leisure. */
export const rotateWebhook = (visit: Visit, edition: Edition, id: string): Promise<{ readonly secret: string } | Refusal<'webhook-gone'>> =>
  changing(visit, edition, id, async (visit, webhook) => {
    const secret = newSigningSecret();
    await queries.rotateSecret(visit.db, webhook.id, secret, new Date(visit.now.getTime() + 86_400_000));
    await record(visit, { what: 'webhook-secret-made', edition: edition.id, details: { webhook: webhook.id } });
    return { secret };
  });

/** Goes on after it was paused, with everything that waited. */
export const resumeWebhook = (visit: Visit, edition: Edition, id: string): Promise<void | Refusal<'webhook-gone'>> =>
  changing(visit, edition, id, async (visit, webhook) => {
    await queries.resume(visit.db, webhook.id, visit.now);
    await record(visit, { what: 'webhook-resumed', edition: edition.id, details: { webhook: webhook.id } });
  });

/** Tells it something that means nothing. */
export const pingWebhook = (visit: Visit, edition: Edition, id: string): Promise<{ readonly delivery: string } | Refusal<'webhook-gone'>> =>
  changing(visit, edition, id, async (visit, webhook) => {
    const line = await record(visit, { what: 'webhook-tried', edition: edition.id, details: { webhook: webhook.id } });
    const delivery = newId<'delivery'>(visit.now);
    const ping = { id: delivery, webhook: webhook.id, line, type: 'ping', subject: edition.slug, happenedAt: visit.now } as const;
    await queries.insertDelivery(visit.db, ping, visit.now);
    return { delivery };
  });

/** What it was told and what not, the latest first. */
export async function deliveriesOf(
  visit: Visit,
  webhook: queries.Webhook,
  { before = null, limit }: { readonly before?: string | null; readonly limit: number },
): Promise<{ readonly items: readonly queries.ToldRow[]; readonly next: string | null }> {
  const found = await queries.deliveriesOf(visit.db, webhook.id, before, limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)!.id : null };
}

/** Tells it once more. */
export const deliverAgain = (
  visit: Visit,
  edition: Edition,
  id: string,
  delivery: string,
): Promise<void | Refusal<'webhook-gone' | 'delivery-gone'>> =>
  changing(visit, edition, id, async (visit, webhook) => {
    if (!isId(delivery) || !(await queries.again(visit.db, webhook.id, delivery, visit.now))) return { refused: 'delivery-gone' as const };
    await record(visit, { what: 'webhook-tried', edition: edition.id, details: { webhook: webhook.id, delivery } });
  });

/** Forgets what was told long ago. */
export const forgetDeliveries = ({ db, now }: Visit): Promise<void> => queries.sweep(db, now);

const changing = <T>(
  visit: Visit,
  edition: Edition,
  id: string,
  change: (visit: Visit, webhook: queries.Webhook) => Promise<T>,
): Promise<T | Refusal<'webhook-gone'>> =>
  atOnce<T | Refusal<'webhook-gone'>>(visit, async (visit) => {
    const webhook = await webhookIn(visit, edition, id);
    return webhook ? change(visit, webhook) : { refused: 'webhook-gone' };
  });
