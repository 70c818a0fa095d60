import { config } from '#ground/config.server.ts';
import { isOlderThan } from '#ui/months.ts';
import type { PageServerLoad } from './$types';

/** An audit counts for three years; who arranges something here is told when it is over. */
const auditMonths = 36;

export const load: PageServerLoad = async ({ locals: { visit }, parent }) => {
  const { accessibility } = config();
  const { mayOrganise } = await parent();
  return { ...accessibility, isOld: mayOrganise && accessibility.audited !== null && isOlderThan(accessibility.audited, auditMonths, visit.now) };
};
