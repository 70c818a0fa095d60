import { text } from 'node:stream/consumers';
import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { makeTokens } from '#rooms/identity';
import { readGrant } from '#rooms/identity/role.ts';
import { scopes as scopesThereAre } from '#rooms/identity/scope.ts';
import { sentence } from '#words';

export const help = `Makes tokens for programs, one a line.

  npx innovember token EMAIL... [--role ROLE] [--scope SCOPE]...

EMAIL    whose token it is; an address without an account gets one. - reads addresses from standard input.
--role   gives them a role as well: internal, admin, host:CODE, moderator:CODE, manager:ORGANISATION or team:EDITION.
--scope  what the token may: read, or read and write. Without it: everything its person may.

The tokens come in the order of the addresses. They are shown once: only their hash is kept.
All or nothing: one address that is none, and nothing is made.
`;

/** Prints one token a line; what is wrong goes to standard error. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = read(args);
  if ('wrong' in asked) return fail(asked.wrong);
  const emails = asked.emails.map((email) => (email === '-' ? null : email));
  const typed = emails.includes(null) ? (await text(process.stdin)).split(/\s+/).filter((line) => line !== '') : [];
  const all = emails.flatMap((email) => (email === null ? typed : [email]));
  if (all.length === 0) return asked.emails.length === 0 ? fail('Which address? npx innovember token --help tells more.') : 0;
  const role = asked.role === null ? undefined : readGrant(asked.role);
  if (role === null) return fail(`'${asked.role}' is no role. npx innovember token --help tells which there are.`);
  const tokens = await makeTokens(visit, all, { role, scopes: asked.scopes });
  if (isRefusal(tokens)) return fail(`${sentence('en', `refused.${tokens.refused}`)} (${tokens.address ?? asked.role})`);
  process.stdout.write(tokens.map((token) => `${token}\n`).join(''));
  return 0;
}

interface Asked {
  readonly emails: readonly string[];
  readonly role: string | null;
  readonly scopes: readonly string[];
}

function read(args: readonly string[]): Asked | { readonly wrong: string } {
  const emails: string[] = [];
  const scopes: string[] = [];
  let role: string | null = null;
  for (let at = 0; at < args.length; at++) {
    const [option = '', inline] = (args[at] ?? '').split(/=(.*)/s);
    if (!option.startsWith('--')) {
      emails.push(args[at] ?? '');
      continue;
    }
    if (option !== '--role' && option !== '--scope')
      return { wrong: `There is no option ${option}. npx innovember token --help tells which there are.` };
    const value = inline ?? args[++at];
    if (value === undefined) return { wrong: `What comes after ${option}?` };
    if (option === '--role') role = value;
    else scopes.push(...value.split(','));
  }
  const unknown = scopes.find((scope) => !scopesThereAre.some((known) => known === scope));
  return unknown === undefined ? { emails, role, scopes } : { wrong: `'${unknown}' is no scope; read and write are.` };
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
