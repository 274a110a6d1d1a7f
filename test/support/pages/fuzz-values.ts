import fc, { type Arbitrary } from 'fast-check';

/** A JSON schema as in OpenAPI 3.0. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  pattern?: string;
  nullable?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}

/** What schemas refer to, ids of existing rows, and values for some names that no schema specifies. */
export interface Known {
  schemas: Record<string, Schema>;
  ids: string[];
  named: Record<string, unknown[]>;
}

const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth);

/** Texts that have broken programs: databases, encodings, paths, templates, sheets and e-mails. */
export const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\ufeff',
  '\u202e\u2066',
  '\u00a0',
  '😀'.repeat(50),
  'é'.normalize('NFD'),
  'ß'.repeat(300),
  'x'.repeat(10_001),
  '-'.repeat(200),
  '((((',
  '"',
  "'",
  "'; DROP TABLE call; --",
  '%',
  '%00',
  '%_%',
  '\\',
  '../../etc/passwd',
  '..%2f',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '${7*7}',
  "=cmd|' /C calc'!A0",
  '\r\nBcc: x@example.org',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-1',
  '0',
  '1e309',
  '9007199254740993',
  '0x10',
  '1.5',
  'true',
  '2026-02-30',
  '2026-13-01',
  '9999-12-31',
  '0000-01-01',
  '-271821-04-20',
  '+275760-09-13',
  '2026-06-30T25:00:00Z',
  '275760-09-13T00:00:00.001Z',
  '99999999-9999-9999-9999-999999999999',
  '00000000-0000-0000-0000-000000000000',
  'http://[::1',
  'javascript:alert(1)',
  'a@b',
  `${'a'.repeat(330)}@example.org`,
  'é@exämple.org',
  '"a b"@example.org',
  'a: *x',
  '&a [*a]',
  '!!js/function "x"',
  '- ? :',
  nested(500, '[', ']'),
];

const oddText = fc.constantFrom(...ODD_TEXTS);
const deep = (depth: number): unknown => JSON.parse(nested(depth, '[', ']'));

/** Anything but what was asked for. */
export const garbage: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      1e308,
      -1e308,
      2 ** 53,
      2 ** 31,
      {},
      [],
      [[]],
      [null],
      { '': '' },
      { length: 5 },
      { toString: 'x' },
      ['a', 'a'],
      deep(50),
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

const text = ({ minLength = 0, maxLength = 60 }: Schema): Arbitrary<string> =>
  fc.oneof(
    fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 60) }),
    fc.lorem({ maxCount: 5 }).map((words) => words.padEnd(minLength, 'x').slice(0, maxLength)),
  );

function stringOf(schema: Schema, { ids }: Known): Arbitrary<unknown> {
  if (schema.pattern && !schema.format) return fc.stringMatching(new RegExp(schema.pattern, 'u'));
  if (schema.format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (schema.format === 'date')
    return fc
      .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
  if (schema.format === 'date-time')
    return fc
      .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((d) => d.toISOString());
  if (schema.format === 'email') return fc.emailAddress();
  if (schema.format === 'uri') return fc.webUrl();
  return text(schema);
}

/** Generates a value that the schema accepts, or nearly: refinements beyond the schema are left to chance. */
function sound(schema: Schema, known: Known, depth: number): Arbitrary<unknown> {
  if (schema.$ref) return sound(known.schemas[schema.$ref.split('/').at(-1)!] ?? {}, known, depth);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices?.length) return fc.oneof(...choices.map((s) => sound(s, known, depth)));
  if (schema.enum?.length) return fc.constantFrom(...schema.enum);
  if (schema.type === 'object' || schema.properties) return objectOf(schema, known, depth);
  if (schema.type === 'array')
    return depth > 4
      ? fc.constant([])
      : fc.array(sound(schema.items ?? {}, known, depth + 1), {
          minLength: Math.min(schema.minItems ?? 0, 3),
          maxLength: 3,
        });
  if (schema.type === 'integer')
    return fc.integer({
      min: Math.max(schema.minimum ?? 0, -(2 ** 31)),
      max: Math.min(schema.maximum ?? 1_000, 2 ** 31),
    });
  if (schema.type === 'number')
    return fc.double({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 1e9), noNaN: true });
  if (schema.type === 'boolean') return fc.boolean();
  return schema.type === 'string'
    ? stringOf(schema, known)
    : fc.oneof(stringOf(schema, known), fc.jsonValue({ maxDepth: 2 }));
}

function objectOf(schema: Schema, known: Known, depth: number): Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const whole = Object.fromEntries(
    properties.map(([name, s]) => [
      name,
      known.named[name]
        ? fc.constantFrom(...known.named[name])
        : depth > 4
          ? fc.constant(null)
          : sound(s, known, depth + 1),
    ]),
  );
  return fc.record(whole, { requiredKeys: (schema.required ?? []).filter((name) => name in whole) });
}

/** Generates a value for a schema: mostly valid, sometimes a near miss, sometimes anything. */
export const valueOf = (schema: Schema, known: Known): Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: sound(schema, known, 0) }, { weight: 1, arbitrary: garbage });

/** Generates a body that the schema accepts, as JSON. */
export const soundBody = (schema: Schema, known: Known): Arbitrary<string> =>
  sound(schema, known, 0).map((body) => JSON.stringify(body) ?? 'null');

/**
 * Generates a body for a schema: valid, with a missing, extra or broken field, something else, or no JSON.
 */
export function jsonBody(schema: Schema, known: Known): Arbitrary<string> {
  const good = sound(schema, known, 0);
  const changed = fc.tuple(good, fc.nat(), garbage, fc.boolean()).map(([body, at, value, drop]) => {
    const keys = Object.keys((body ?? {}) as object);
    const key = keys[at % Math.max(1, keys.length)] ?? 'x';
    const rest = Object.fromEntries(Object.entries((body ?? {}) as object).filter(([name]) => name !== key));
    return drop ? rest : { ...rest, [key]: value };
  });
  const more = fc
    .tuple(good, oddText, garbage)
    .map(([body, key, value]) => ({ ...(body as object), [key]: value }));
  const broken = fc.constantFrom(
    '',
    '{',
    '{"a":',
    'null',
    '""',
    '[]',
    '{"a":1,"a":2}',
    '{"__proto__":{"x":1}}',
    '{"\\u0000":1}',
    '"\\ud800"',
    nested(5_000, '[', ']'),
    `{"a":${nested(2_000, '[', ']')}}`,
    'NaN',
    '\ufeff{}',
    `"${'x'.repeat(1_200_000)}"`,
  );
  return fc.oneof(
    { weight: 6, arbitrary: good.map((b) => JSON.stringify(b)) },
    { weight: 3, arbitrary: changed.map((b) => JSON.stringify(b)) },
    { weight: 1, arbitrary: more.map((b) => JSON.stringify(b)) },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: garbage.map((b) => JSON.stringify(b)) },
  );
}

/** Encodes a value for a URL; lone surrogates become the bytes they would be. */
export const encoded = (value: unknown): string =>
  [...(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))]
    .map((c) => (/\p{Surrogate}/u.test(c) ? '%ED%A0%80' : encodeURIComponent(c)))
    .join('');
