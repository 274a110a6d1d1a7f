import { z } from 'zod';

/** What a schema allows at one place: the part of JSON Schema that zod writes and that messages mention. */
export interface Expectation {
  $ref?: string;
  $defs?: Record<string, Expectation>;
  type?: string;
  format?: string;
  description?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Expectation[];
  properties?: Record<string, Expectation>;
  additionalProperties?: Expectation | boolean;
  items?: Expectation | boolean;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** Returns what the whole schema accepts as input, before defaults and transformations. */
export function expectationOf(schema: z.ZodType): Expectation {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Expectation;
}

/** Returns what is expected at a path; undefined if the schema has no such path. */
export function expectationAt(root: Expectation, path: readonly PropertyKey[]): Expectation | undefined {
  let here: Expectation | undefined = resolve(root, root);
  for (const step of path) here = here && resolve(stepInto(root, here, step), root);
  return here;
}

function stepInto(root: Expectation, here: Expectation, step: PropertyKey): Expectation | undefined {
  for (const branch of here.anyOf ?? []) {
    const found = stepInto(root, resolve(branch, root) ?? branch, step);
    if (found) return found;
  }
  const next =
    typeof step === 'number' ? here.items : (here.properties?.[String(step)] ?? here.additionalProperties);
  return typeof next === 'object' ? next : undefined;
}

function resolve(expectation: Expectation | undefined, root: Expectation): Expectation | undefined {
  if (!expectation?.$ref) return expectation;
  const name = expectation.$ref.replace('#/$defs/', '');
  return expectation.$ref === '#' ? root : root.$defs?.[name];
}

/** Returns it in words, to follow "must be": `a number from 0 to 5`, `one of fr, en`. */
export function inWords(expected: Expectation | undefined): string {
  if (!expected) return 'something else';
  if (expected.enum) return `one of ${expected.enum.map(String).join(', ')}`;
  if (expected.const !== undefined) return JSON.stringify(expected.const);
  if (expected.anyOf) return expected.anyOf.map(inWords).join(' or ');
  switch (expected.type) {
    case 'string':
      return textInWords(expected);
    case 'number':
    case 'integer':
      return `${expected.type === 'integer' ? 'a whole number' : 'a number'}${numberRange(expected)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${sizeRange(expected.minItems, expected.maxItems, 'entries')}`;
    case 'object':
      return 'a map of "key: value" lines';
    case 'null':
      return 'null';
    default:
      return 'something else';
  }
}

const formats: Record<string, string> = {
  email: 'an e-mail address',
  uri: 'a web address',
  'date-time': 'an instant',
};

function textInWords(expected: Expectation): string {
  const named = formats[expected.format ?? ''];
  return named ?? `text${sizeRange(expected.minLength, expected.maxLength, 'characters')}`;
}

function sizeRange(min: number | undefined, max: number | undefined, unit: string): string {
  if (min !== undefined && max !== undefined) return ` of ${min} to ${max} ${unit}`;
  if (min !== undefined) return ` of at least ${min} ${unit}`;
  return max === undefined ? '' : ` of at most ${max} ${unit}`;
}

function numberRange(expected: Expectation): string {
  // zod writes the largest safe integers as bounds of every whole number: true, but of no interest to anyone.
  const bound = (x: number | undefined) =>
    x !== undefined && Math.abs(x) < Number.MAX_SAFE_INTEGER ? x : undefined;
  const [min, max] = [bound(expected.minimum), bound(expected.maximum)];
  const [above, below] = [bound(expected.exclusiveMinimum), bound(expected.exclusiveMaximum)];
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  const low = min !== undefined ? `of at least ${min}` : above !== undefined ? `above ${above}` : '';
  const high = max !== undefined ? `of at most ${max}` : below !== undefined ? `below ${below}` : '';
  if (low && high) return ` ${low} and ${high.replace(/^of /, '')}`;
  return low || high ? ` ${low}${high}` : '';
}
