import { Logger } from '@nestjs/common';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { ReadJob } from '../../../src/matching/reading/read.job.js';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import type { TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { aCall } from '../../support/matching/calls.js';
import { ChatServer } from '../../support/matching/chat-server.js';
import { aProfile } from '../../support/matching/profiles.js';
import {
  aReadCall,
  pairsAskedIn,
  QUOTE,
  reading,
  ReadingInstallation,
  refusing,
  SUMMARY,
  summariesAskedIn,
} from '../../support/matching/reading.js';

/** A call that no institute waits for: it is open to every subject, and so never read for one. */
const nobodys = (reference: string, more = ''): CallContent =>
  aCall(reference, {
    title: `ERC Starting Grants ${reference}`,
    identifier: `ERC-2026-STG-${reference}`,
    opensAt: '2026-04-01T00:00:00Z',
    deadlines: [{ at: '2026-10-01T15:00:00Z', timeTold: true }],
    sections: [{ kind: 'scope', title: 'Scope', text: `${QUOTE}.${more}` }],
  });
const wanted = (): 'wanted' => 'wanted';

describe('what a call is about, where a language model is configured', () => {
  const clock = new TestClock('2026-05-04T06:00:00Z');
  let server: ChatServer;
  let r: ReadingInstallation;
  const variables = (model = 'small') => ({ READER_URL: server.url, READER_MODEL: model });
  const asked = () =>
    server.asked.map(({ body }) => ({
      institutes: pairsAskedIn(body).map((p) => p.institute),
      summaries: summariesAskedIn(body),
    }));
  const shown = async (title: string, language = 'en') => {
    const [row] = await r.rows<{ id: string }>(`SELECT id FROM call WHERE summary->>'title' = $1`, [title]);
    return (await r.get(`/v1/calls/${row!.id}?language=${language}`)).body.summary;
  };
  const state = async () => (await r.get('/v1/reader')).body;

  beforeEach(async () => {
    for (const level of ['warn', 'error', 'log'] as const)
      jest.spyOn(Logger.prototype, level).mockImplementation();
    clock.set('2026-05-04T06:00:00Z');
    server = await ChatServer.start();
    r = await ReadingInstallation.with([aProfile('lab'), aProfile('team')], clock);
    await r.start(variables());
    server.says(reading(wanted));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await r.stop();
    await server.close();
  });

  it('is asked once for all institutes, with the readings that they wait for; of other calls afterwards, the latest first', async () => {
    await r.store([nobodys('1')]);
    await r.store([aReadCall('a'), nobodys('2')]);
    await r.read();
    expect(asked()).toEqual([
      { institutes: ['lab', 'team'], summaries: ['a'] },
      { institutes: [], summaries: ['2'] },
      { institutes: [], summaries: ['1'] },
    ]);
    expect(await shown('Wind turbine a')).toEqual({
      language: 'en',
      sentences: [SUMMARY.en],
      source: 'model',
    });
    expect(await shown('Wind turbine a', 'fr')).toMatchObject({ language: 'fr', sentences: [SUMMARY.fr] });
    await r.read();
    expect(server.asked).toHaveLength(3);
    expect(await state()).toMatchObject({ state: 'done', waiting: { calls: 0, summaries: 0 } });
  });

  it('is no longer shown once the text is another, and then written anew; a new deadline changes nothing', async () => {
    await r.store([aReadCall('a')]);
    await r.read();
    const later = { deadlines: [{ ...aReadCall('a').deadlines[0]!, at: '2026-11-01T16:00:00Z' }] };
    await r.store([{ ...aReadCall('a'), ...later }]);
    await r.read();
    expect(server.asked).toHaveLength(1);
    expect(await shown('Wind turbine a')).toMatchObject({ source: 'model' });
    await r.store([aReadCall('a', 'Two pilots are required.')]);
    expect((await shown('Wind turbine a'))?.source).not.toBe('model');
    await r.read();
    expect(asked()).toHaveLength(2);
    expect(asked()[1]!.summaries).toEqual(['a']);
    expect(await shown('Wind turbine a')).toMatchObject({ source: 'model' });
  });

  it('comes with the sentences that bind who answers, which are shown while the text is that', async () => {
    const call = aReadCall('a', 'The town hall signs the agreement beforehand.');
    const bound = async () => {
      const [row] = await r.rows<{ id: string }>(
        `SELECT id FROM call WHERE summary->>'title' = 'Wind turbine a'`,
      );
      return (await r.get(`/v1/calls/${row!.id}`)).body.requirements.restrictions;
    };
    await r.store([call]);
    expect(await bound()).toEqual([]);
    const binding = [
      { kind: 'mustInclude', quote: 'the town hall signs the agreement beforehand' },
      { kind: 'onlyFor', quote: 'These words stand nowhere in the call' },
    ];
    server.says((response, body: any) => {
      const summaries = summariesAskedIn(body).map((asked) => ({ call: asked, ...SUMMARY, binding }));
      ChatServer.send(response, JSON.stringify({ readings: [], summaries }));
    });
    await r.read();
    expect(await bound()).toMatchObject([
      { kind: 'mustInclude', quote: 'The town hall signs the agreement beforehand', section: 'scope' },
    ]);
    await r.store([aReadCall('a', 'Two pilots are needed.')]);
    expect(await bound()).toEqual([]);
  });

  it('does not spoil the readings of an answer, nor they it', async () => {
    const other = (over: object) => (response: Parameters<ReturnType<typeof reading>>[0], body: any) => {
      const summaries = summariesAskedIn(body).map((call) => ({ call, ...SUMMARY, ...over }));
      const readings = pairsAskedIn(body).map((pair) => ({
        ...pair,
        grade: 'wanted',
        reason: 'It makes blades.',
        quote: SUMMARY.quotes[0],
      }));
      ChatServer.send(response, JSON.stringify({ readings, summaries }));
    };
    await r.store([aReadCall('a')]);
    server.says(other({ quotes: ['These words stand nowhere in the call'] }));
    await r.read();
    expect(asked()).toEqual([
      { institutes: ['lab', 'team'], summaries: ['a'] },
      { institutes: [], summaries: ['a'] },
    ]);
    expect((await r.scores('lab'))['Wind turbine a']).toBeGreaterThanOrEqual(70);
    expect((await shown('Wind turbine a'))?.source).not.toBe('model');
    expect(await state()).toMatchObject({ state: 'done', left: { total: 0 }, summariesLeft: 1 });
    // Most failures are random: it is asked once more a day later, and then let be.
    for (let days = 0; days < 3; days += 1) {
      clock.move({ days: 1, minutes: 1 });
      await r.read();
    }
    expect(server.asked).toHaveLength(3);
    await r.store([aReadCall('b')]);
    server.says(reading(wanted, { quote: 'These words stand nowhere in the call' }));
    await r.read();
    expect(asked().map(({ summaries }) => summaries)).toEqual([['b'], []]);
    expect(await shown('Wind turbine b')).toMatchObject({ source: 'model' });
  });

  it('is asked for again after a server failed, as readings are', async () => {
    await r.store([nobodys('1'), nobodys('2')]);
    server.says(refusing(401));
    await r.read();
    expect(server.asked).toHaveLength(1);
    expect(await state()).toMatchObject({ state: 'paused', waiting: { calls: 2, pairs: 0, summaries: 2 } });
    server.says(reading(wanted));
    clock.move({ minutes: 6 });
    await r.due(ReadJob);
    expect(
      asked()
        .flatMap(({ summaries }) => summaries)
        .sort(),
    ).toEqual(['1', '2']);
  });

  it('counts in the daily limit, where what institutes wait for comes first', async () => {
    await r.store([nobodys('1', ' Boldly.'.repeat(500))]);
    const { prompt, completion } = (await state()).waiting.expected;
    await r.store([aReadCall('a')]);
    await r.start(variables(), { readerDailyLimit: { tokens: prompt + completion } });
    await r.read();
    expect(asked().map(({ summaries }) => summaries)).toEqual([['a']]);
    expect(await state()).toMatchObject({
      state: 'limit',
      today: { prompt: 100, completion: 7 },
      waiting: { calls: 1, summaries: 1 },
    });
    clock.set('2026-05-05T06:00:00Z');
    await r.read();
    expect(asked().map(({ summaries }) => summaries)).toEqual([['a'], ['1']]);
  });

  it('is written anew by another model, shown meanwhile, and kept where none reads any more', async () => {
    await r.store([nobodys('1')]);
    const title = 'ERC Starting Grants 1';
    await r.read();
    const before = await shown(title);
    expect(before).toMatchObject({ source: 'model' });
    await r.start(variables('large'));
    server.says('I would rather not.');
    await r.read();
    expect(server.asked).toHaveLength(2);
    expect(await shown(title)).toEqual(before);
    await r.start({});
    await r.read();
    expect(server.asked).toHaveLength(2);
    expect(await shown(title)).toEqual(before);
  });

  it('is written anew by the process that began last, and not in turns, where two have different models', async () => {
    await r.store([nobodys('1')]);
    await r.read();
    const beside = await r.begin(variables('large'));
    const looks = async (app: TestApp['app']): Promise<string[]> => {
      const before = server.asked.length;
      await app.get(MatchJob).due();
      for (const { id: callId } of await r.rows<{ id: string }>('SELECT id FROM call ORDER BY first_seq'))
        await acrossInstitutes('as a worker', () => app.get(ReadJob).run({ callId }));
      return server.asked.slice(before).map(({ body }) => body.model);
    };
    try {
      expect(await looks(beside.app)).toEqual(['large']);
      for (const app of [r.app.app, beside.app, r.app.app]) expect(await looks(app)).toEqual([]);
      await r.store([nobodys('2')]);
      for (const asked of [['small'], [], []]) expect(await looks(r.app.app)).toEqual(asked);
    } finally {
      await beside.stop();
    }
  });

  it('is not asked of a call that has no text, nor of one that is over', async () => {
    await r.store([
      { ...nobodys('1'), sections: [] },
      {
        ...nobodys('2'),
        deadlines: aCall('2', { deadlines: [{ at: '2026-02-01T15:00:00Z', timeTold: true }] }).deadlines,
      },
    ]);
    await r.read();
    expect(server.asked).toEqual([]);
    expect((await state()).state).toBe('done');
  });
});
