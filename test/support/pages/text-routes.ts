import type { Route } from '../../../src/platform/access/rule.js';
import { isSentTo, type Form } from './forms.js';
import type { Operation } from './fuzz-requests.js';
import type { Schema } from './fuzz-values.js';
import { addressesOf, nameOf } from './routes.js';
import type { Shape } from './text-shapes.js';

/** A request that carries a text. */
interface TextRequest {
  method: string;
  path: string;
  type: string | null;
  body: string | null;
}

/** A way in which a route takes a text: in a field of its body, a parameter, a form, or as a file. */
export interface TextWay {
  name: string;
  route: Route;
  of: (shape: Shape) => TextRequest;
}

/** What the walk knows of the application. */
export interface Known {
  document: {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  };
  forms: Form[];
  /** Values of the routes' parameters. */
  values: Record<string, string | string[]>;
  /** Values of fields that a schema does not tell, by name. */
  named: Record<string, unknown>;
  /** The identifier of a call. */
  topic: string;
}

/** A query is part of the request's head, of which Node reads 16 kB. */
const MOST_QUERY_BYTES = 15_000;
/** The application's limits for a body, and for the YAML of a profile; a little less, for what is around. */
const MOST_BODY_BYTES = 1_000_000;
const MOST_YAML_BYTES = 99_000;
const MOST_FILE_BYTES = 1_990_000;
/** Lists within lists are shorter, since their number is limited too. */
const MOST_INSIDE = 20;
const DEEPEST = 6;
const UNLIMITED = 100_000;

/** Encodes a text for a form, in which a lone surrogate has no place. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

/** Enough of a shape to know how many bytes its characters take. */
const SAMPLE = 1_000;

/** Returns a text of a shape of at most this many characters and about this many bytes, and no more. */
function fitting(shape: Shape, characters: number, bytes: number, bytesOf: (text: string) => number): string {
  const each = bytesOf(shape.of(SAMPLE)) / SAMPLE;
  return shape.of(Math.max(1, Math.min(characters, Math.floor((0.99 * bytes) / each))));
}
const encodedBytes = (text: string): number => encoded(text).length;
const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** Hands out texts of a shape until a body is full; none is equal to another. */
class Filling {
  private left = MOST_BODY_BYTES;
  private taken = 0;

  constructor(private readonly shape: Shape) {}

  get isFull(): boolean {
    return this.left <= 0;
  }

  text(most: number): string {
    if (this.isFull) return `x${this.taken++}`;
    const mark = this.taken === 0 ? '' : ` ${this.taken}`;
    this.taken += 1;
    const length = Math.max(1, most - mark.length);
    const text = fitting(this.shape, length, this.left, jsonBytes);
    this.left -= jsonBytes(text) + mark.length;
    return text + mark;
  }
}

/** Fills and completes bodies by their schemas. */
class Bodies {
  constructor(private readonly known: Pick<Known, 'document' | 'named'>) {}

  resolved(schema: Schema): Schema {
    if (schema.$ref)
      return this.resolved(this.known.document.components.schemas[schema.$ref.split('/').at(-1)!] ?? {});
    const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    return choices?.length ? this.resolved(choices[0]!) : schema;
  }

  /** Whether a text may be given anywhere in a value. */
  takesText(schema: Schema, depth = 0): boolean {
    const { type, enum: choices, items, properties, additionalProperties: more } = this.resolved(schema);
    if (depth > DEEPEST || choices) return false;
    if (type === 'array') return this.takesText(items ?? {}, depth + 1);
    if (type === 'object' || properties)
      return (
        Object.values(properties ?? {}).some((s) => this.takesText(s, depth + 1)) ||
        (typeof more === 'object' && this.takesText(more, depth + 1))
      );
    return type === 'string' || type === undefined;
  }

  /** Returns a short value that the schema accepts. */
  plain(schema: Schema, name: string, depth = 0): unknown {
    if (name in this.known.named) return this.known.named[name];
    const {
      type,
      enum: choices,
      format,
      items,
      properties,
      required = [],
      minItems = 0,
      minimum = 1,
    } = this.resolved(schema);
    if (choices) return choices[0];
    if (type === 'object' || properties)
      return Object.fromEntries(
        Object.entries(properties ?? {}).flatMap(([key, s]) =>
          required.includes(key) && depth < DEEPEST ? [[key, this.plain(s, key, depth + 1)]] : [],
        ),
      );
    if (type === 'array')
      return Array.from({ length: minItems }, () => this.plain(items ?? {}, name, depth + 1));
    if (type === 'integer' || type === 'number') return minimum;
    if (type === 'boolean') return false;
    if (format === 'date') return '2026-06-30';
    if (format === 'date-time') return '2026-06-30T10:00:00.000Z';
    return 'wind turbine';
  }

