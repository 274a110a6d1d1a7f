import { gzipSync } from 'node:zlib';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const good = aProfile('institute', {
  contacts: [{ name: 'Anne', email: 'anne@example.org', language: 'fr' }],
});
const competence = good.competences[0]!;
const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const contact = (i: number) => ({ name: 'N', email: `n${i}@example.org` });
const second = (change: object) => ({
  ...good,
  competences: [competence, { ...competence, label: 'Second', ...change }],
});

/** The error, the body, and the field that must be named. */
const wrong: [string, unknown, string][] = [
  ['no name', { ...good, name: undefined }, 'name'],
  ['a name that is too short', { ...good, name: ' x ' }, 'name'],
  ['a name that is too long', { ...good, name: 'x'.repeat(201) }, 'name'],
  ['a name that is a number', { ...good, name: 12 }, 'name'],
  ['another id than the address', { ...good, id: 'other' }, 'id'],
  ['an id that is none', { ...good, id: 'Institute' }, 'id'],
  ['no id', { ...good, id: undefined }, 'id'],
  ['a language that is not known', { ...good, language: 'de' }, 'language'],
  ['a yes in words', { ...good, confirmed: 'true' }, 'confirmed'],
  ['no competences', { ...good, competences: [] }, 'competences'],
  ['null for competences', { ...good, competences: null }, 'competences'],
  ['too many competences', { ...good, competences: many(51, () => competence) }, 'competences'],
  ['a competence that is a text', { ...good, competences: ['wind'] }, 'competences[0]'],
  ['a weight that is too large', second({ weight: 5.1 }), 'competences[1].weight'],
  ['a weight below zero', second({ weight: -1 }), 'competences[1].weight'],
  ['a weight in words', second({ weight: '1' }), 'competences[1].weight'],
  ['the label of another competence', second({ label: ` ${competence.label} ` }), 'competences[1].label'],
  ['no label', second({ label: undefined }), 'competences[1].label'],
  [
    'a description that is too long',
    second({ description: 'x'.repeat(4_001) }),
    'competences[1].description',
  ],
  ['keywords that are a text', second({ keywords: 'wind, sun' }), 'competences[1].keywords'],
  ['a keyword that is too short', second({ keywords: ['wind', 'x'] }), 'competences[1].keywords[1]'],
  ['a keyword that is too long', second({ keywords: ['x'.repeat(101)] }), 'competences[1].keywords[0]'],
  ['an exclusion that is null', second({ exclusions: [null] }), 'competences[1].exclusions[0]'],
  ['too many exclusions', second({ exclusions: many(101, () => 'music') }), 'competences[1].exclusions'],
  ['an unknown field', { ...good, wieght: 1 }, 'wieght'],
  ['an unknown field of a competence', second({ keyword: ['wind'] }), 'competences[1].keyword'],
  [
    'an unknown field of a contact',
    { ...good, contacts: [{ ...contact(1), phone: '1' }] },
    'contacts[0].phone',
  ],
  ['a contact without an address', { ...good, contacts: [{ name: 'Anne' }] }, 'contacts[0].email'],
  [
    'an address that is none',
    { ...good, contacts: [contact(1), { name: 'Anne', email: 'anne' }] },
    'contacts[1].email',
  ],
  ['a contact twice', { ...good, contacts: [contact(1), contact(2), contact(1)] }, 'contacts'],
  [
    'a contact twice, in another case',
    { ...good, contacts: [contact(1), { name: 'M', email: 'N1@Example.org' }] },
    'contacts',
  ],
  ['too many contacts', { ...good, contacts: many(51, contact) }, 'contacts'],
  ['a NUL in the name', { ...good, name: 'a\0b' }, 'name'],
  ['a NUL in a keyword', second({ keywords: ['wind', 'a\0b'] }), 'competences[1].keywords[1]'],
  ['half of a character', second({ description: 'a\ud83d' }), 'competences[1].description'],
  [
    'the other half of one',
    { ...good, contacts: [{ name: '\ude00', email: 'a@example.org' }] },
    'contacts[0].name',
  ],
  [
    'an object that would change all objects',
    `{"__proto__":{"polluted":true},${JSON.stringify(good).slice(1)}`,
    '__proto__',
  ],
  ['a constructor of its own', { ...good, constructor: { prototype: { polluted: true } } }, 'constructor'],
  ['a list', [good], ''],
  ['an empty object', {}, 'id'],
];

