import {
  defineSource,
  ParsedPage,
  partOf,
  SourceRequest,
  type SourceDefinition,
} from '../../../src/harvest/domain/source.js';

const definition: SourceDefinition = {
  id: 'a-source-2',
  name: 'A source',
  homepage: 'https://example.org/calls',
  origin: 'https://api.example.org:8443',
  everyHours: 0.5,
  requestsPerMinute: 10,
  coverage: 'full',
  expectsAtLeast: 1,
  quietAfterDays: 30,
  plan: () => [],
  parse: () => ({ total: null, calls: [], unread: [], links: [] }),
};

it('takes a source that keeps the contract', () => {
  expect(defineSource(definition)).toEqual(definition);
});

it.each<[string, unknown]>([
  ['id', 'A Source'],
  ['id', '2source'],
  ['name', ''],
  ['homepage', 'example.org'],
  ['origin', 'https://api.example.org/v1'],
  ['origin', 'https://api.example.org/'],
  ['origin', 'api.example.org'],
  ['everyHours', 0],
  ['requestsPerMinute', 0.5],
  ['coverage', 'some'],
  ['expectsAtLeast', -1],
  ['quietAfterDays', 0],
  ['plan', null],
  ['parse', 'parse'],
  ['quickCheck', 'quickCheck'],
  ['describe', 'describe'],
])('stops where %s is %j', (field, value) => {
  expect(() => defineSource({ ...definition, [field]: value })).toThrow(new RegExp(`"${field}"`));
});

it('takes one that can look at single calls, and one that cannot', () => {
  const quickCheck = () => [];
  expect(defineSource({ ...definition, quickCheck }).quickCheck).toBe(quickCheck);
  expect(defineSource(definition).quickCheck).toBeUndefined();
});

it.each<[string, unknown]>([
  ['origin', 'https://data.example.org/'],
  ['origin', 'data.example.org'],
  ['path', 'list.json'],
  ['path', 'https://elsewhere.example/list.json'],
  ['everyHours', 0],
  ['parse', undefined],
  ['details', undefined],
])('takes one with a list of its own, and stops where its %s is %j', (field, value) => {
  const list = {
    origin: 'https://data.example.org',
    path: '/list.json',
    everyHours: 12,
    details: () => [],
    parse: () => Promise.reject(new Error('not read here')),
  };
  expect(defineSource({ ...definition, list }).list).toEqual(list);
  expect(() => defineSource({ ...definition, list: { ...list, [field]: value } })).toThrow(
    new RegExp(`"list",\\s+"${field}"`),
  );
});

it('takes one that tells how it was scanned', () => {
  const describe = () => ({ grants: 'identifier' });
  expect(defineSource({ ...definition, describe }).describe).toBe(describe);
});

it.each([
  ['grants-en: identifier 3.2', 'grants-en'],
  ['a: 1', 'a'],
  ['page-1.1', ''],
  ['/calls/?x=a: b', ''],
  ['Grants: 1', ''],
  ['2nd: 1', ''],
  ['grants:1', ''],
  ['https://x.example/', ''],
])('a request %j is about the part %j of its source', (key, part) => expect(partOf(key)).toBe(part));

it('fills a plain request up', () => {
  expect(SourceRequest.parse({ key: 'a', path: '/a' })).toEqual({
    key: 'a',
    path: '/a',
    method: 'GET',
    headers: {},
    body: null,
  });
  expect(SourceRequest.safeParse({ key: 'a', path: 'https://elsewhere.example' }).success).toBe(false);
});

it('takes no page with a total below zero', () => {
  const page = { total: null, calls: [], unread: [], links: [] };
  expect(ParsedPage.safeParse(page).success).toBe(true);
  expect(ParsedPage.safeParse({ ...page, total: -1 }).success).toBe(false);
});

it('takes no link that leads elsewhere', () => {
  const page = { total: null, calls: [], unread: [], links: ['/next?page=2'] };
  expect(ParsedPage.safeParse(page).success).toBe(true);
  expect(ParsedPage.safeParse({ ...page, links: ['https://elsewhere.example/'] }).success).toBe(false);
});

it('takes a page with rows that are no calls, each with a name and the reason', () => {
  const page = { total: 1, calls: [], unread: [], links: [] };
  expect(
    ParsedPage.parse({ ...page, leftOut: [{ key: 'OLD/1/en', why: 'it is old' }] }).leftOut,
  ).toHaveLength(1);
  expect(ParsedPage.parse(page).leftOut).toBeUndefined();
  for (const leftOut of [[{ key: '', why: 'it is old' }], [{ key: 'OLD/1/en' }], ['OLD/1/en']])
    expect(ParsedPage.safeParse({ ...page, leftOut }).success).toBe(false);
});