  /** Returns the largest value with texts of a shape. */
  filled(schema: Schema, name: string, filling: Filling, depth = 0): unknown {
    const resolved = this.resolved(schema);
    const { type, items, properties, additionalProperties: more, maxItems = UNLIMITED, maxLength } = resolved;
    if (!this.takesText(resolved, depth)) return this.plain(resolved, name, depth);
    if (type === 'array') {
      const all: unknown[] = [];
      while (all.length < (depth > 1 ? Math.min(MOST_INSIDE, maxItems) : maxItems) && !filling.isFull)
        all.push(this.filled(items ?? {}, name, filling, depth + 1));
      return all;
    }
    if (type === 'object' || properties) {
      const own = Object.entries(properties ?? {}).map(([key, s]) => [
        key,
        // In an inner object an address or a date stays what it is, or the whole body would be refused.
        this.isShaped(s) && depth > 0 ? this.plain(s, key, depth) : this.filled(s, key, filling, depth + 1),
      ]);
      const free =
        typeof more === 'object'
          ? Array.from({ length: 100 }, () => [filling.text(50), this.filled(more, name, filling, depth + 1)])
          : [];
      return Object.fromEntries([...own, ...free]);
    }
    return filling.text(maxLength ?? UNLIMITED);
  }

  private isShaped(schema: Schema): boolean {
    const { type, format, pattern } = this.resolved(schema);
    return type === 'string' && (format !== undefined || pattern !== undefined);
  }
}

/**
 * A JSON body: each of its fields in turn as large as its schema allows, one too large, and another document.
 */
function jsonWays(schema: Schema, known: Known): { name: string; body: (shape: Shape) => string }[] {
  const bodies = new Bodies(known);
  const { properties = {}, required = [] } = bodies.resolved(schema);
  const texts = Object.entries(properties).filter(([, s]) => bodies.takesText(s));
  const others = (name: string): Record<string, unknown> =>
    Object.fromEntries(
      required.filter((key) => key !== name).map((key) => [key, bodies.plain(properties[key] ?? {}, key)]),
    );
  const [first] = texts;
  return [
    ...texts.map(([name, s]) => ({
      name,
      body: (shape: Shape) =>
        JSON.stringify({ ...others(name), [name]: bodies.filled(s, name, new Filling(shape)) }),
    })),
    {
      name: 'too large a field, or another document',
      body: (shape) =>
        shape.json?.(MOST_BODY_BYTES) ??
        JSON.stringify({
          ...others(first?.[0] ?? ''),
          [first?.[0] ?? 'text']: new Filling(shape).text(MOST_BODY_BYTES),
        }),
    },
  ];
}

const YAML_WAYS: Record<string, (text: string) => string> = {
  'the whole': (text) => text,
  'in quotes': (text) => `id: leti\nname: "${text}"\n`,
  'in a list': (text) => `id: leti\nname: Leti\ncompetences:\n  - label: x\n    keywords: [${text}]\n`,
};

