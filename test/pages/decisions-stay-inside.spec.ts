import { load } from 'cheerio';
import { MatchJob } from '../../src/matching/match.job.js';
import type { Route } from '../../src/platform/access/rule.js';
import { api } from '../support/app.js';
import { serviceKey, somebody, type Somebody } from '../support/access/people.js';
import { startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { addressesIn, askRoute } from '../support/pages/route-asking.js';
import { nameOf, routesOf, saidIn } from '../support/pages/routes.js';
import { valuesOf } from '../support/pages/route-values.js';
import { TestClock } from '../support/clock.js';

/** Somebody who is not of leti. */
interface Outsider {
  name: string;
  headers: Record<string, string>;
  /** Their own institute; none for the network. */
  profile?: string;
}

/** Answers that requests change: what was exported, and entered in the log; how many jobs wait. */
const OF_REQUESTS = [
  '/audit',
  '/v1/audit',
  '/v1/me/personal-data',
  '/v1/me/personal-data/erase/preview',
  '/personal-data/erase',
  '/v1/queues',
];
/** Sheets and documents carry the time of day; their tables are read as CSV, their texts as JSON. */
const isFile = (path: string): boolean => /\.(xlsx|docx)($|\?)/.test(path);
const isCompared = (path: string): boolean =>
  !isFile(path) && !OF_REQUESTS.some((of) => path === of || path.startsWith(`${of}?`));
const OF_CONNECTION = /^(date|x-request-id|content-security-policy|set-cookie|content-length|etag): .*$/gm;
/** A message that is yet to be written has an id of its own on each page. */
const OF_FORM = / name="id" value="[\da-f-]{36}"/g;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const browser = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });

