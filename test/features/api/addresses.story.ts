import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import type { Language } from '../../../src/kernel/language.js';
import type { Route } from '../../../src/platform/access/rule.js';
import { ALL, type MessageKey } from '../../../src/i18n/all.js';
import { translateTo } from '../../../src/i18n/translate.js';
import { api, TOKEN } from '../../support/app.js';
import { somebody } from '../../support/access/people.js';
import { putSecondRows } from '../../support/access/second-rows.js';
import { startTwoInstitutes, type TwoInstitutes } from '../../support/access/two-institutes.js';
import { liveValuesOf } from '../../support/pages/route-values.js';
import { addressesOf, parametersOf, routesOf } from '../../support/pages/routes.js';
import { everyNth, sampled } from '../../support/release.js';

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** What a field of a cursor is bent to: other types, other forms, and the ends of what can be said. */
const BENDS: Value[] = [
  ...[null, {}, '', 'x', '\0', '\ud800', '9'.repeat(15), '9'.repeat(19), 'x'.repeat(600)],
  ...[0, -1, 1.5, 2 ** 31, 2 ** 53, -1e15, 1e300, 1e-300],
  ...['infinity', 'now', '0000-01-01', '9999-12-31', '9999-99-99'],
  ...['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '9999-99-99T99:99:99.999Z'],
  ...['+275760-09-13T00:00:00.000Z', `2026-06-30T00:00:00.${'0'.repeat(300)}Z`],
  '00000000-0000-0000-0000-000000000000',
];

const encoded = (place: Value): string => Buffer.from(JSON.stringify(place)).toString('base64url');
const decoded = (cursor: string): Value =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Value;

/** Returns a cursor with each of its fields bent in turn, or left out; the whole of it if it has none. */
function bent(place: Value): Value[] {
  if (typeof place !== 'object' || place === null || Array.isArray(place)) return BENDS;
  return Object.keys(place).flatMap((field) => [
    ...BENDS.map((value) => ({ ...place, [field]: value })),
    Object.fromEntries(Object.entries(place).filter(([name]) => name !== field)),
  ]);
}

describe('an address that somebody has changed', () => {
  let world: TwoInstitutes;
  /** A cursor of each list that takes one, with the caller who may read it; by its address. */
  const lists = new Map<string, { cursor: string; headers: Record<string, string> }>();

  const get = (path: string, headers: Record<string, string>, query: Record<string, string>) =>
    fetch(
      new URL(
        `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`,
        world.test.url,
      ),
      { headers, redirect: 'manual' },
    );
  const callers = (): Record<string, string>[] => [
    { cookie: world.leti.officer.cookie },
    { authorization: `Bearer ${TOKEN}` },
  ];
  const routes = (program: boolean) =>
    routesOf(world.test.app).filter(
      ({ method, path, rule }) =>
        method === 'GET' && path.startsWith('/v1/') === program && rule?.kind !== 'open',
    );

  beforeAll(async () => {
    world = await startTwoInstitutes({
      adjust: (wiring) => ({
        ...wiring,
        sources: [wiring.sources[0]!, { ...wiring.sources[0]!, id: 'other' }],
        settings: {
          ...wiring.settings,
          groups: [wiring.settings.groups[0]!, { ...wiring.settings.groups[0]!, id: 'sun' }],
        },
      }),
    });
    await putSecondRows(world);
    const values = liveValuesOf(world);
    const { paths } = (
      await api<{ paths: Record<string, { get?: { parameters?: { name: string }[] } }> }>(
        world.test.url,
        '/docs-json',
      )
    ).body;
    const takers = routes(true).filter(({ path }) =>
      paths[path.replace(/:(\w+)/g, '{$1}')]?.get?.parameters?.some(({ name }) => name === 'cursor'),
    );
    const without: string[] = [];
    for (const path of [...takers.map((route) => addressesOf(route, values)[0]!), '/v1/calls?q=wind']) {
      for (const headers of callers()) {
        const response = await get(path, headers, { limit: '1' });
        const { next } = (await response.json()) as { next?: string | null };
        if (next) lists.set(path, { cursor: next, headers });
      }
      if (!lists.has(path)) without.push(path);
    }
    expect(without).toEqual([]);
    expect(lists.size).toBeGreaterThan(40);
  });
  afterAll(() => world?.stop());

  const wrong = async (response: Response): Promise<string | null> => {
    const said = await response.text();
    return [200, 400].includes(response.status) ? null : `${response.status} ${said.slice(0, 200)}`;
  };

  it('is refused, or a place in the list, whichever field of its cursor was changed, in every list', async () => {
    const failed: string[] = [];
    for (const [i, [path, { cursor, headers }]] of [...lists].entries()) {
      const next = await get(path, headers, { limit: '1', cursor });
      if (next.status !== 200) failed.push(`${path}: ${next.status} to its own cursor`);
      // Lists share few forms of cursors; each change meets a third of the lists.
      const third = (_: unknown, at: number): boolean => (at + i) % 3 === 0;
      for (const place of sampled('changed cursors in lists', bent(decoded(cursor)), third)) {
        const said = await wrong(await get(path, headers, { limit: '1', cursor: encoded(place) }));
        if (said !== null) failed.push(`${path} ${JSON.stringify(place).slice(0, 150)}: ${said}`);
      }
    }
    expect(failed).toEqual([]);
  });

  it('is refused, or a place in the list, whichever field of its cursor was changed, on every page', async () => {
    const failed: string[] = [];
    let turning = 0;
    for (const path of routes(false).flatMap((route) => addressesOf(route, liveValuesOf(world)))) {
      for (const headers of callers()) {
        const page = { ...headers, accept: 'text/html' };
        if ((await get(path, page, { cursor: encoded('no cursor') })).status !== 400) continue;
        for (const { cursor } of lists.values()) {
          if ((await get(path, page, { cursor })).status !== 200) continue;
          turning += 1;
          // The lists of the API, which read the same cursors, are asked with each.
          for (const place of sampled('changed cursors on pages', bent(decoded(cursor)), everyNth(8))) {
            const said = await wrong(await get(path, page, { cursor: encoded(place) }));
            if (said !== null) failed.push(`${path} ${JSON.stringify(place).slice(0, 150)}: ${said}`);
          }
          break;
        }
        break;
      }
    }
    expect(failed).toEqual([]);
    expect(turning).toBeGreaterThan(8);
  });

  /** Not ids: what kind of thing it is, or a secret whose page says that the link does not work. */
  const NO_IDS = ['format', 'step', 'kind', 'target', 'token', 'secret', 'provider'];
  const NAMES: Record<string, string[]> = {
    profile: ['nobody-here'],
    group: ['nobody-here'],
    number: ['99', 'x'],
  };
  const pages = () =>
    routesOf(world.test.app).filter(({ path, rule }) => !path.startsWith('/v1/') && rule?.kind !== 'open');
  /** Returns the addresses of a route in which one id is wrong, each with the name of that id. */
  const wrongly = (route: Route, ids: (name: string) => string[]) =>
    parametersOf(route).flatMap((parameter) => {
      const name = parameter.slice(parameter.lastIndexOf(':') + 1);
      return NO_IDS.includes(name)
        ? []
        : ids(name).map((id) => ({
            name,
            path: addressesOf(route, { ...liveValuesOf(world), [parameter]: id })[0]!,
          }));
    });
  const people = (language: Language) =>
    Promise.all([
      somebody(world.test, { role: 'officer', profile: 'leti', language }),
      somebody(world.test, { role: 'coordinator', language }),
    ]);
  const ask = async (method: string, path: string, { cookie }: { cookie: string }) => {
    const response = await fetch(new URL(path, world.test.url), {
      method,
      redirect: 'manual',
      headers: { cookie, accept: 'text/html', 'sec-fetch-site': 'same-origin' },
      ...(method !== 'GET' && { body: new URLSearchParams({ text: 'x' }) }),
    });
    return { status: response.status, text: load(await response.text())('main').text() };
  };

  it.each(['fr', 'en'] as const)('leads to a page that says in %s what does not exist', async (language) => {
    const t = translateTo(language);
    const failed: string[] = [];
    const named = new Set<string>();
    const [officer, coordinator] = await people(language);
    for (const route of pages().filter(({ method }) => method === 'GET')) {
      for (const { name, path } of wrongly(route, (id) => NAMES[id] ?? ['x', randomUUID()])) {
        const answers = [await ask('GET', path, officer), await ask('GET', path, coordinator)];
        const key = `error.missing.${name}`;
        const sentence = key in ALL ? t(key as MessageKey) : `no text for ${name}`;
        // Another institute is closed to an officer, and its inside to the network, whether it exists or not.
        const closed = name === 'profile' && answers.every(({ status }) => [403, 404].includes(status));
        const told = answers.some(({ status, text }) => status === 404 && text.includes(sentence));
        // Deciding from a mail leads back to the list.
        const elsewhere = answers.some(({ status }) => status === 303);
        if (told) named.add(name);
        if (!(told || closed || elsewhere) || answers.some(({ text }) => /UUID|NaN|invalid/i.test(text)))
          failed.push(`${path}: ${answers.map(({ status, text }) => `${status} ${text}`).join(' | ')}`);
      }
    }
    expect(failed).toEqual([]);
    expect([...named].sort()).toEqual([
      ...[
        'call',
        'group',
        'joint',
        'message',
        'newsletter',
        'number',
        'opportunity',
        'paper',
        'profile',
        'researcher',
      ],
    ]);
  });

  it('is answered alike if it is the address of a form', async () => {
    const [officer, coordinator] = await people('en');
    const failed: string[] = [];
    let told = 0;
    for (const route of pages().filter(({ method }) => method !== 'GET')) {
      for (const { name, path } of wrongly(route, (id) => (NAMES[id] ? [] : ['x']))) {
        for (const who of [officer, coordinator]) {
          const { status, text } = await ask(route.method, path, who);
          if (text.includes(translateTo('en')(`error.missing.${name}` as MessageKey))) told += 1;
          if (status >= 500 || /UUID/.test(text)) failed.push(`${path}: ${status} ${text}`);
        }
      }
    }
    expect(failed).toEqual([]);
    expect(told).toBeGreaterThan(30);
  });
});
