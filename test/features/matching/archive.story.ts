import { DataSource } from 'typeorm';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { inTimeSlices } from '../../../src/kernel/time-slices.js';
import { Corpus } from '../../../src/matching/corpus.js';
import { Matcher, type MatchingModel } from '../../../src/matching/domain/scoring/matcher.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { AnalysedCalls } from '../../../src/matching/analysed-calls.js';
import { AnalysedCallRepository } from '../../../src/matching/store/analysed-call.repository.js';
import { stem as stemOf } from '../../../src/kernel/stem.js';
import { FreshScore } from '../../../src/explain/fresh-score.js';
import { KeywordCalls } from '../../../src/explain/keyword-calls.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { freshDatabase } from '../../support/database/database.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { MATCHING_MODEL } from '../../../src/platform/tokens.js';

const [THEN, NOW] = [new Date('2023-05-01T06:00:00Z'), new Date('2026-05-01T06:00:00Z')];
const FIELDS = ['offshore wind farms', 'wind turbine blades', 'cattle feed', 'soil health', 'waste water'];

/** Returns a call about some of the fields, closing on a day. */
const about = (n: number, closes: string): CallContent =>
  aCall(`${n}`, {
    title: `${FIELDS[n % 5]!} and ${FIELDS[(n + 2) % 5]!}, part ${n}`,
    opensAt: '2023-01-01T00:00:00Z',
    deadlines: [{ at: closes, timeTold: true }],
    sections: [
      {
        kind: 'scope',
        title: '',
        text: `${FIELDS[(n * 3) % 5]!} with ${FIELDS[(n * n) % 5]!}. Wind and water.`,
      },
    ],
  });
const OLD = Array.from({ length: 20 }, (_, n) => about(n, '2024-02-01T16:00:00Z'));
const YOUNG = Array.from({ length: 12 }, (_, n) =>
  about(100 + n, n < 6 ? '2026-01-10T16:00:00Z' : '2027-09-01T16:00:00Z'),
);
const PROFILE = aProfile('wind', {
  competences: [
    {
      label: 'Wind energy',
      description: 'Blades of wind turbines at sea',
      keywords: ['wind turbine', 'offshore wind', 'wastewater', 'health of soil'],
      exclusions: [],
      weight: 1,
    },
  ],
});

