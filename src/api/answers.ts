// What every operation may answer besides the good answer.
import { z } from '@hono/zod-openapi';
import { problemShape } from './shapes.ts';
import { version } from './version.ts';

const versionHeader = { 'API-Version': { description: 'The version of this API', schema: { type: 'string' as const, example: version } } };
const no = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemShape } } });

const refusals = {
  400: no('Invalid'),
  401: no('Not signed in'),
  403: no('Not your role'),
  404: no('Not there, or not for you'),
  409: no('Refused by a rule'),
};

export const good = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  headers: versionHeader,
  content: { 'application/json': { schema } },
});
export const empty = (description: string) => ({ description, headers: versionHeader });
export const not = <Status extends keyof typeof refusals>(...statuses: readonly Status[]): Pick<typeof refusals, Status> =>
  Object.fromEntries(statuses.map((status) => [status, refusals[status]])) as Pick<typeof refusals, Status>;