describe('a profile that is not in order', () => {
  const config = configWith([good, aProfile('other')]);
  let server: TestApp;
  let before: unknown;
  const path = '/v1/profiles/institute';

  beforeAll(async () => {
    server = await startApp({}, { working: false, adjust: on(config.dir) });
    before = (await api(server.url, path)).body;
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });
  // A refused request leaves no trace.
  afterEach(async () => expect((await api(server.url, path)).body).toEqual(before));

  it.each(wrong)('is refused for %s', async (_, body, field) => {
    const answer = await api(server.url, path, { method: 'PUT', body });
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'about:blank', title: 'Bad Request', status: 400, instance: path },
    });
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body.errors.map((e: { path: string }) => e.path)).toContain(field);
    expect(answer.body.detail).toContain(field);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is refused with every field that is wrong, by name', async () => {
    const { body } = await api(server.url, path, {
      method: 'PUT',
      body: { ...second({ weight: 9, label: '' }), name: '', extra: 1, more: 2, language: 'xx' },
    });
    const paths = body.errors.map((e: { path: string }) => e.path).sort();
    expect(paths).toEqual([
      'competences[1].label',
      'competences[1].weight',
      'extra',
      'language',
      'more',
      'name',
    ]);
  });

  it('is refused in a short answer however much is wrong', async () => {
    const { status, body } = await api(server.url, path, {
      method: 'PUT',
      body: { ...good, competences: many(100_000, (i) => i) },
    });
    expect(status).toBe(400);
    expect(body.errors.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(body).length).toBeLessThan(20_000);
  });

  it.each([
    ['broken JSON', '{"id":"institute",', 400],
    ['null', 'null', 400],
    ['a text', '"institute"', 400],
    ['a number', '12', 400],
    ['true', 'true', 400],
    ['two values', '{}{}', 400],
    ['a list in a list in a list …', `${'['.repeat(400_000)}${']'.repeat(400_000)}`, 400],
    ['objects as deep', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`, 400],
    ['more than a megabyte', JSON.stringify({ ...good, name: 'x'.repeat(1_100_000) }), 413],
    ['nothing', '', 400],
  ])('is refused where the body is %s', async (_, body, status) => {
    const answer = await api(server.url, path, { method: 'PUT', body });
    expect(answer).toMatchObject({ status, body: { status, instance: path, detail: expect.any(String) } });
    expect(answer.type).toContain('application/problem+json');
    expect(JSON.stringify(answer.body).length).toBeLessThan(2_000);
  });

  it('is refused where the body is not sent as JSON, or not as it says', async () => {
    const send = async (headers: Record<string, string>, body: string | Uint8Array): Promise<number> => {
      const response = await fetch(new URL(path, server.url), {
        method: 'PUT',
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
        body: body as string,
      });
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      return response.status;
    };
    const json = JSON.stringify(good);
    for (const type of [
      'text/plain',
      'application/xml',
      'application/yaml',
      'multipart/form-data; boundary=x',
      'nonsense',
    ]) {
      expect({ type, status: await send({ 'content-type': type }, json) }).toEqual({ type, status: 415 });
    }
    expect(await send({ 'content-type': 'application/x-www-form-urlencoded' }, 'id=institute&name=x')).toBe(
      400,
    );
    expect(await send({ 'content-type': 'application/json; charset=klingon' }, json)).toBe(415);
    expect(await send({ 'content-type': 'application/json', 'content-encoding': 'zip' }, json)).toBe(415);
    expect(await send({ 'content-type': 'application/json', 'content-encoding': 'gzip' }, json)).toBe(400);
    expect(
      await send(
        { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        gzipSync('x'.repeat(5_000_000)),
      ),
    ).toBe(413);
    expect(await send({ 'content-type': 'application/json' }, Buffer.from('{"name":"\xff"}', 'latin1'))).toBe(
      400,
    );
  });
});
