import { once } from 'node:events';
import { DataSource } from 'typeorm';
import type { Wiring } from '../../../src/app/platform.module.js';
import { warm } from '../../../src/app/process.js';
import type { Profile } from '../../../src/profiles/domain/profile.js';
import { Corpus } from '../../../src/matching/corpus.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, DAY, deadline, storeCalls } from '../../support/matching/calls.js';
import { somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { eventually } from '../../support/until.js';

const MIN_SCORE = 15;
const saved = aProfile('institute', {
  competences: [{ label: 'Ours', description: '', keywords: ['wind turbine'], exclusions: [], weight: 1 }],
});
const about = (reference: string, text: string, told = {}) =>
  aCall(reference, {
    title: `Research on ${text}`,
    sections: [{ kind: 'scope', title: '', text: `Proposals address ${text}. More of ${text}.` }],
    ...told,
  });
const CALLS = [
  about('wind', 'wind turbine blades'),
  about('sun', 'perovskite solar cells'),
  about('both', 'wind turbine and tidal stream sites'),
  about('over', 'perovskite solar cells that are over', {
    deadlines: [deadline(-30)],
    sourceStatus: 'closed' as const,
  }),
];

describe('a profile tried out', () => {
  const counted = aProfile('counted', {
    competences: [
      {
        label: 'Counted',
        description: '',
        // Two found as they are, one found through French, one not found, and a stop word.
        keywords: ['wind turbine', 'perovskite', 'éoliennes', 'cathedrals', 'the'],
        exclusions: [],
        weight: 1,
      },
    ],
  });
  const config = configWith([saved, aProfile('other'), counted]);
  let server: TestApp;
  const path = '/v1/profiles/institute/preview';
  const draft = (keywords: string[], more: object = {}) => ({
    ...saved,
    competences: [{ ...saved.competences[0]!, keywords }],
    ...more,
  });
  const preview = async (body: unknown, token?: string) =>
    api(server.url, path, { method: 'POST', body, ...(token && { token }) });
  const titles = (list: { calls: { call: { title: string } }[] }) => list.calls.map((c) => c.call.title);

  beforeAll(async () => {
    // With only four calls no word is rare, so nothing scores high.
    const lenient = (wiring: Wiring): Wiring => ({
      ...wiring,
      settings: { ...wiring.settings, digest: { ...wiring.settings.digest, minScore: MIN_SCORE } },
    });
    server = await startApp({}, { working: false, adjust: (wiring) => lenient(on(config.dir)(wiring)) });
    await storeCalls(server.app, CALLS);
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  it('changes nothing where it is what is saved', async () => {
    const { status, body } = await preview((await api(server.url, '/v1/profiles/institute')).body);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        calls: 4,
        before: 2,
        after: 2,
        gained: { total: 0 },
        lost: { total: 0 },
        changed: { total: 0 },
      },
    });
  });

  it('says in how many stored calls each keyword stands, those that are over included', async () => {
    expect((await api(server.url, '/v1/profiles/counted/keywords')).body).toEqual({
      calls: 4,
      keywords: [
        { keyword: 'wind turbine', calls: 2 },
        { keyword: 'perovskite', calls: 2 },
        { keyword: 'éoliennes', calls: 2 },
        { keyword: 'cathedrals', calls: 0 },
        { keyword: 'the', calls: 0 },
      ],
    });
    expect((await api(server.url, '/v1/profiles/nobody/keywords')).status).toBe(404);
  });

  it('tells what is gained and lost, by how much and by which words, those that are over lately included', async () => {
    const { body } = await preview(draft(['perovskite solar cells']));
    expect(body).toMatchObject({ before: 2, after: 2, minScore: MIN_SCORE });
    expect(titles(body.gained).sort()).toEqual([
      'Research on perovskite solar cells',
      'Research on perovskite solar cells that are over',
    ]);
    expect(titles(body.lost).sort()).toEqual([
      'Research on wind turbine and tidal stream sites',
      'Research on wind turbine blades',
    ]);
    const [gained, lost] = [body.gained.calls[0], body.lost.calls[0]];
    expect(gained.after).toBeGreaterThan(MIN_SCORE);
    // The keyword itself, and words of the call with the same meaning.
    for (const { competence, term, points } of gained.terms) {
      expect([competence, 'perovskite solar cells'.includes(term), points > 0]).toEqual(['Ours', true, true]);
    }
    const points = gained.terms.reduce((sum: number, t: { points: number }) => sum + t.points, 0);
    expect(points).toBeGreaterThan((gained.after - gained.before) / 2);
    expect(lost.terms[0].term).toMatch(/^(wind turbine|wind|turbine)$/);
    expect(lost.terms[0].points).toBeLessThan(0);
  });

  it('names as the cause only what changed, where a competence has another name at the same time', async () => {
    const renamed = { ...saved.competences[0]!, label: 'Those of ours' };
    const { body } = await preview({
      ...saved,
      competences: [{ ...renamed, keywords: ['wind turbine', 'tidal stream'] }],
    });
    const [call] = body.changed.calls;
    expect(call.call.title).toBe('Research on wind turbine blades');
    expect(call.terms.length).toBeGreaterThan(0);
    for (const { competence, points } of call.terms) {
      expect(competence).toBe('Those of ours');
      expect(Math.abs(points)).toBeLessThan(2 * Math.abs(call.after - call.before));
    }
  });

  it('counts no draft, no withdrawn call and none that is open to all subjects: they are not announced', async () => {
    const fresh = await startApp({}, { working: false, adjust: on(config.dir, MIN_SCORE) });
    try {
      await storeCalls(fresh.app, [
        ...CALLS,
        about('draft', 'perovskite solar cells to come', { sourceStatus: 'draft' as const }),
        about('any', 'perovskite solar cells of any kind', { identifier: 'ERC-2030-STG' }),
        about('gone', 'perovskite solar cells that were withdrawn'),
      ]);
      await fresh.app
        .get(DataSource)
        .query("UPDATE call SET withdrawn_at = now() WHERE content->>'title' LIKE '%withdrawn'");
      const { body } = await api(fresh.url, path, {
        method: 'POST',
        body: draft(['perovskite solar cells']),
      });
      expect(body).toMatchObject({ calls: 4, after: 2, gained: { total: 2 } });
    } finally {
      await fresh.stop();
    }
  });

  it('scores as the matches will, once it is saved', async () => {
    const tried = draft(['perovskite solar cells', 'tidal stream']);
    const { body } = await preview(tried);
    await api(server.url, '/v1/profiles/institute', { method: 'PUT', body: tried });
    await server.app.get(MatchJob).run({ profileId: 'institute' });
    const matches = (await api(server.url, '/v1/matches?profile=institute&closed=true')).body.items;
    for (const { call, after } of [...body.gained.calls, ...body.changed.calls])
      expect(matches.find((m: any) => m.call.id === call.id).score).toBeCloseTo(after);
    await api(server.url, '/v1/profiles/institute', { method: 'PUT', body: saved });
  });

  it('is indexed in the background once the process listens, where there is nothing yet too, and follows what comes', async () => {
    const fresh = await startApp({}, { working: false, adjust: on(config.dir) });
    try {
      const { versions } = fresh.app.get(Corpus);
      warm(fresh.app);
      await storeCalls(fresh.app, CALLS);
      warm(fresh.app);
      await eventually('all calls indexed', () => Promise.resolve(versions.size === CALLS.length));
      await storeCalls(fresh.app, [...CALLS, about('new', 'wind turbine towers')]);
      expect((await api(fresh.url, path, { method: 'POST', body: saved })).body.calls).toBe(CALLS.length + 1);
    } finally {
      await fresh.stop();
    }
  });

  it('says which preferences a call does not meet, and drops none for it', async () => {
    const { body } = await preview(
      draft(['perovskite solar cells'], { preferences: { programmes: ['LIFE'], minLeadDays: 90 } }),
    );
    expect(body.gained.total).toBe(2);
    expect(body.gained.calls.find((c: any) => c.call.status === 'open').unmet).toEqual([
      {
        preference: 'programme',
        says: { en: 'Horizon Europe; you prefer LIFE', fr: 'Horizon Europe\u00a0; vous préférez LIFE' },
      },
      {
        preference: 'lead-time',
        says: {
          en: expect.stringMatching(/^(59|60) days left; you want 90 or more$/),
          fr: expect.stringMatching(/^(59|60) jours restants/),
        },
      },
    ]);
  });

  it('leaves no trace, for readers neither', async () => {
    const reader = await (await somebody(server, { role: 'reader', profile: 'institute' })).key('read');
    const before = (await api(server.url, '/v1/profiles/institute')).body;
    expect((await preview(draft(['tidal stream']), reader)).status).toBe(200);
    expect((await api(server.url, '/v1/profiles/institute')).body).toEqual(before);
    expect((await api(server.url, '/v1/profiles/institute/versions')).body.total).toBe(before.version);
  });

  it('is of the institute and the network alone, and refused by the field that is wrong', async () => {
    const other = await (await somebody(server, { role: 'officer', profile: 'other' })).key('write');
    expect((await preview(draft(['tidal stream']), other)).status).toBe(403);
    expect(
      (await api(server.url, '/v1/profiles/nobody/preview', { method: 'POST', body: saved })).status,
    ).toBe(404);
    expect((await preview(draft(['x']))).body.errors).toEqual([
      expect.objectContaining({ path: 'competences[0].keywords[0]' }),
    ]);
  });

  describe('with very much to look for', () => {
    let made = 1;
    const letter = (): string =>
      String.fromCharCode(97 + (((made = (Math.imul(made, 1664525) + 1013904223) >>> 0) >>> 24) % 26));
    /** Returns a word that no call contains and that was never looked up. */
    const word = (): string => Array.from({ length: 30 }, letter).join('');
    const rich = (keywords: number, competences = 10): Profile => ({
      ...saved,
      competences: Array.from({ length: competences }, (_, i) => ({
        ...saved.competences[0]!,
        label: `Ours ${i}`,
        keywords: Array.from({ length: keywords / competences }, word),
      })),
    });

    it('is refused above what any institute needs, with the field', async () => {
      const { status, body } = await preview(rich(2_010, 15));
      expect([status, body.errors]).toEqual([
        400,
        [
          {
            path: 'competences',
            code: 'too-many-keywords',
            message: 'hold more than 2000 keywords and exclusions in all',
          },
        ],
      ]);
      expect(
        (await api(server.url, '/v1/profiles/institute', { method: 'PUT', body: rich(2_010, 15) })).status,
      ).toBe(400);
    });

    it('leaves others their turn: the server answers while a profile is scored', async () => {
      const corpus = server.app.get(Corpus, { strict: false });
      const order: string[] = [];
      await corpus.held(() =>
        Promise.all([
          corpus
            .score({ profile: rich(100) }, server.wiring.settings.matching)
            .then(() => order.push('scored')),
          fetch(new URL('/health', server.url)).then(() => order.push('answered')),
        ]),
      );
      expect(order).toEqual(['answered', 'scored']);
    });

    it('refuses nobody who asks twice in a row', async () => {
      const officer = await (await somebody(server, { role: 'officer', profile: 'institute' })).key('write');
      const [mine, other] = [
        await Promise.all([preview(rich(100)), preview(rich(100))]),
        await Promise.all([preview(rich(100)), preview(rich(100), officer)]),
      ];
      expect([mine.map((a) => a.status), other.map((a) => a.status)]).toEqual([
        [200, 200],
        [200, 200],
      ]);
    });

    it('is not looked for where whoever asked has left', async () => {
      const corpus = server.app.get(Corpus, { strict: false });
      const officer = await (await somebody(server, { role: 'officer', profile: 'institute' })).key('write');
      const colleague = await (
        await somebody(server, { role: 'officer', profile: 'institute' })
      ).key('write');
      const scored = jest.spyOn(corpus, 'score');
      const left = new AbortController();
      await corpus.held(async () => {
        const arrived = once(server.app.getHttpServer(), 'request');
        const asked = fetch(new URL(path, server.url), {
          method: 'POST',
          signal: left.signal,
          body: JSON.stringify(rich(100)),
          headers: { 'content-type': 'application/json', authorization: `Bearer ${colleague}` },
        });
        const [request, response] = await arrived;
        if (!request.readableEnded) await once(request, 'end');
        left.abort();
        await Promise.all([once(response, 'close'), expect(asked).rejects.toThrow()]);
      });
      expect([(await preview(saved, officer)).status, scored.mock.calls.length]).toEqual([200, 2]);
      scored.mockRestore();
    });
  });

  it('forgets calls that were over a year ago', async () => {
    const long = new Date(Date.now() - 800 * DAY);
    await storeCalls(
      server.app,
      [
        about('old', 'wind turbine history', {
          deadlines: [{ at: new Date(Date.now() - 700 * DAY).toISOString(), timeTold: true }],
          opensAt: null,
        }),
      ],
      'past',
      long,
    );
    expect((await preview(saved)).body).toMatchObject({ calls: 4, before: 2 });
  });
});
