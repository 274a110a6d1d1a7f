import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SwaggerModule } from '@nestjs/swagger';
import { Ajv } from 'ajv';
import { describe as describeBefore } from '../../../src/app/api.js';
import { CHANGE_KINDS } from '../../../src/calls/domain/versions/diff.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { somebody } from '../../support/access/people.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';

interface Schema {
  $ref?: string;
  nullable?: boolean;
  type?: string;
  format?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  allOf?: Schema[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
}
interface Response {
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema?: Schema }>;
}
interface Operation {
  operationId: string;
  summary?: string;
  tags: string[];
  security?: Record<string, unknown>[];
  responses: Record<string, Response>;
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  'x-webhooks': Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
}

/** Responses that are files: raw bytes, profiles as YAML, tables. */
const FILES = /^\/v1\/documents\/\{hash\}$|\.yaml$|\.\{format\}$|\/export\//;
/** Paths that do not end in an id but still name a single resource. */
const ONE_THING = [
  '/v1/profiles/{id}/calls/{call}/interest',
  '/v1/profiles/{id}/joint-opportunities/{joint}/team',
  '/v1/profiles/{id}/milestone-template',
  '/v1/me',
  '/v1/me/notification-preferences',
  '/v1/me/personal-data',
  '/v1/me/personal-data/erase/preview',
  '/v1/reader',
  '/v1/profiles/{id}/notification-defaults',
  '/v1/calls/{id}/context',
  '/v1/calls/{id}/network',
  '/v1/calls/{id}/projects',
  '/v1/profiles/{id}/explain',
  '/v1/profiles/{id}/keywords',
  '/v1/sources/{id}/reconciliation',
];

