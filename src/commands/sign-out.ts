import type { Visit } from '#ground/visit.ts';
import { endSignInsOf, personCalled } from '#rooms/identity';
import { words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('tool.help-sign-out');

/** For a laptop that was lost, or a leak that nobody knows the size of. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, [], ['everybody'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [email, ...more] = asked.positionals;
  if (asked.flags.has('everybody') === (email !== undefined) || more.length > 0) return fail(t('tool.sign-out-which'));
  const person = email === undefined ? null : await personCalled(visit, email);
  if (email !== undefined && !person) return fail(t('refused.person-unknown'));
  const count = await endSignInsOf(visit, person?.id ?? 'everybody');
  process.stdout.write(`${t('tool.sign-out-done', { count })}\n`);
  return 0;
}
