import fc, { type Arbitrary } from 'fast-check';
import type { Route } from '../../../src/platform/access/rule.js';
import {
  encoded,
  garbage,
  jsonBody,
  soundBody,
  ODD_TEXTS,
  valueOf,
  type Known,
  type Schema,
} from './fuzz-values.js';
import type { Form } from './forms.js';
import { parametersOf } from './routes.js';

export interface Shot {
  method: string;
  path: string;
  type: string | null;
  body: string | null;
  who: number;
  encoding: string | null;
}
interface Parameter {
  name: string;
  in: string;
  schema: Schema;
}
export interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
}
const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/json; charset=nonsense',
  'application/x-www-form-urlencoded',
  'text/plain',
  'application/xml',
  'application/yaml',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'x',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
/** Parameter names that pages and lists accept. */
const QUERY_NAMES = [
  'q',
  'status',
  'programme',
  'from',
  'day',
  'show',
  'cursor',
  'limit',
  'sort',
  'minScore',
  'next',
  'profile',
  'institute',
  'view',
  'source',
  'deadline',
  'verdict',
  'search',
  'lang',
  'page',
  'since',
  'kind',
  'type',
  'call',
  'competence',
  'columns',
  'step',
  'format',
];

const oddText = fc.constantFrom(...ODD_TEXTS);
const rarely = <T>(common: Arbitrary<T>, rare: Arbitrary<T>, weight = 12): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: common }, { weight: 1, arbitrary: rare });

/** Returns a route's path with parameter values: ids of existing rows, of other rows, and nonsense. */
function pathOf(route: Route, values: Record<string, string | string[]>, { ids }: Known): Arbitrary<string> {
  const parts = parametersOf(route).map((parameter) =>
    fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom(...[values[parameter] ?? 'x'].flat()).map(encoded) },
      { weight: 1, arbitrary: fc.constantFrom(...ids).map(encoded) },
      { weight: 2, arbitrary: oddText.map(encoded) },
      { weight: 1, arbitrary: fc.constantFrom('%', '%E0%A4%A', '%00', '..', '%2e%2e', '%ff', 'a%2fb') },
    ),
  );
  return fc
    .tuple(...parts)
    .map((given) => given.reduce((path, value) => path.replace(/:\w+/, () => value), route.path));
}

function queryOf(parameters: Parameter[], known: Known): Arbitrary<string> {
  const pair = (name: string, schema: Schema): Arbitrary<string> =>
    valueOf(schema, known).map((value) => `${encoded(name)}=${[value].flat().map(encoded).join(',')}`);
  const own = parameters.length ? [fc.oneof(...parameters.map((p) => pair(p.name, p.schema)))] : [];
  const any = fc
    .tuple(fc.constantFrom(...QUERY_NAMES), garbage)
    .map(([name, value]) => `${name}=${encoded(value)}`);
  const mean = fc.constantFrom(
    '__proto__[x]=1',
    'constructor=1',
    'limit[]=1',
    'limit[a]=1',
    'limit=1&limit=2',
    'q[$ne]=1',
    '=',
    '&&',
    '%=1',
    'a=%E0%A4%A',
    'x=%00',
    `q=${'x'.repeat(3_000)}`,
    `cursor=${Buffer.from('{"key":1e400,"id":"x"}').toString('base64url')}`,
  );
  return fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: own[0] ?? any },
        { weight: 2, arbitrary: any },
        { weight: 1, arbitrary: mean },
      ),
      { maxLength: 4 },
    )
    .map((pairs) => (pairs.length ? `?${pairs.join('&')}` : ''));
}

const BOUNDARY = 'multipart/form-data; boundary=x';
const part = (name: string, filename: string, content: string): string =>
  `--x\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n--x--\r\n`;
const files = fc
  .tuple(
    fc.constantFrom('file', 'sheet', 'upload', 'x', ''),
    fc.constantFrom('sheet.xlsx', 'sheet.csv', '../x.csv', 'x'),
    fc.oneof(
      fc.constantFrom(
        '',
        'PK\x03\x04',
        'a;b\n1;2',
        'Topic,Verdict\nHORIZON-W0,relevant\n"',
        'Identifiant;Avis;Note\nHORIZON-W0;oui;=1+1\n',
        '\ufeff"',
        `${'a,'.repeat(5_000)}\n`,
      ),
      fc.string({ unit: 'binary', maxLength: 200 }),
    ),
  )
  .map(([name, filename, content]) => ({ type: BOUNDARY, body: part(name, filename, content) }));

/** Returns what a form would send, with changed values, missing fields and extra ones. */
function formOf(forms: Form[]): Arbitrary<{ type: string; body: string }> {
  const names = forms.flatMap((f) => f.fields);
  const field = fc.oneof(
    ...(names.length
      ? [
          {
            weight: 8,
            arbitrary: fc
              .constantFrom(...names)
              .chain(({ name, values }) =>
                fc.tuple(fc.constant(name), rarely<unknown>(fc.constantFrom(...values), garbage, 2)),
              ),
          },
        ]
      : []),
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.constantFrom(
          'name',
          'email',
          'text',
          '__proto__',
          'x[y][z]',
          'a[]',
          'verdict',
          'reason',
          'role',
          'content',
          '',
        ),
        garbage,
      ),
    },
  );
  const whole = forms.length
    ? [
        fc
          .constantFrom(...forms)
          .map((form) => form.fields.map(({ name, values }): [string, unknown] => [name, values[0]])),
      ]
    : [];
  const pairs = fc.oneof(
    fc.array(field, { maxLength: 8 }),
    ...whole,
    ...whole.map((w) =>
      fc
        .tuple(w, field)
        .map(([all, one]): [string, unknown][] => [...all.filter(([name]) => name !== one[0]), one]),
    ),
  );
  return pairs.map((all) => ({
    type: 'application/x-www-form-urlencoded',
    body: all.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&'),
  }));
}

