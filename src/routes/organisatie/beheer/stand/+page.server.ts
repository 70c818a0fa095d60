import { config } from '#ground/config.server.ts';
import { examine, type Finding } from '#rooms/upkeep';
import { administrator } from '../entrance.server.ts';
import type { PageServerLoad } from './$types';

const order: readonly Finding['state'][] = ['wrong', 'warning', 'unknown', 'ok'];

/** What the doctor sees now, the worst first; recomputing seats and journal is left to the operator's tool. */
export const load: PageServerLoad = async (event) => {
  const { visit } = administrator(event);
  const findings = await examine(visit, config(), { isThorough: false });
  return { groups: order.map((state) => ({ state, findings: findings.filter((finding) => finding.state === state) })) };
};
