// What a line may say beside its columns: every name once, with what it may be. Numbers of things, codes and slugs, known
// words, counts, moments and yes or no: never what somebody typed, and nothing by which a person is known outside this house.
import { z } from 'zod';

const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const moment = z.iso.datetime();
const count = z.number();
const code = z.string().regex(/^[0-9A-Z]{6}$/);
const slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const attendance = z.enum(['onSite', 'online']);
const group = z.union([z.enum(['internal', 'external', 'organisation:*']), z.templateLiteral(['organisation:', slug])]);
const places = z.union([count.nullable(), z.array(z.strictObject({ group, most: count }))]);

const shape = z
  .strictObject({
    // A place, and how many there are
    turn: count,
    after: z
      .strictObject({
        standing: z.enum(['held', 'offered', 'waiting']),
        attendance,
        wants: attendance.nullable(),
        arrival: count,
        until: moment.optional(),
        checkedIn: moment.optional(),
      })
      .nullable(),
    attendance,
    from: places,
    to: places,
    // What was planned, changed, counted
    opensAt: moment,
    closesAt: moment,
    sessions: z.array(code).nullable(),
    wanted: count,
    fileHash: z.string().regex(/^[0-9a-f]{64}$/),
    differences: z.array(
      z.enum(['title', 'time', 'place', 'summary', 'description', 'themes', 'speakers', 'format', 'languages', 'level', 'organisations', 'deepens']),
    ),
    acceptHours: count.nullable(),
    ...Object.fromEntries(['new', 'changed', 'people', 'roles', 'count', 'bytes', 'days', 'text'].map((name) => [name, count])),
    until: moment,
    madeAt: moment,
    // What it is about
    ...Object.fromEntries(
      [
        'window',
        'material',
        'token',
        'passkey',
        'signIn',
        'code',
        'webhook',
        'delivery',
        'offer',
        'story',
        'venue',
        'release',
        'template',
        'mailing',
        'optimisation',
        'other',
      ].map((name) => [name, id]),
    ),
    which: z.union([z.literal('all'), id]),
    kind: z.enum(['reaction', 'letter']),
    decision: z.enum(['accept', 'waitlist', 'decline']),
    number: count,
    /** Names of fields, of themes, of our own letters. */
    names: z.array(
      z
        .string()
        .max(80)
        .regex(/^[a-zA-Z0-9]+([-.][a-zA-Z0-9]+)*$/),
    ),
    // How
    role: z.enum(['internal', 'host', 'moderator', 'manager', 'reviewer', 'team', 'admin']),
    scope: z.union([z.literal(''), code, slug]),
    purpose: z.enum(['access-needs', 'door-name']),
    way: z.enum(['code', 'passkey', 'provider', 'operator']),
    by: z.enum(['provider', 'auditor', 'team']),
    language: z.enum(['nl', 'en']),
    /** That there is one: it stands beside the line, and can be forgotten. */
    reason: z.literal(true),
  })
  .partial();

/** Where details say what a line may not hold; null when nowhere. Never what stands there. */
export function strangeIn(details: unknown): string | null {
  const { error } = shape.safeParse(details);
  const [first] = error?.issues ?? [];
  if (!first) return null;
  return [...first.path, ...('keys' in first ? first.keys.slice(0, 1) : [])].join('.') || 'details';
}
