import { DataSource } from 'typeorm';
import { CallsController } from '../../../src/calls/api/calls.controller.js';
import { CallRepository } from '../../../src/calls/store/call.repository.js';
import { InboxController } from '../../../src/decisions/api/inbox.controller.js';
import { MatchesController } from '../../../src/matching/api/matches.controller.js';
import { KeptAnswers } from '../../../src/platform/api/kept-answers.js';
import { api, TOKEN } from '../../support/app.js';
import { aCall, deadline, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const wind = [
  { kind: 'scope' as const, title: 'Scope', text: 'Offshore wind: a wind turbine for offshore wind farms.' },
];
const budget = {
  currency: 'EUR',
  total: 170_000_000,
  expectedGrants: 2,
  minContribution: null,
  maxContribution: 7_000_000,
  years: [],
};
const blades = aCall('BLADES', {
  title: 'Wind turbine blades for offshore wind',
  keywords: ['offshore wind', 'wind turbine'],
  sections: wind,
  callIdentifier: 'HORIZON-POOL',
  budget,
  deadlines: [deadline(20), deadline(80)],
});
const towers = aCall('TOWERS', {
  title: 'Towers of a wind turbine',
  sections: wind,
  sourceStatus: 'forthcoming',
  opensAt: deadline(3).at,
  deadlines: [deadline(40)],
});
const noise = aCall('NOISE', { title: 'Wind turbine noise', sections: wind, deadlines: [deadline(10)] });
/** Another topic of the same call. */
const pooled = aCall('POOLED', { title: 'Frescoes', callIdentifier: 'HORIZON-POOL' });
const later = {
  ...blades,
  deadlines: [blades.deadlines[0]!, aCall('X', { deadlines: [deadline(87)] }).deadlines[0]!],
};

/** Requests to every list that caches its responses. */
const PATHS = [
  '/v1/calls?limit=2',
  '/v1/calls',
  '/v1/calls?q=wind',
  '/v1/calls?status=open',
  '/v1/calls?status=open&limit=1',
  '/v1/matches',
  '/v1/matches?profile=wind',
  '/v1/matches?profile=wind&limit=1',
  '/v1/matches?profile=wind&limit=2',
  '/v1/matches?closed=true&profile=wind',
  ...['undecided', 'all', 'new', 'relevant', 'later', 'not'].map((s) => `/v1/profiles/wind/inbox?state=${s}`),
  '/v1/profiles/wind/inbox?state=all&limit=1',
  '/v1/profiles/wind/inbox?state=all&limit=2',
  '/v1/profiles/wind/inbox?state=all&language=fr',
];

describe('a list that keeps its answers', () => {
  const clock = new TestClock(new Date().toISOString());
  let inbox: InboxTest;
  let askers: string[];
  let stored = [blades, towers, noise];
  beforeAll(async () => {
    inbox = await startInbox([aProfile('wind'), aProfile('sister')], stored, [], clock);
    const other = await somebody(inbox.test, { role: 'officer', profile: 'sister', name: 'Oskar Other' });
    askers = [inbox.token, await other.key('read'), TOKEN];
  });
  afterAll(() => inbox?.stop());

  /** Reads each list page by page to the end. */
  const answers = async (): Promise<Record<string, string>> => {
    const all: Record<string, string> = {};
    for (const path of PATHS)
      for (const [nth, token] of askers.entries())
        for (let at = path; at;) {
          const answer = await fetch(inbox.test.url + at, { headers: { authorization: `Bearer ${token}` } });
          const text = await answer.text();
          all[`${nth} ${at}`] = `${answer.status} ${answer.headers.get('etag')} ${text}`;
          const { next } = JSON.parse(text) as { next?: string | null };
          at = next ? `${path}&cursor=${next}` : '';
        }
    return all;
  };
  const forget = (): void => {
    for (const list of [CallsController, MatchesController, InboxController])
      Reflect.set(inbox.test.app.get(list), 'lists', new KeptAnswers());
  };
  const act = (method: string, path: string, body?: unknown) =>
    api(inbox.test.url, `/v1/profiles/wind${path}`, { method, token: inbox.token, body });
  const store = (calls: typeof stored) => inbox.store((stored = calls));
  const verdict = async (call: { title: string }, body: object) =>
    act('PUT', `/calls/${await inbox.id(call.title)}/verdict`, body);
  const profile = async (change: object): Promise<void> => {
    const { body } = await act('GET', '');
    expect((await act('PUT', '', { ...body, ...change })).status).toBe(200);
    await inbox.store(stored);
  };

  /** Changes that each affect some list. */
  const STEPS: [what: string, change: () => Promise<unknown>][] = [
    ['a call is opened', async () => act('POST', `/calls/${await inbox.id(noise.title)}/seen`)],
    ['a verdict', () => verdict(blades, { verdict: 'relevant' })],
    ['another verdict', () => verdict(blades, { verdict: 'not', reason: 'trl' })],
    [
      'one put off',
      () =>
        verdict(towers, {
          verdict: 'later',
          until: new Date(clock.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 10),
        }),
    ],
    ['a verdict taken back', async () => act('DELETE', `/calls/${await inbox.id(blades.title)}/verdict`)],
    [
      'a minute in which the source was read',
      async () => {
        clock.move({ minutes: 1 });
        await store(stored);
      },
    ],
    ['a new version', () => store([later, towers, noise])],
    ['another call, of another source', () => storeCalls(inbox.test.app, [pooled], 'other', clock.now())],
    [
      'a total that another call states too',
      () => storeCalls(inbox.test.app, [{ ...pooled, budget }], 'other', clock.now()),
    ],
    [
      'a call that is written anew by itself',
      () =>
        inbox.test.app.get(DataSource).query(`UPDATE call SET summary = summary || '{"identifier": "ANEW"}'`),
    ],
    ['a wish of the profile', () => profile({ preferences: { minLeadDays: 30 } })],
    [
      'another competence',
      () => profile({ competences: [{ label: 'Towers', keywords: ['towers', 'wind turbine'] }] }),
    ],
    ['a call that is gone from its source', () => store([later, towers])],
    [
      'a call opens',
      async () => {
        clock.move({ days: 4 });
      },
    ],
    [
      'the day of one put off',
      async () => {
        clock.move({ days: 2 });
      },
    ],
    [
      'the first of two deadlines',
      async () => {
        clock.move({ days: 15 });
      },
    ],
    [
      'the last deadline of a call',
      async () => {
        clock.move({ days: 20 });
      },
    ],
    [
      'a move of a deadline that is no news any more',
      async () => {
        clock.move({ days: 30 });
      },
    ],
    [
      'matches that are no more',
      () => inbox.test.app.get(DataSource).query(`DELETE FROM match WHERE profile_id = 'wind'`),
    ],
  ];

  /** Returns the paths whose responses differ. */
  const differing = (some: Record<string, string>, others: Record<string, string>): string[] =>
    Object.keys(some).filter((at) => some[at] !== others[at]);

  it.each(STEPS)('is what it would be if it were made anew: %s', async (_, change) => {
    const before = await answers();
    await change();
    const kept = await answers();
    expect(differing(before, kept)).not.toEqual([]);
    forget();
    expect(differing(kept, await answers())).toEqual([]);
  });

  it('counts a call that is stored after all were counted', async () => {
    const total = async () => (await api<{ total: number }>(inbox.test.url, '/v1/calls?limit=1')).body.total;
    const before = await total();
    expect(await total()).toBe(before);
    await storeCalls(inbox.test.app, [aCall('LATE')], 'late', clock.now());
    expect(await total()).toBe(before + 1);
  });

  it('holds no more memory than it counts', async () => {
    await answers();
    const { kept } = Reflect.get(inbox.test.app.get(MatchesController), 'lists') as unknown as {
      kept: Map<string, { body: Buffer }>;
    };
    const bodies = [...kept.values()].map(({ body }) => body);
    expect(bodies).not.toEqual([]);
    expect(bodies.filter((body) => body.buffer.byteLength > body.byteLength)).toEqual([]);
  });

  it('makes an answer once, and no answer for one who has it', async () => {
    const made = jest.spyOn(inbox.test.app.get(CallRepository), 'seenAt');
    const ask = (headers: Record<string, string> = {}) =>
      fetch(`${inbox.test.url}/v1/calls?limit=3`, {
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      });
    const [first, second] = [await ask(), await ask()];
    expect(made).toHaveBeenCalledTimes(1);
    expect(await second.text()).toBe(await first.text());
    const third = await ask({
      'if-none-match': second.headers.get('etag')!,
      'cache-control': 'max-age=0',
    });
    expect([third.status, await third.text()]).toEqual([304, '']);
    expect(made).toHaveBeenCalledTimes(1);
  });
});
