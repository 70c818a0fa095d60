import { createHmac } from 'node:crypto';
import { newSecret } from '#ground/chance.server.ts';

const prefix = 'whsec_';
/** As standard-webhooks writes them: base64 behind a prefix. */
export const newSigningSecret = (): string => prefix + Buffer.from(newSecret(), 'base64url').toString('base64');

/** The three headers by which a receiver knows that it was us, and when. With two secrets there are two signatures, of which one holds. */
export function signed(id: string, at: Date, body: string, secrets: readonly string[]): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const signature = (secret: string) =>
    `v1,${createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
      .update(`${id}.${seconds}.${body}`)
      .digest('base64')}`;
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': secrets.map(signature).join(' ') };
}