describe('calls that closed more than a year ago', () => {
  const config = configWith([PROFILE]);
  const clock = new TestClock(NOW.toISOString());
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  const servers: TestApp[] = [];
  const start = async (adjust = (model: MatchingModel) => model): Promise<TestApp> => {
    const server = await startApp(
      {},
      {
        clock,
        databaseUrl: database.url,
        working: false,
        adjust: (wiring) => ({ ...on(config.dir)(wiring), model: adjust(wiring.model) }),
      },
    );
    servers.push(server);
    return server;
  };
  let server: TestApp;
  let corpus: Corpus;
  beforeAll(async () => {
    database = await freshDatabase();
    server = await start();
    corpus = server.app.get(Corpus);
    await storeCalls(server.app, OLD, 'old', THEN);
    await storeCalls(server.app, YOUNG, 'young', NOW);
    await corpus.refresh();
  });
  afterAll(async () => {
    for (const one of servers) await one.stop();
    await database.drop();
    config.remove();
  });
  const rows = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const idOf = async (content: CallContent): Promise<string> =>
    (await rows<{ id: string }>(`SELECT id FROM call WHERE content->>'title' = $1`, [content.title]))[0]!.id;

  /** Returns a matcher that has all stored calls in memory. */
  async function whole(): Promise<Matcher> {
    const matcher = new Matcher(server.app.get<MatchingModel>(MATCHING_MODEL));
    for (const { id, content } of await rows<{ id: string; content: CallContent }>(
      'SELECT id, content FROM call ORDER BY seq',
    ))
      matcher.put(id, content);
    return matcher;
  }
  /** Returns the matches of the calls in memory, as they are and as they would be with all in memory. */
  async function both(of: Corpus = corpus, profile = PROFILE): Promise<[unknown, unknown]> {
    const { matching } = server.wiring.settings;
    await of.refresh();
    // A few are scored one by one, which may differ from all at once by the last bit.
    const only = new Set(of.versions.keys());
    const part = await of.held(() => of.score({ profile, only }, matching));
    return [part, await inTimeSlices((await whole()).ranking({ profile }, matching, { only }))];
  }

  it('are not in memory, and the others score as if they were', async () => {
    expect(corpus.versions.size).toBe(YOUNG.length);
    const [part, all] = await both();
    expect(part).not.toHaveLength(0);
    expect(part).toEqual(all);
    const { calls, keywords } = await server.app
      .get(KeywordCalls)
      .forProfile('wind', AbortSignal.timeout(60_000));
    expect(calls).toBe(OLD.length + YOUNG.length);
    const counted = await inTimeSlices(
      (await whole()).index.keywordCalls(PROFILE, server.wiring.settings.matching),
    );
    expect(new Map(keywords.map((k) => [k.keyword, k.calls]))).toEqual(counted);
  });

  it('are analysed once: another process reads what the first has written', async () => {
    const other = (await start()).app.get(Corpus);
    const analysed = jest.spyOn(other.matcher, 'analyse');
    await other.refresh();
    expect(analysed).not.toHaveBeenCalled();
    const [part, all] = await both(other);
    expect(part).toEqual(all);
  });

  it('are written as they are spelled by every process, although storing how has failed once', async () => {
    const { app } = await start();
    const other = app.get(Corpus);
    const store = app.get(AnalysedCallRepository);
    jest.spyOn(store, 'addWords').mockRejectedValueOnce(new Error('the database is away'));
    const rare = aCall('900', { title: 'Zymurgical retortings', deadlines: [] });
    await storeCalls(app, [rare], 'rare', NOW);
    await expect(other.refresh()).rejects.toThrow('the database is away');
    await other.refresh();
    const forms = `SELECT form FROM written_form WHERE form LIKE 'zymurg%' OR form LIKE 'retort%' ORDER BY 1`;
    expect(await rows(forms)).toEqual([{ form: 'retortings' }, { form: 'zymurgical' }]);
    const third = (await start()).app.get(Corpus);
    await third.refresh();
    expect(third.matcher.written.wordFor(stemOf('retortings', 'en'), 10)).toBe('retortings');
  });

  it('are spelled once, although two processes read them at once', async () => {
    const [one, two] = [(await start()).app, (await start()).app];
    await Promise.all([one, two].map((app) => app.get(Corpus).refresh()));
    const rare = aCall('901', { title: 'Quetzalcoatlian ziggurats', deadlines: [] });
    await storeCalls(one, [rare], 'rarer', NOW);
    const since = jest.spyOn(two.get(AnalysedCallRepository), 'since');
    since.mockImplementationOnce(async (...of) => {
      const read = await AnalysedCallRepository.prototype.since.apply(two.get(AnalysedCallRepository), of);
      await one.get(Corpus).refresh();
      return read;
    });
    await two.get(Corpus).refresh();
    expect(await rows(`SELECT form FROM written_form WHERE form LIKE 'ziggurat%'`)).toHaveLength(1);
    expect(await rows(`SELECT stem FROM stem WHERE stem LIKE 'ziggurat%'`)).toHaveLength(1);
  });

  it('are analysed again by another analyser, and by the first as before', async () => {
    const other = (await start((model) => ({ ...model, analyser: 'another' }))).app.get(Corpus);
    const analysed = jest.spyOn(other.matcher, 'analyse');
    await other.refresh();
    expect(analysed).toHaveBeenCalledTimes(other.matcher.index.counted);
    expect((await both(other))[0]).toEqual((await both())[0]);
  });

  it('are found by a search, and say why they fit when somebody asks', async () => {
    const found = await api<{ items: { title: string }[] }>(server.url, '/v1/calls?q="part 7"');
    expect(found.body.items.map(({ title }) => title)).toContain(OLD[7]!.title);
    const id = await idOf(OLD[7]!);
    const fresh = await server.app.get(FreshScore).score(PROFILE, { id, content: OLD[7]! }, false);
    const { matching } = server.wiring.settings;
    expect(fresh.match).toEqual((await whole()).explain(id, { profile: PROFILE }, matching));
    expect(fresh.score).toBeGreaterThan(0);
    const [part, all] = await both();
    expect(part).toEqual(all);
  });

  it('are looked through by one search after the other, each of which holds a connection', async () => {
    const store = server.app.get(AnalysedCallRepository);
    const eachWords = store.eachWords.bind(store);
    let [now, most] = [0, 0];
    jest.spyOn(store, 'eachWords').mockImplementation(async (...of) => {
      now += 1;
      most = Math.max(most, now);
      return await eachWords(...of).finally(() => (now -= 1));
    });
    const { index } = corpus.matcher;
    const counted = (texts: string[]) => corpus.asItIs(() => inTimeSlices(index.holding(texts, 'en')));
    const found = await Promise.all([['soil health'], ['cattle feed'], ['waste water']].map(counted));
    jest.restoreAllMocks();
    expect(most).toBe(1);
    expect(found.map((counts) => [...counts.values()].every((n) => n > 0))).toEqual([true, true, true]);
  });

  it('are as like others as before when so many were compared that most are forgotten', async () => {
    const [young, one, other] = await Promise.all([YOUNG[0]!, OLD[0]!, OLD[1]!].map(idOf));
    await corpus.expectLikenessTo([one!]);
    const likeness = corpus.likeness(young!, one!);
    expect(likeness).not.toBe(0);
    const many = Array.from({ length: 19_999 }, (_, n): [string, null] => [`${n}`, null]);
    jest.spyOn(server.app.get(AnalysedCalls), 'vectors').mockResolvedValueOnce(new Map(many));
    await corpus.expectLikenessTo(many.map(([id]) => id));
    await corpus.expectLikenessTo([one!, other!]);
    expect(corpus.likeness(young!, one!)).toBe(likeness);
  });

  it('keep the matches that they had when the profile changes', async () => {
    const run = () => server.app.get(MatchJob).run({ profileId: 'wind' });
    await run();
    const id = await idOf(OLD[3]!);
    await rows(
      `INSERT INTO match (id, profile_id, call_id, score, result, profile_revision, call_version, matched_at)
       SELECT gen_random_uuid(), 'wind', $1, 50, result, 1, 1, now() FROM match LIMIT 1`,
      [id],
    );
    await rows(`UPDATE profile SET revision = revision + 1`);
    await run();
    expect(await rows('SELECT score FROM match WHERE call_id = $1', [id])).toEqual([{ score: 50 }]);
  });

  it('count as they are now when one changes, and it is in memory again when it opens', async () => {
    const changed = OLD.map((call, n) =>
      n === 4
        ? { ...call, sections: [{ kind: 'scope' as const, title: '', text: 'Wastewater of wind turbines.' }] }
        : n === 5
          ? about(5, '2027-12-01T16:00:00Z')
          : call,
    );
    await storeCalls(server.app, changed, 'old', NOW);
    const [part, all] = await both();
    expect(corpus.versions.has(await idOf(OLD[5]!))).toBe(true);
    expect(part).toEqual(all);
    // What is looked for only now is counted in the database.
    const other = aProfile('other', {
      competences: [{ ...PROFILE.competences[0]!, keywords: ['water wind'] }],
    });
    const [some, same] = await both(corpus, other);
    expect(some).toEqual(same);
  });

  it('leave the memory the day after their year is over', async () => {
    clock.set('2027-05-03T06:00:00Z');
    const before = corpus.versions.size;
    await corpus.refresh();
    expect(corpus.versions.size).toBeLessThan(before);
    expect(corpus.versions.has(await idOf(YOUNG[0]!))).toBe(false);
    expect(corpus.versions.has(await idOf(YOUNG[7]!))).toBe(true);
    const [part, all] = await both();
    expect(part).toEqual(all);
  });

  it('are kept as a later version has analysed them, and what an earlier one has left goes', async () => {
    const analysers = `SELECT DISTINCT analyser FROM analysed_call`;
    expect(await rows(analysers)).toHaveLength(2);
    const later = (await start()).app.get(Corpus);
    await later.refresh();
    clock.set('2027-05-04T06:00:00Z');
    await corpus.refresh();
    expect(await rows(analysers)).toHaveLength(2);
    await later.refresh();
    expect(await rows(analysers)).toHaveLength(1);
  });

  it('count as they were when they changed twice since, and many others in between', async () => {
    const many = Array.from({ length: 500 }, (_, n) => about(1_000 + n, '2025-02-01T16:00:00Z'));
    const change = (text: string): CallContent => ({
      ...OLD[6]!,
      sections: [{ kind: 'scope', title: '', text }],
    });
    await storeCalls(server.app, [change('Wind turbines.')], 'old', THEN);
    await storeCalls(server.app, many, 'many', THEN);
    await storeCalls(server.app, [change('Cattle.')], 'old', THEN);
    const [part, all] = await both();
    expect(part).toEqual(all);
    expect(corpus.matcher.index.callsWith('water')).toBe((await whole()).index.callsWith('water'));
  });

  it('stay in memory once they have opened again, whoever asks for how many others', async () => {
    const reopened = await idOf(OLD[6]!);
    await corpus.held(() => undefined, [reopened]);
    await storeCalls(server.app, [{ ...about(6, '2028-02-01T16:00:00Z'), title: OLD[6]!.title }], 'old', NOW);
    await corpus.refresh();
    const others = await rows<{ id: string }>(`SELECT id FROM call WHERE id <> $1`, [reopened]);
    await corpus.held(
      () => undefined,
      others.map(({ id }) => id),
    );
    await corpus.refresh();
    expect(corpus.versions.has(reopened)).toBe(true);
    const [part, all] = await both();
    expect(part).toEqual(all);
  });

  it('are no others once a clock that was years ahead is right again', async () => {
    const before = [...corpus.versions.keys()].sort();
    clock.set('2031-05-04T06:00:00Z');
    await corpus.refresh();
    clock.set('2027-05-05T06:00:00Z');
    await corpus.refresh();
    expect([...corpus.versions.keys()].sort()).toEqual(before);
    const young = about(2_000, '2027-09-01T16:00:00Z');
    await storeCalls(server.app, [young], 'young', new Date('2027-05-05T06:00:00Z'));
    await corpus.refresh();
    expect(corpus.versions.has(await idOf(young))).toBe(true);
    const [part, all] = await both();
    expect(part).toEqual(all);
  });

  describe('whose counts a process has kept', () => {
    const match = async (app: TestApp['app']): Promise<void> => {
      await rows(`UPDATE profile SET revision = revision + 1`);
      await app.get(MatchJob).run({ profileId: 'wind' });
    };
    const rewrite = (n: number, text: string): Promise<unknown> =>
      storeCalls(server.app, [{ ...OLD[n]!, sections: [{ kind: 'scope', title: '', text }] }], 'old', THEN);
    const started = async (): Promise<{
      corpus: Corpus;
      read: jest.SpyInstance;
      looked: jest.SpyInstance;
    }> => {
      const { app } = await start();
      const store = app.get(AnalysedCallRepository);
      return {
        corpus: app.get(Corpus),
        read: jest.spyOn(store, 'bySeqs'),
        looked: jest.spyOn(store, 'eachWords'),
      };
    };
    const seqsRead = (read: jest.SpyInstance): number => read.mock.calls.flatMap(([seqs]) => seqs).length;

    it('are neither read nor looked through when another starts, but for those that changed since', async () => {
      await match((await start()).app);
      await rewrite(8, 'Offshore wind and soil health, said anew.');
      const { corpus: other, read, looked } = await started();
      const [part, all] = await both(other);
      expect(seqsRead(read)).toBe(other.versions.size + 1);
      expect(looked).not.toHaveBeenCalled();
      expect(part).not.toHaveLength(0);
      expect(part).toEqual(all);
      const unknown = aProfile('other', {
        competences: [{ ...PROFILE.competences[0]!, keywords: ['said anew', 'health of cattle'] }],
      });
      const [some, same] = await both(other, unknown);
      expect(looked).toHaveBeenCalled();
      expect(some).toEqual(same);
    });

    it('count as they are once one changes while the other runs, for phrases that it asks for only then', async () => {
      const { corpus: other } = await started();
      await other.refresh();
      await rewrite(9, 'Waste water, and wind turbine blades.');
      await other.refresh();
      const [part, all] = await both(other);
      expect(part).toEqual(all);
    });

    it('count as they are for a phrase that is looked for after another process has read one anew', async () => {
      const { corpus: other } = await started();
      const asked = aProfile('asked', {
        competences: [{ ...PROFILE.competences[0]!, keywords: ['turbine blades', 'health of soil'] }],
      });
      await other.held(async () => {
        await rewrite(11, 'Nothing but feed.');
        await corpus.refresh();
        await other.score({ profile: asked }, server.wiring.settings.matching);
      });
      const [part, all] = await both(other, asked);
      expect(part).not.toHaveLength(0);
      expect(part).toEqual(all);
    });

    it('are all read again where the text of what one counted is not kept any more', async () => {
      await rewrite(10, 'Nothing of all this.');
      await rows(
        `UPDATE call_version v SET texts_dropped_at = now(), content = v.content || '{"sections": []}'
           FROM call c WHERE c.id = v.call_id AND v.version < c.version`,
      );
      const { corpus: other, read } = await started();
      const [part, all] = await both(other);
      expect(seqsRead(read)).toBe(other.matcher.index.counted);
      expect(part).toEqual(all);
    });
  });
});
