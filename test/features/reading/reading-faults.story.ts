import { Logger } from '@nestjs/common';
import { AwaitedReadings } from '../../../src/notifications/readiness.js';
import { aCall } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { ChatServer } from '../../support/matching/chat-server.js';
import { aProfile } from '../../support/matching/profiles.js';
import {
  aReadCall,
  pairsAskedIn,
  reading,
  ReadingInstallation,
  refusing,
} from '../../support/matching/reading.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { ReadJob } from '../../../src/matching/reading/read.job.js';

const clock = new TestClock('2026-05-04T06:00:00Z');
const lab = aProfile('lab', { contacts: [{ name: 'Jane Doe', email: 'jane@lab.example', language: 'en' }] });
const CALLS = ['a', 'b', 'c', 'd'].map((name) => aReadCall(name));
const wanted = (): 'wanted' => 'wanted';
/** The number of tokens in one response of the server. */
const ANSWER = 107;

let server: ChatServer;
let r: ReadingInstallation;
const variables = (): Record<string, string> => ({ READER_URL: server.url, READER_MODEL: 'small' });
const state = async () => (await r.get('/v1/reader')).body;
const calls = (): string[] => server.asked.flatMap(({ body }) => pairsAskedIn(body).map((p) => p.call));
const quiet = (): jest.SpyInstance[] =>
  (['warn', 'error', 'log'] as const).map((level) =>
    jest.spyOn(Logger.prototype, level).mockImplementation(),
  );

beforeEach(async () => {
  quiet();
  clock.set('2026-05-04T06:00:00Z');
  server = await ChatServer.start();
  r = await ReadingInstallation.with([lab], clock);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await r.stop();
  await server.close();
});

describe('an answer that does not hold', () => {
  beforeEach(() => r.start(variables()));

  it.each<[string, Parameters<ChatServer['says']>[0], string, number]>([
    // Its summary is refused too.
    ['is no JSON', 'I would rather not.', 'the answer is not of the form', 2],
    [
      'quotes what does not stand in the call',
      reading(wanted, { quote: 'These words stand nowhere in the call' }),
      'the quote does not stand in the call',
      1,
    ],
    [
      'speaks of an institute that nobody asked for',
      reading(wanted, { institute: 'nobody' }),
      'the answer speaks of what nobody asked for',
      1,
    ],
  ])(
    'since it %s is asked for once more, and then left to the built-in ranking',
    async (_, said, why, refused) => {
      await r.store(CALLS.slice(0, 1));
      await r.due(MatchJob);
      const before = await r.scores('lab');
      server.says(said);
      await r.read();
      await r.read();
      expect([server.asked.length, await r.scores('lab')]).toEqual([2, before]);
      expect(await state()).toMatchObject({
        state: 'done',
        left: { total: 1, pairs: [{ profileId: 'lab', title: 'Wind turbine a', why }] },
        last: [{ refused }, { refused }],
      });
      const { body } = await r.get('/v1/profiles/lab/explain?call=HORIZON-a&language=en');
      expect(body.rules.find((x: { rule: string }) => x.rule === 'reading').says).toBe(
        'The language model has not read it for this institute: the built-in ranking decides.',
      );
      // Most failures are random.
      for (let days = 0; days < 3; days += 1) {
        clock.move({ days: 1, minutes: 1 });
        await r.read();
      }
      expect(server.asked).toHaveLength(3);
    },
  );

  it('may hold the second time', async () => {
    await r.store(CALLS.slice(0, 1));
    server.says('{"readings": [', reading(wanted));
    await r.read();
    expect((await r.match('lab', 'Wind turbine a')).evidence.some((e) => e.signal === 'reading')).toBe(true);
    expect((await state()).left.total).toBe(0);
  });
});