const BOUNDARY = 'a-boundary-of-parts';
const asFile = (content: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="sheet.csv"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`;
const sheetOf = (topic: (row: number) => string, shape: Shape): string => {
  const note = shape.of(60).replace(/[";\s]/g, ' ');
  const rows = Array.from({ length: 4_900 }, (_, row) => `${topic(row)};relevant;${row} ${note}`);
  return `Topic;Verdict;Note\n${rows.join('\n')}\n`;
};

/** Returns the ways of a body, by the type of its content. */
function bodyWays(
  type: string,
  schema: Schema,
  known: Known,
): { name: string; type: string; body: (shape: Shape) => string }[] {
  if (type === 'application/json') return jsonWays(schema, known).map((way) => ({ ...way, type }));
  if (type === 'text/yaml')
    return Object.entries(YAML_WAYS).map(([name, around]) => ({
      name,
      type,
      body: (shape) => around(fitting(shape, MOST_YAML_BYTES, MOST_YAML_BYTES, Buffer.byteLength)),
    }));
  if (type === 'multipart/form-data') return fileWays(known);
  return [];
}

/** A file: the whole of a shape, or a sheet with it in each line, about other calls or about one. */
const fileWays = ({ topic }: Known): { name: string; type: string; body: (shape: Shape) => string }[] =>
  Object.entries<(shape: Shape) => string>({
    'a file': (shape) => fitting(shape, MOST_FILE_BYTES, MOST_FILE_BYTES, Buffer.byteLength),
    'a sheet of calls': (shape) => sheetOf((row) => `HORIZON-CL5-2026-D3-${row}`, shape),
    'a sheet of one call': (shape) => sheetOf(() => topic, shape),
  }).map(([name, content]) => ({
    name,
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    body: (shape) => asFile(content(shape)),
  }));

/** A form: what may be typed at its limit, with each of its buttons and choices; and all of it too large. */
function formWays(
  forms: Form[],
  route: Route,
): { name: string; pairs: (shape: Shape) => [string, string][] }[] {
  const most = route.method === 'GET' ? MOST_QUERY_BYTES : MOST_BODY_BYTES;
  return forms.flatMap((form) => {
    const typed = form.fields.filter((f) => f.typed);
    if (typed.length === 0) return [];
    const choices = Math.max(...form.fields.filter((f) => !f.typed).map((f) => new Set(f.values).size), 1);
    const room = Math.floor(most / typed.length) - 100;
    const shaped = (shape: Shape, choice: number, isLarge: boolean): [string, string][] =>
      form.fields.map(({ name, values, typed: is }) => [
        name,
        is
          ? fitting(shape, isLarge ? Infinity : is.most, room, encodedBytes)
          : values[choice % values.length]!,
      ]);
    return [
      ...Array.from({ length: Math.min(choices, 12) }, (_, choice) => ({
        name: `what is typed, choice ${choice + 1}`,
        pairs: (shape: Shape) => shaped(shape, choice, false),
      })),
      { name: 'too much typed', pairs: (shape: Shape) => shaped(shape, 0, true) },
    ];
  });
}

/** Returns the distinct forms that are sent to a route: those with other fields. */
function formsOf(route: Route, forms: Form[]): Form[] {
  const byFields = new Map<string, Form>();
  for (const form of forms)
    if (isSentTo(form, route))
      byFields.set(
        form.fields
          .map((f) => f.name)
          .sort()
          .join(),
        form,
      );
  return [...byFields.values()];
}

/** Returns all ways in which the routes take a text, found in the API's description and the pages' forms. */
export function textWays(routes: Route[], known: Known): TextWay[] {
  return routes.flatMap((route): TextWay[] => {
    const [path] = addressesOf(route, known.values);
    const { method } = route;
    const operation = known.document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    const bodies = new Bodies(known);
    const queries = (operation?.parameters ?? [])
      .filter((p) => p.in === 'query' && bodies.takesText(p.schema))
      .map(({ name, schema }): TextWay => ({
        name: `${nameOf(route)}: ${name}`,
        route,
        of: (shape) => {
          const text = fitting(shape, schema.maxLength ?? MOST_QUERY_BYTES, MOST_QUERY_BYTES, encodedBytes);
          return { method, path: `${path}?${name}=${encoded(text)}`, type: null, body: null };
        },
      }));
    const forms = formsOf(route, known.forms);
    const files = forms.some((f) => f.hasFile) ? fileWays(known) : [];
    const sent = [
      ...files,
      ...Object.entries(operation?.requestBody?.content ?? {}).flatMap(([type, { schema = {} }]) =>
        bodyWays(type, schema, known),
      ),
    ].map((way): TextWay => ({
      name: `${nameOf(route)}: ${way.name}`,
      route,
      of: (shape) => ({ method, path: path!, type: way.type, body: way.body(shape) }),
    }));
    const typed = formWays(forms, route).map((way): TextWay => ({
      name: `${nameOf(route)}: ${way.name}`,
      route,
      of: (shape) => {
        const pairs = way
          .pairs(shape)
          .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
          .join('&');
        return method === 'GET'
          ? { method, path: `${path}?${pairs}`, type: null, body: null }
          : { method, path: path!, type: 'application/x-www-form-urlencoded', body: pairs };
      },
    }));
    return [...queries, ...sent, ...typed];
  });
}
