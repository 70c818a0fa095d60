// From a JSON schema to what a program may send: what is right, what lies on the edge, and what is wrong.
import fc, { type Arbitrary } from 'fast-check';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const nasty = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u202e',
  '\ud800',
  '😀',
  'ﬀ',
  '../..',
  '%00',
  '{{7*7}}',
  '<b>',
  "' or 1=1 --",
  '__proto__',
  'constructor',
  'null',
  '-1',
  '1e999',
];
export const strange: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
  fc.integer({ min: 100, max: 6000 }).map((length) => 'x'.repeat(length)),
);
export const odd: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    [],
    {},
    [[]],
    { __proto__: null },
    '2026-13-45T99:99:99Z',
    '0000-00-00',
  ),
  strange,
  fc.array(strange, { maxLength: 4 }),
  fc.integer({ min: 10, max: 2000 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
);

/** What fits a schema, its edges often; `known` are words that this installation knows. */
export function fitting(schema: Schema, find: (ref: string) => Schema, known: readonly string[]): Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fitting(find(schema.$ref), find, known);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map((one) => fitting(one, find, known)));
  const types = [schema.type ?? 'string'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, find, known)));
}

function ofType(type: string, schema: Schema, find: (ref: string) => Schema, known: readonly string[]): Arbitrary<unknown> {
  const {
    minimum = -(2 ** 31),
    maximum = 2 ** 31,
    minLength = 0,
    maxLength = 100,
    minItems = 0,
    maxItems = 5,
    items = {},
    properties = {},
    required = [],
  } = schema;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(
        fc.constantFrom(minimum, Math.min(maximum, 2 ** 53 - 1)),
        fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) }),
      );
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'array':
      return fc.array(fitting(items, find, known), { minLength: minItems, maxLength: Math.min(maxItems, Math.max(minItems, 4)) });
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, fitting(inner, find, known)])), {
        requiredKeys: [...required],
      });
    default:
      if (schema.format === 'date-time') return moments;
      if (schema.format === 'uuid') return fc.oneof(fc.uuid(), fc.constantFrom(...known));
      return fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...known) },
        fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 20) }),
        fc.constantFrom('x'.repeat(Math.max(minLength, 1)), 'x'.repeat(Math.min(maxLength, 5000))),
      );
  }
}

const moments = fc
  .date({ min: new Date('2026-11-01T00:00:00Z'), max: new Date('2027-02-01T00:00:00Z'), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom(date.toISOString(), date.toISOString().replace('Z', '+05:45'), '9999-12-31T23:59:59Z', '1969-12-31T23:59:59-12:00'),
  );

/** A fitting value with something wrong in it. */
export function broken(schema: Schema, find: (ref: string) => Schema, known: readonly string[]): Arbitrary<unknown> {
  const good = fitting(schema, find, known);
  return fc.oneof(
    odd,
    fc.tuple(good, strange, odd).map(([value, name, wrong]) => (isObject(value) ? { ...value, [name]: wrong } : wrong)),
    fc.tuple(good, fc.nat(), odd).map(([value, nth, wrong]) => {
      const names = isObject(value) ? Object.keys(value) : [];
      return names.length === 0 ? wrong : { ...(value as object), [names[nth % names.length]!]: wrong };
    }),
    fc.tuple(good, fc.nat()).map(([value, nth]) => {
      const entries = isObject(value) ? Object.entries(value) : [];
      return Object.fromEntries(entries.filter((_, at) => at !== nth % entries.length));
    }),
  );
}
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