describe('a server that fails', () => {
  beforeEach(async () => {
    await r.start(variables());
    await r.store(CALLS);
  });

  it.each<[string, Parameters<ChatServer['says']>[0], number]>([
    ['is down', (response) => response.socket!.destroy(), 6],
    ['breaks down', refusing(500), 6],
    ['refuses us', refusing(401), 1],
    ['wants an hour of rest', refusing(429, { 'retry-after': '3600' }), 1],
  ])(
    'since it %s is asked for one call alone, and left alone for a while; matching and mails go on, and say so',
    async (_, said, tries) => {
      server.says(said);
      await r.read();
      expect([server.asked.length, new Set(calls()).size]).toEqual([tries, 1]);
      expect(await state()).toMatchObject({
        state: 'paused',
        lastError: { says: expect.stringMatching(/READER_URL/) },
      });
      for (const score of Object.values(await r.scores('lab'))) expect(score).toBeGreaterThan(40);
      expect((await r.get('/health/ready')).status).toBe(200);
      const [first] = await r.told();
      expect(first!.kind).toBe('first');
      expect(first!.text.replace(/\s+/g, ' ')).toContain(
        'These calls have not been read by the language model: they are here by the built-in ranking.',
      );
    },
  );

  it('is asked again once it is back, for all that it has not read', async () => {
    server.says(refusing(401));
    await r.read();
    clock.move({ minutes: 4 });
    await r.due(ReadJob);
    expect(server.asked).toHaveLength(1);
    server.says(reading(wanted));
    clock.move({ minutes: 2 });
    await r.read();
    expect(calls().sort()).toEqual(['a', 'b', 'c', 'd']);
    expect((await state()).state).toBe('done');
  });

  it('over one call alone keeps no other from being read, and is let be with it for the day', async () => {
    const failing = (response: Parameters<ReturnType<typeof reading>>[0], body: any): void =>
      pairsAskedIn(body)[0]!.call === 'b' ? refusing(400)(response) : reading(wanted)(response, body);
    server.says(failing);
    for (let i = 0; i < 12; i += 1) {
      await r.read();
      clock.move({ minutes: 6 });
    }
    expect(new Set(calls())).toEqual(new Set(['a', 'b', 'c', 'd']));
    expect(calls().filter((call) => call !== 'b')).toHaveLength(3);
    const asked = server.asked.length;
    await r.read();
    expect(server.asked).toHaveLength(asked);
  });
});

describe('mails', () => {
  const later = aCall('later', {
    title: 'Quiet rotors',
    opensAt: '2026-04-01T00:00:00Z',
    deadlines: [{ at: '2026-10-01T15:00:00Z', timeTold: true }],
    sections: [{ kind: 'scope', title: 'Scope', text: 'Rotors that nobody hears, for drones over cities.' }],
  });

  beforeEach(async () => {
    await r.start(variables());
    await r.store(CALLS);
    await r.due(MatchJob);
  });

  it('wait for what is about to be read, and then know it', async () => {
    expect(await r.told()).toEqual([]);
    server.says(reading((_, call) => (call === 'a' ? 'wanted' : 'not')));
    await r.read();
    const mails = await r.told();
    expect(mails).toHaveLength(1);
    expect(mails[0]!.text).toContain('Wind turbine a');
    expect(mails[0]!.text).not.toMatch(/Wind turbine [bcd]|has not been read/);
    expect(mails[0]!.text.replace(/\s+/g, ' ')).toContain(
      'Read by small on 4 May 2026: It makes the blades of turbines.',
    );
  });

  it('wait five minutes at the most; what is read later as wanted comes with the next', async () => {
    await r.store([...CALLS, later]);
    await r.due(MatchJob);
    expect((await r.scores('lab'))['Quiet rotors']).toBeLessThan(40);
    clock.move({ minutes: 4 });
    expect(await r.told()).toEqual([]);
    clock.move({ minutes: 2 });
    const [first] = await r.told();
    expect(first!.text.replace(/\s+/g, ' ')).toContain('not been read by the language model');
    expect(first!.text).not.toContain('Quiet rotors');
    server.says(
      reading((_, call) => (call === 'later' ? 'wanted' : 'not'), { quote: 'Rotors that nobody hears' }),
    );
    await r.read();
    clock.move({ days: 8 });
    const mails = await r.told();
    expect(mails.map((m) => m.kind)).toEqual(['first', 'digest']);
    expect(mails[1]!.text).toContain('Quiet rotors');
    expect(mails[1]!.text).not.toContain('not been read');
  });
});