describe('what an institute decides', () => {
  let world: TwoInstitutes;
  let outsiders: Outsider[];
  let network: string;
  let coordinator: Somebody;
  let calls: { id: string; title: string }[];
  const clock = new TestClock(new Date().toISOString());

  beforeAll(async () => {
    world = await startTwoInstitutes({ clock, minScore: 50 });
    const { test } = world;
    calls = (await api(test.url, '/v1/calls')).body.items;
    await bidTogether(await serviceKey(test, 'write', '3bcar'));
    await matchAgain();
    network = await serviceKey(test, 'write');
    coordinator = await somebody(test, { role: 'coordinator' });
    outsiders = [
      { name: 'the coordinator', headers: browser(coordinator.cookie) },
      { name: "the network's key", headers: bearer(network) },
      {
        name: 'an officer of another institute, in the same joint opportunity',
        headers: browser((await somebody(test, { role: 'officer', profile: '3bcar' })).cookie),
        profile: '3bcar',
      },
    ];
    // From here on a visit changes nothing that they see: each has been there.
    await answers(({ path }) => ['/v1/me', '/institutes/:profile/calls/:call'].includes(path));
  });
  afterAll(() => world?.stop());

  const matchAgain = () => world.test.app.get(MatchJob).run({ profileId: 'leti' });
  async function bidTogether(token: string): Promise<void> {
    const input = { brings: 'Moorings.', competences: [], leads: false, tell: false };
    const path = `/v1/profiles/3bcar/calls/${world.ids.call}/interest`;
    expect((await api(world.test.url, path, { token, method: 'PUT', body: input })).status).toBe(200);
    const member = `/v1/profiles/leti/joint-opportunities/${world.ids.joint}/members/3bcar`;
    const leti = await serviceKey(world.test, 'write', 'leti');
    expect((await api(world.test.url, member, { token: leti, method: 'PUT' })).status).toBe(200);
  }

  const addresses = (route: Route, { profile }: Outsider): string[] =>
    addressesIn(world, route, {
      ...valuesOf(world),
      ...(profile && { 'profiles/:id': profile, 'institutes/:profile': profile }),
    });

  /** Returns what each outsider is answered at each address, and what is computed for the network. */
  async function answers(chosen: (route: Route) => boolean = () => true): Promise<Map<string, string>> {
    const all = new Map<string, string>();
    const routes = routesOf(world.test.app).filter((r) => r.method === 'GET' && chosen(r));
    const ask = async (outsider: Outsider): Promise<void> => {
      for (const route of routes)
        for (const path of [...addresses(route, outsider), ...(MORE[route.path] ?? [])].filter(isCompared)) {
          const response = await askRoute(world, route, path, outsider.headers);
          const said = (await saidIn(response)).replace(OF_CONNECTION, '').replace(OF_FORM, '');
          all.set(`${outsider.name}: ${nameOf(route)} ${path}`, `${response.status}\n${said}`);
        }
    };
    await Promise.all(outsiders.map(ask));
    return all;
  }

  /** The lists again, at a threshold and a page's end that lie between the scores before and after. */
  const MORE: Record<string, string[]> = {
    '/v1/matches': ['?limit=1', '?profile=leti&limit=1', '?profile=leti&minScore=90'].map(
      (query) => `/v1/matches${query}`,
    ),
    '/v1/groups/:id/matches': ['/v1/groups/wind/matches?minScore=90', '/v1/groups/wind/matches?limit=1'],
    '/v1/profiles/:id/inbox': ['?state=all&minScore=90', '?state=all&limit=1'].map(
      (query) => `/v1/profiles/leti/inbox${query}`,
    ),
    '/v1/network/calls': ['?sort=fits&limit=1', '?sort=deadline'].map((query) => `/v1/network/calls${query}`),
    '/v1/deadlines': ['/v1/deadlines?profile=leti&only=fitting'],
  };

  /** Returns what programs compute for the network on request. */
  async function computed(): Promise<Record<string, unknown>> {
    const ask = async (path: string, body: unknown) => {
      const answer = await api(world.test.url, path, { token: network, method: 'POST', body });
      return { status: answer.status, ...answer.body };
    };
    const drafted = async (kind: string, form: Record<string, string>) => {
      const { location } = await coordinator.post(`/network/papers/${kind}`, form);
      const text = load((await coordinator.get(location!)).body)('.paper').text();
      await coordinator.post(`${location}/remove`);
      expect(text).not.toBe('');
      return text;
    };
    const profile = (await api(world.test.url, '/v1/profiles/leti')).body;
    const { id, name, language, competences } = profile;
    return {
      pack: await drafted('pack', { month: clock.now().toISOString().slice(0, 7), group: 'wind' }),
      offer: await drafted('offer', { call: world.ids.call }),
      test: await ask('/v1/profiles/leti/test', { topics: calls.map((c) => c.title).join('\n') }),
      preview: await ask('/v1/profiles/leti/preview', { id, name, language, competences, contacts: [] }),
    };
  }

  const matchesFor = async (token: string) =>
    (await api(world.test.url, '/v1/matches?profile=leti', { token })).body.items as {
      id: string;
      score: number;
    }[];

  it('changes nothing that others see, to the byte, and what its own people see', async () => {
    const { leti } = world;
    const token = await leti.officer.key('read');
    const before = { own: await matchesFor(token), seen: await answers(), computed: await computed() };
    for (const call of calls.slice(1, 4))
      expect(
        await leti.officer.post(`/institutes/leti/calls/${call.id}/verdict`, {
          verdict: 'not',
          reason: 'topic',
        }),
      ).toMatchObject({ status: 303 });
    await matchAgain();

    const after = { own: await matchesFor(token), seen: await answers(), computed: await computed() };
    const scores = (all: { id: string; score: number }[]) => new Map(all.map((m) => [m.id, m.score]));
    const [was, is] = [scores(before.own), scores(after.own)];
    expect([...is].every(([id, score]) => score < was.get(id)! - 9)).toBe(true);

    expect([...before.seen.keys()].filter((name) => before.seen.get(name) !== after.seen.get(name))).toEqual(
      [],
    );
    expect(before.seen.size).toBeGreaterThan(500);
    expect(after.computed).toEqual(before.computed);
    expect(after.computed).toMatchObject({ test: { status: 200 }, preview: { status: 200 } });
  });

  it('leaves others a score that is the sum of its reasons', async () => {
    for (const { id, score } of await matchesFor(network)) {
      const { evidence } = (await api(world.test.url, `/v1/matches/${id}`, { token: network })).body;
      const points = (evidence as { contribution: number }[]).reduce((sum, e) => sum + e.contribution, 0);
      expect(points).toBeCloseTo(score, 6);
      expect(evidence.every((e: { signal?: string }) => e.signal !== 'verdicts')).toBe(true);
    }
  });
});
