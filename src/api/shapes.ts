// What the API says and hears. These schemas validate every question and make openapi.json.
import { z } from '@hono/zod-openapi';
import { attendances, formats, levels, states, type Session } from '#rooms/programme/session.ts';
import type { Edition, Organisation, Theme } from '#rooms/programme/edition.ts';
import type { Seat } from '#rooms/seats/seat.ts';

export const text = z
  .record(z.string(), z.string())
  .openapi({ description: 'Language tag to text', example: { nl: 'Sneller inkopen', en: 'Buying faster' } });
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80);
export const code = z.string().regex(/^[0-9A-Z]{6}$/);
const moment = z.iso.datetime();
const day = z.iso.date();

export const edition = z
  .object({
    slug,
    name: text,
    startsOn: day,
    endsOn: day,
    timeZone: z.string(),
    rules: z.object({ atLeast: z.int(), fits: z.int(), surprises: z.int() }),
    acceptHours: z.int().nullable().openapi({ description: 'How many hours an offered place waits for an answer; null: no need to answer' }),
    isExample: z.boolean(),
  })
  .openapi('Edition');

export const theme = z.object({ slug, name: text, position: z.int() }).openapi('Theme');
export const organisation = z.object({ slug, name: text }).openapi('Organisation');

const places = z.object({ onSite: z.int().nullable(), online: z.int().nullable() });
export const session = z
  .object({
    code,
    edition: slug,
    title: text,
    summary: text,
    description: text,
    themes: z.array(slug),
    organisations: z.array(slug),
    speakers: z.array(z.string()),
    format: z.enum(formats),
    level: z.enum(levels).nullable(),
    languages: z.array(z.string()),
    start: moment.nullable(),
    end: moment.nullable(),
    timeZone: z.string(),
    location: z.string().nullable(),
    online: z.string().nullable(),
    capacity: places,
    placesLeft: places,
    visibility: z.enum(['public', 'internal']),
    state: z.enum(states),
    deepens: z.array(code),
    deepenedBy: z.array(code),
  })
  .openapi('Session');

export const standing = z.enum(['held', 'offered', 'waiting']);
export const attendance = z.enum(attendances);
export const entry = z
  .object({
    session: code,
    standing,
    attendance,
    waitsFor: attendance.nullable().openapi({ description: 'The other way of taking part, waited for while this place is kept' }),
    position: z.int().nullable(),
    offeredUntil: moment.nullable(),
    overlaps: z.array(code),
  })
  .openapi('ProgrammeEntry');

export const me = z
  .object({
    email: z.string(),
    isInternal: z.boolean(),
    organisation: z.string().nullable(),
    roles: z.array(z.object({ role: z.string(), scope: z.string() })),
  })
  .openapi('Me');

const reason = z.object({ code: z.string(), text: z.string() });
export const asking = z
  .strictObject({
    question: z.string().max(2000).default(''),
    themes: z.array(slug).max(100).default([]),
    availability: z
      .array(z.strictObject({ from: z.iso.datetime({ offset: true }), until: z.iso.datetime({ offset: true }) }))
      .max(200)
      .default([]),
    attendance: z.enum(['onSite', 'online', 'either']).default('either'),
    languages: z.array(z.string().min(2).max(20)).max(20).default([]),
    organisation: slug.nullable().default(null),
    chosen: z.array(code).max(200).default([]),
    fits: z.int().min(0).max(10).optional(),
    surprises: z.int().min(0).max(5).optional(),
    seed: z.int().default(0),
  })
  .openapi('Asking');
export const proposal = z
  .object({
    fits: z.array(z.object({ session: code, fit: z.number(), attendance, reasons: z.array(reason) })),
    surprises: z.array(z.object({ session: code, intrigue: z.number(), attendance, reasons: z.array(reason) })),
    alternatives: z.array(z.object({ for: code, session: code, reasons: z.array(reason) })),
    value: z.number(),
    optimal: z.boolean(),
  })
  .openapi('Suggestions');

export const problemShape = z
  .object({
    type: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ field: z.string(), code: z.string(), text: z.string() })),
  })
  .openapi('Problem');

export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ description: 'How many, at most 200' }),
  cursor: z.string().max(200).optional().openapi({ description: 'Where the page before this one ended' }),
});

export const editionShape = ({ id: _, ...shown }: Edition): z.infer<typeof edition> => shown;

export const themeShape = ({ slug, name, position }: Theme) => ({ slug, name, position });
export const organisationShape = ({ slug, name }: Organisation) => ({ slug, name });

type SessionShape = z.infer<typeof session>;
/** `joins` says whether the asker holds a place: only then the address to join is in it. */
export function sessionShape(shown: Session, joins: boolean): SessionShape {
  const { id: _, sequence: __, updatedAt: ___, start, end, online, ...rest } = shown;
  return {
    ...rest,
    themes: [...rest.themes],
    organisations: [...rest.organisations],
    speakers: [...rest.speakers],
    languages: [...rest.languages],
    deepens: [...rest.deepens],
    deepenedBy: [...rest.deepenedBy],
    start: start?.toISOString() ?? null,
    end: end?.toISOString() ?? null,
    online: joins ? online : null,
  };
}

export const entryShape = ({ seat, overlaps }: { readonly seat: Seat; readonly overlaps: readonly string[] }): z.infer<typeof entry> => ({
  session: seat.session,
  ...seatShape(seat),
  overlaps: [...overlaps],
});

export const seatShape = (seat: Seat) => ({
  standing: seat.standing,
  attendance: seat.attendance,
  waitsFor: seat.waitsFor,
  position: seat.position,
  offeredUntil: seat.offeredUntil?.toISOString() ?? null,
});