describe('what a model may read in a day', () => {
  it('is not passed, and the rest is read on the next day', async () => {
    server.says(reading(wanted));
    // Room for two calls: the expected tokens of a request, and those that the first one used.
    await r.start(variables());
    await r.store(CALLS);
    await r.due(MatchJob);
    const { prompt, completion } = (await state()).waiting.expected;
    await r.start(variables(), {
      readerDailyLimit: { tokens: Math.floor((prompt + completion) / 4) + ANSWER + 1 },
    });
    await r.read();
    expect(server.asked).toHaveLength(2);
    expect(await state()).toMatchObject({
      state: 'limit',
      pausedUntil: '2026-05-04T22:00:00.000Z',
      waiting: { calls: 2 },
    });
    await r.read();
    expect(server.asked).toHaveLength(2);
    expect((await r.told()).map((m) => m.kind)).toEqual(['first']);
    clock.set('2026-05-05T06:00:00Z');
    await r.read();
    expect(new Set(calls()).size).toBe(4);
  });

  it.each<[string, Parameters<ChatServer['says']>[0], number]>([
    ['cuts the connection, and may bill what it was asked', (response) => response.socket!.destroy(), 2],
    ['is behind a gateway that waits no longer', refusing(504), 2],
    ['breaks down, and bills nothing', refusing(500), 6],
  ])('is not passed by tries at a server that %s', async (_, said, tries) => {
    await r.start(variables());
    await r.store(CALLS.slice(0, 1));
    await r.due(MatchJob);
    const { prompt, completion } = (await state()).waiting.expected;
    await r.start(variables(), { readerDailyLimit: { tokens: 2 * (prompt + completion) } });
    server.says(said);
    await r.read();
    expect(server.asked).toHaveLength(tries);
  });

  it('is another where the limit is raised', async () => {
    server.says(reading(wanted));
    await r.start(variables(), { readerDailyLimit: { tokens: 1 } });
    await r.store(CALLS);
    await r.read();
    expect([server.asked.length, (await state()).state]).toEqual([0, 'limit']);
    await r.start(variables(), {
      readerDailyLimit: { money: 1 },
      readerPrices: { prompt: 1, completion: 1, currency: 'EUR' },
    });
    // A message again waits for calls that are about to be read.
    expect(await r.app.app.get(AwaitedReadings).any(null)).toBe(true);
    await r.read();
    expect([server.asked.length, (await state()).state]).toEqual([4, 'done']);
  });
});

describe('an installation that is killed while the stock is read', () => {
  it('goes on where it was, and reads nothing twice', async () => {
    await r.start(variables());
    const stock = Array.from({ length: 30 }, (_, i) => aReadCall(`s${i}`));
    await r.store(stock);
    server.says(reading(wanted));
    await r.due(MatchJob);
    // Some of the jobs are done; then the process, its queue and all waiting jobs are lost.
    const queue = r.app.queue!;
    await queue.run();
    await r.app.app
      .get(ReadJob)
      .due()
      .then((jobs) => jobs.forEach((job) => queue.add(job, 0)));
    for (let i = 0; i < 11; i += 1) await queue.step();
    expect(server.asked.length).toBeGreaterThan(3);
    expect(server.asked.length).toBeLessThan(30);
    await r.start(variables());
    await r.read();
    expect(calls()).toHaveLength(30);
    expect(new Set(calls()).size).toBe(30);
    expect(Object.keys(await r.scores('lab'))).toHaveLength(30);
    for (const score of Object.values(await r.scores('lab'))) expect(score).toBeGreaterThanOrEqual(70);
  });
});