/** Inputs that may slow down a parser, a regular expression or a list of errors if repeated often. */
const PIECES = [
  '\t',
  'a:\n\tb\n',
  '%a\n',
  '[*a,',
  '[',
  '{"a":',
  '"',
  '"",',
  '<p>',
  '<div>',
  '@a',
  'a@',
  '-A',
  'A-1-',
  ' ',
  '\n',
  '\r\n',
  ';',
  'a;b\n',
  '1,',
  '0 000 ',
  '( ',
  '&',
  'x=1&',
  'x[]=1&',
  '=',
  '%',
  'or, ',
  'é\u0301',
  'a ',
];
/** Up to the limits: of YAML, of other bodies, of files. */
const SIZES = [20_000, 99_000, 950_000, 1_990_000];

/** Repeats one piece many times, as a whole body, in a field, or in a file. */
function largeOf(
  route: Route,
  json: Arbitrary<string>,
  forms: Form[],
): Arbitrary<{ type: string; body: string }> {
  const filled = fc
    .tuple(fc.constantFrom(...PIECES), fc.constantFrom(...SIZES))
    .map(([piece, size]) => piece.repeat(size / piece.length));
  const inField = fc.tuple(json, fc.nat(), filled).map(([body, at, text]) => {
    const sound = JSON.parse(body) as unknown;
    const keys = typeof sound === 'object' && sound !== null ? Object.keys(sound) : [];
    return {
      type: 'application/json',
      body: JSON.stringify(
        keys.length
          ? { ...(sound as object), [keys[at % keys.length]!]: text.slice(0, 450_000) }
          : text.slice(0, 450_000),
      ),
    };
  });
  const names = forms.flatMap((f) => f.fields.map(({ name }) => name));
  const asForm = fc.tuple(fc.constantFrom('x', ...names), filled).map(([name, text]) => ({
    type: 'application/x-www-form-urlencoded',
    body: `${encoded(name)}=${encodeURIComponent(text.slice(0, 300_000))}`,
  }));
  const whole = fc
    .tuple(
      fc.constantFrom('application/json', 'text/yaml', 'application/x-www-form-urlencoded', 'text/csv'),
      filled,
    )
    .map(([type, body]) => ({ type, body }));
  const file = fc
    .tuple(fc.constantFrom('file', 'sheet'), filled)
    .map(([name, text]) => ({ type: BOUNDARY, body: part(name, 'sheet.csv', text) }));
  return fc.oneof(...(route.path.startsWith('/v1/') ? [inField, inField] : [asForm, asForm]), whole, file);
}

function bodyOf(
  route: Route,
  operation: Operation | undefined,
  forms: Form[],
  known: Known,
): Arbitrary<{ type: string | null; body: string | null }> {
  if (route.method === 'GET')
    return rarely<{ type: string | null; body: string | null }>(
      fc.constant({ type: null, body: null }),
      fc.constant({ type: 'application/json', body: '{' }),
      40,
    );
  const sound = soundBody(operation?.requestBody?.content['application/json']?.schema ?? {}, known);
  const json = jsonBody(operation?.requestBody?.content['application/json']?.schema ?? {}, known).map(
    (body) => ({ type: 'application/json', body }),
  );
  const usual = route.path.startsWith('/v1/') ? json : formOf(forms);
  const other = fc
    .tuple(
      fc.constantFrom(...TYPES),
      fc.oneof(
        json.map((j) => j.body),
        oddText,
      ),
    )
    .map(([type, body]) => ({ type, body }));
  return fc.oneof<Arbitrary<{ type: string | null; body: string | null }>[]>(
    usual,
    usual,
    usual,
    usual,
    usual,
    usual,
    files,
    other,
    largeOf(route, sound, forms),
    fc.constant({ type: null, body: null }),
  );
}

/** Returns requests around a route: the correct one, its neighbours, and nonsense. */
export function shotsAt(
  route: Route,
  told: {
    operation: Operation | undefined;
    forms: Form[];
    values: Record<string, string | string[]>;
    actors: number;
    known: Known;
  },
): Arbitrary<Shot> {
  const parameters = (told.operation?.parameters ?? []).filter((p) => p.in === 'query');
  return fc
    .record({
      method: rarely(fc.constant(route.method), fc.constantFrom(...METHODS), 20),
      path: fc
        .tuple(pathOf(route, told.values, told.known), queryOf(parameters, told.known))
        .map((p) => p.join('')),
      sent: bodyOf(route, told.operation, told.forms, told.known),
      who: fc.nat(told.actors - 1),
      encoding: rarely<string | null>(fc.constant(null), fc.constantFrom('gzip', 'br', 'x'), 60),
    })
    .map(({ sent, ...rest }) => ({ ...rest, ...sent }));
}
