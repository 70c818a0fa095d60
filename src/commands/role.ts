import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { grant, invite, inviteNew, revoke } from '#rooms/identity';
import { readGrant } from '#rooms/identity/role.ts';
import { sentence } from '#words';

export const help = `Gives somebody a role, or takes it away.

  npx innovember role EMAIL ROLE
  npx innovember role EMAIL --remove ROLE
  npx innovember role EMAIL --invite

ROLE  internal             a civil servant: sees internal sessions
      host:CODE            runs the session with this code
      moderator:CODE       moderates the session with this code
      manager:ORGANISATION manages everything of an organisation, named by its slug
      team:EDITION         programme team of an edition, named by its slug
      admin                the whole installation

It holds from the next page or request on. An address without an account gets one.

All but 'internal' ask for a sign-in with a passkey or a provider. When they have no passkey yet, a code of twelve signs
is printed below the answer: hand it over by another way than mail. With it their first passkey counts at once, without
it after a day. It works for seven days and once; --invite prints a new one, alone.
`;

export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  if (args.includes('--invite'))
    return printInvitation(
      visit,
      args.filter((arg) => arg !== '--invite'),
    );
  const removing = args.includes('--remove');
  const [email, written, ...more] = args.filter((arg) => arg !== '--remove');
  if (email === undefined || written === undefined || more.length > 0) return fail('Say whose role and which: npx innovember role EMAIL ROLE');
  const role = readGrant(written);
  if (role === null) return fail(`'${written}' is no role. npx innovember role --help tells which there are.`);
  const refusal = removing ? await revoke(visit, email, role) : await grant(visit, email, role);
  if (isRefusal(refusal))
    return fail(
      `${sentence('en', `refused.${refusal.refused}`)} (${refusal.refused === 'no-address' || refusal.refused === 'person-unknown' ? email : written})`,
    );
  const code = removing || role.role === 'internal' ? null : await inviteNew(visit, email);
  process.stdout.write(removing ? `${email} is not ${written} any more.\n` : `${email} is ${written}.\n${code === null ? '' : `${code}\n`}`);
  return 0;
}

async function printInvitation(visit: Visit, [email, ...more]: readonly string[]): Promise<number> {
  if (email === undefined || more.length > 0) return fail('Say for whom: npx innovember role EMAIL --invite');
  const code = await invite(visit, email);
  if (isRefusal(code)) return fail(`${sentence('en', `refused.${code.refused}`)} (${email})`);
  process.stdout.write(`${code}\n`);
  return 0;
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
