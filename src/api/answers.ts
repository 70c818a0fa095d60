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
  406: no('Answers are JSON only'),
  409: no('Refused by a rule'),
  411: no('Say how long the content is'),
  413: no('Too long'),
  415: no('Send JSON'),
  429: {
    ...no('Too often: wait as long as it says'),
    headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' as const, example: 30 } } },
  },
};
/** Every operation may meet a token that does not hold, a reader of something else than JSON, and somebody in too much of a hurry. */
const anywhere = [401, 406, 429] as const;
/** What sends content may send it wrongly. */
export const badContent = [411, 413, 415] as const;

export const good = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  headers: versionHeader,
  content: { 'application/json': { schema } },
});
export const empty = (description: string) => ({ description, headers: versionHeader });
export const not = <Status extends keyof typeof refusals>(
  ...statuses: readonly Status[]
): Pick<typeof refusals, Status | (typeof anywhere)[number]> =>
  Object.fromEntries([...statuses, ...anywhere].map((status) => [status, refusals[status]])) as Pick<
    typeof refusals,
    Status | (typeof anywhere)[number]
  >;