const REDOCLY = join(__dirname, '../../../node_modules/@redocly/cli/bin/cli.js');
/** Returns what redocly's recommended rules report, warnings included: the rule and the location. */
async function lint(description: unknown): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(description));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [REDOCLY, 'lint', 'openapi.json', '--extends', 'recommended', '--format', 'json'],
      {
        cwd: folder,
        env: { PATH: process.env['PATH'], REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
        maxBuffer: 50_000_000,
      },
    ).catch((error: { stdout: string }) => error);
    const { problems } = JSON.parse(stdout) as {
      problems: { ruleId: string; location: { pointer: string }[] }[];
    };
    return problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer}`).sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** PUT routes whose path says everything, so they need no body. */
const WITHOUT_BODY = [
  'put /v1/me/follows/{kind}/{target}',
  'put /v1/profiles/{id}/searches/{search}/dropped/{call}',
  'put /v1/profiles/{id}/joint-opportunities/{joint}/members/{member}',
];
/** Query parameters that are required. */
const MUST_BE_ASKED = ['get /v1/profiles/{id}/explain?call', 'delete /v1/me/personal-data?confirm'];

describe('the description of the API', () => {
  let server: TestApp;
  let document: Document;
  let operations: { name: string; path: string; method: string; operation: Operation }[];
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    document = (await api<Document>(server.url, '/docs-json')).body;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method} ${path}`,
        path,
        method,
        operation,
      })),
    );
  });
  afterAll(() => server?.stop());

  const guarded = () => operations.filter((o) => o.path.startsWith('/v1/'));
  const resolve = (schema: Schema): Schema =>
    schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;

  it('is made once, before anybody asks for it, and is given as JSON alone', async () => {
    const fresh = await startApp({}, { working: false });
    const made = jest.spyOn(SwaggerModule, 'createDocument');
    describeBefore(fresh.app);
    expect(made).toHaveBeenCalledTimes(1);
    const answers = await Promise.all(
      ['/docs-json', '/docs-json', '/docs', '/docs/swagger-ui-init.js', '/docs-yaml'].map((path) =>
        api(fresh.url, path),
      ),
    );
    await fresh.stop();
    expect(made).toHaveBeenCalledTimes(1);
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200, 404]);
    expect(answers[0]!.body).toEqual({ ...document, servers: answers[0]!.body.servers });
  });

  it('says in a line what each operation is for, each another, and what needs no sign-in', () => {
    const summaries = operations.map((o) => o.operation.summary ?? o.name);
    expect(summaries.filter((s) => /^(get|put|post|patch|delete) \//.test(s) || s.endsWith('.'))).toEqual([]);
    expect(summaries.filter((s, i) => summaries.indexOf(s) !== i)).toEqual([]);
    expect(operations.filter((o) => o.operation.security === undefined)).toEqual([]);
  });

  it("passes redocly's recommended rules", async () => {
    // The health endpoints are public, so they have no 4xx response.
    const refusesNobody = ['/health', '/health/live', '/health/ready'].map(
      (path) => `operation-4xx-response #/paths/${path.replaceAll('/', '~1')}/get/responses`,
    );
    expect(await lint(document)).toEqual(refusesNobody);
    const { '/v1/me': me, ...paths } = document.paths;
    const { summary: _, ...nameless } = me!['get']!;
    expect(await lint({ ...document, paths: { ...paths, '/v1/me': { ...me, get: nameless } } })).toEqual([
      ...refusesNobody,
      'operation-summary #/paths/~1v1~1me/get/summary',
    ]);
  });

  it('has what a program of an institute is sent, with what may be added to it', () => {
    const post = document['x-webhooks']['webhook']!['post']!;
    const { properties } = resolve(post.requestBody!.content['application/json']!.schema);
    expect(properties!['type']).toMatchObject({
      type: 'string',
      'x-extensible-enum': ['carnot.first.v1', 'carnot.digest.v1', 'carnot.urgent.v1'],
    });
    expect(post.requestBody!.content['application/json']!.schema.$ref).toContain('WebhookDocument');
  });

  it('has a type beside every nullable, and null among its values', () => {
    const properties = Object.values(document.components.schemas).flatMap((s) =>
      Object.entries(s.properties ?? {}),
    );
    expect(properties.filter(([, p]) => p.nullable && !p.type && !p.anyOf).map(([name]) => name)).toEqual([]);
    expect(properties.filter(([, p]) => p.nullable && p.enum?.includes(null) === false)).toEqual([]);
  });

  it('is OpenAPI 3, has each operation once under its own name, and lacks nothing that it refers to', () => {
    expect(document.openapi).toMatch(/^3\./);
    const ids = operations.map((o) => o.operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const text = JSON.stringify(document);
    const refs = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map((m) => m[1]!);
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs)
      expect({
        ref,
        there: document.components.schemas[ref.replace('#/components/schemas/', '')] !== undefined,
      }).toEqual({ ref, there: true });
    expect(text).not.toMatch(/"\$schema"|"definitions"|"\$defs"/);
  });

  it('names the bearer token for every operation that asks for it, and for no other', () => {
    expect(document.components.securitySchemes).toEqual({
      bearer: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    });
    for (const { name, path, operation } of operations) {
      expect({ name, security: operation.security }).toEqual({
        name,
        security: path.startsWith('/v1/') ? [{ bearer: [] }] : [],
      });
    }
  });

  it('says what each operation answers, and how it refuses', () => {
    for (const { name, path, method, operation } of operations.filter(
      (o) => o.path.startsWith('/v1/') || o.path.startsWith('/health'),
    )) {
      const good = ['200', '201', '202'].map((s) => operation.responses[s]).find(Boolean);
      const properties = Object.keys(
        resolve(good?.content?.['application/json']?.schema ?? {}).properties ?? {},
      );
      if (operation.responses['204'])
        expect({ name, content: operation.responses['204'].content }).toEqual({ name, content: undefined });
      else if (method !== 'get' || !FILES.test(path))
        expect({ name, properties }).toEqual({
          name,
          properties: expect.arrayContaining([expect.any(String)]),
        });
      else
        expect({ name, types: Object.keys(good?.content ?? {}) }).toEqual({
          name,
          types: expect.not.arrayContaining(['application/json']),
        });
      const expected = [
        ...(path.startsWith('/v1/') ? ['401', '403', 'default'] : []),
        ...(operation.parameters.length ? ['400'] : []),
        ...(path.includes('{') ? ['404'] : []),
        ...(method === 'put' && !WITHOUT_BODY.includes(name) ? ['413', '415'] : []),
      ];
      for (const status of expected) {
        const schema = operation.responses[status]?.content?.['application/problem+json']?.schema;
        expect({ name, status, schema }).toEqual({
          name,
          status,
          schema: { $ref: '#/components/schemas/Problem' },
        });
        expect(operation.responses[status]!.description).toMatch(/\S/);
      }
    }
    expect(Object.keys(document.components.schemas['Problem']!.properties!)).toEqual([
      'type',
      'code',
      'title',
      'status',
      'detail',
      'instance',
      'errors',
    ]);
    const { code } = document.components.schemas['Problem']!.properties as unknown as Record<
      string,
      { 'x-extensible-enum': string[] }
    >;
    expect(code!['x-extensible-enum']).toEqual(
      expect.arrayContaining(['no-call', 'sign-in-again', 'invalid']),
    );
  });

  it('names the headers that a program reads: what to wait, the version for If-Match, the rows of all', () => {
    const headersOf = (wanted: string, status: string): string[] =>
      Object.keys(operations.find(({ name }) => name === wanted)!.operation.responses[status]!.headers ?? {});
    expect(headersOf('get /v1/calls', '503')).toEqual(['Retry-After']);
    expect(headersOf('get /v1/calls', 'default')).toEqual(['Retry-After']);
    expect(headersOf('get /v1/profiles/{id}', '200')).toEqual(['ETag']);
    expect(headersOf('put /v1/profiles/{id}', '200')).toEqual(['ETag']);
    expect(headersOf('get /v1/export/calls.{format}', '200')).toEqual(['X-Total-Count']);
  });

  it('gives each parameter its type', () => {
    for (const { name, path, operation } of operations) {
      for (const parameter of operation.parameters) {
        const { schema } = parameter;
        expect({ name, parameter: parameter.name, typed: !!(schema.type ?? schema.anyOf) }).toEqual({
          name,
          parameter: parameter.name,
          typed: true,
        });
        expect({ name, parameter: parameter.name, required: parameter.required }).toEqual({
          name,
          parameter: parameter.name,
          required: parameter.in === 'path' || MUST_BE_ASKED.includes(`${name}?${parameter.name}`),
        });
      }
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      expect(operation.parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(inPath);
    }
    const of = (path: string) =>
      Object.fromEntries(document.paths[path]!['get']!.parameters.map((p) => [p.name, p.schema]));
    expect(Object.keys(of('/v1/calls')).sort()).toEqual([
      'cursor',
      'deadlineAfter',
      'deadlineBefore',
      'language',
      'limit',
      'programme',
      'q',
      'source',
      'status',
    ]);
    expect(of('/v1/calls')).toMatchObject({
      status: { enum: ['draft', 'forthcoming', 'open', 'closed', 'withdrawn'] },
      deadlineAfter: { anyOf: [{ format: 'date' }, { format: 'date-time' }] },
    });
    expect(of('/v1/matches')).toMatchObject({
      profile: { type: 'string' },
      minScore: { type: 'number', minimum: 0, maximum: 100 },
      closed: { enum: ['true', 'false'] },
    });
    const inHeader = operations.flatMap(({ name, operation }) =>
      operation.parameters.flatMap((p) => (p.in === 'header' ? [`${name} ${p.name}`] : [])),
    );
    expect(inHeader.sort()).toEqual([
      'post /v1/profiles/{id}/confirm If-Match',
      'post /v1/profiles/{id}/versions/{number}/restore If-Match',
      'put /v1/profiles/{id} If-Match',
      'put /v1/profiles/{id}/profile.yaml If-Match',
    ]);
    expect(of('/v1/calls/{id}')).toMatchObject({ id: { format: 'uuid' } });
    expect(of('/v1/changes')).toMatchObject({
      kind: { type: 'array', items: { enum: [...CHANGE_KINDS] } },
      since: { anyOf: [{ format: 'date' }, { format: 'date-time' }] },
      profile: { type: 'string' },
    });
  });

  it('has limit and cursor for every list, and its answer in pages', () => {
    const lists = guarded().filter(
      (o) =>
        o.method === 'get' && !o.path.endsWith('}') && !FILES.test(o.path) && !ONE_THING.includes(o.path),
    );
    expect(lists.map((l) => l.path)).toEqual(
      expect.arrayContaining([
        '/v1/calls',
        '/v1/matches',
        '/v1/profiles/{id}/inbox',
        '/v1/profiles/{id}/people',
      ]),
    );
    for (const { name, operation } of lists) {
      const parameters = Object.fromEntries(operation.parameters.map((p) => [p.name, p.schema]));
      expect({ name, ...parameters }).toMatchObject({
        name,
        limit: { type: 'integer', minimum: 1, maximum: 100 },
        cursor: { type: 'string' },
      });
      const { required, properties } = resolve(
        operation.responses['200']!.content!['application/json']!.schema!,
      );
      expect(required).toEqual(expect.arrayContaining(['items', 'next', 'total']));
      expect(resolve(properties!['items']!.items!).properties).toBeDefined();
    }
  });

  it('takes a sheet as the file itself, or in a form', () => {
    const { content } = document.paths['/v1/profiles/{id}/import']!['post']!.requestBody!;
    const file = { type: 'string', format: 'binary' };
    expect(Object.values(content)).toEqual([
      { schema: { type: 'object', properties: { file } } },
      { schema: file },
      { schema: file },
    ]);
  });

  it('describes the profile as it is given and as it is taken', () => {
    const put = document.paths['/v1/profiles/{id}']!['put']!;
    const taken = resolve(put.requestBody!.content['application/json']!.schema);
    const given = resolve(put.responses['200']!.content!['application/json']!.schema!);
    expect(taken.required!.sort()).toEqual(['competences', 'id', 'name']);
    expect(Object.keys(given.properties!)).toEqual(expect.arrayContaining(Object.keys(taken.properties!)));
  });

  it('is kept: what is answered is what is described, to the last field, for the network and at an institute', async () => {
    await storeCalls(server.app, [aCall('one')], 'funding-tenders');
    await storeCalls(server.app, [aCall('one', { title: 'Another title' })], 'funding-tenders');
    expect((await api(server.url, '/v1/changes')).body.items).toHaveLength(1);
    const officer = await (await somebody(server, { role: 'officer', profile: 'leti' })).key('read');
    const ajv = new Ajv({ strict: false, validateFormats: false });
    // Numbers since the draft that ajv knows, true or false in OpenAPI 3.0.
    ajv.removeKeyword('exclusiveMinimum').removeKeyword('exclusiveMaximum');
    // Generators of code read a reference beside `nullable` in this way.
    const described = JSON.stringify(document);
    const orNull = (_: string, part: Schema) =>
      part?.nullable && part.allOf ? { anyOf: [...part.allOf, { enum: [null] }] } : part;
    ajv.addSchema(JSON.parse(described, orNull) as object, 'description');
    const read = guarded().filter(
      ({ method, path }) =>
        method === 'get' && !FILES.test(path) && !path.replace('/v1/profiles/{id}/', '').includes('{'),
    );
    const differs: Record<string, unknown> = {};
    for (const { path } of read) {
      const token = path.includes('{id}') ? officer : TOKEN;
      const { status, body } = await api(server.url, path.replace('{id}', 'leti'), { token });
      const at = `paths/${path.replaceAll('/', '~1')}/get/responses/${status}/content/application~1json/schema`;
      const fits = ajv.getSchema(`description#/${at.replaceAll('{', '%7B').replaceAll('}', '%7D')}`);
      if (status === 200 && !fits?.(body)) differs[path] = fits?.errors ?? 'not described';
    }
    expect(differs).toEqual({});
  });
});
