import type { Visit } from '#ground/visit.ts';
import { personCalled } from '#rooms/identity';
import { erase } from '#rooms/privacy';
import { words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('privacy.help-erase');

/** For who asks the operator, and for an address that nobody signs in with any more. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, [], ['yes'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [email, ...more] = asked.positionals;
  if (email === undefined || more.length > 0) return fail(t('privacy.erase-which'));
  const person = await personCalled(visit, email);
  if (!person) return fail(t('refused.person-unknown'));
  if (!asked.flags.has('yes')) {
    process.stdout.write(`${t('privacy.erase-would')}\n`);
    return 0;
  }
  await erase(visit, person.id);
  process.stdout.write(`${t('privacy.erase-done')}\n`);
  return 0;
}
