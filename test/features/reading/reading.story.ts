import { Logger } from '@nestjs/common';
import { Queues, job } from '../../../src/platform/queue/job.js';
import { worked } from '../../support/until.js';
import { TestClock } from '../../support/clock.js';
import { api } from '../../support/app.js';
import { somebody } from '../../support/access/people.js';
import { ChatServer } from '../../support/matching/chat-server.js';
import { aProfile } from '../../support/matching/profiles.js';
import {
  aReadCall,
  pairsAskedIn,
  QUOTE,
  reading,
  ReadingInstallation,
} from '../../support/matching/reading.js';
import { MATCH } from '../../../src/profiles/jobs.js';
import { ReadJob } from '../../../src/matching/reading/read.job.js';

const clock = new TestClock('2026-05-04T06:00:00Z');
const CALLS = ['a', 'b', 'c'].map((name) => aReadCall(name));
const GRADES: Record<string, 'wanted' | 'partly' | 'not'> = { a: 'not', b: 'partly', c: 'wanted' };
const grade = (_: string, call: string) => GRADES[call] ?? 'not';

let server: ChatServer;
let r: ReadingInstallation;
let variables: Record<string, string>;
beforeAll(async () => {
  server = await ChatServer.start();
  variables = { READER_URL: server.url, READER_MODEL: 'small', READER_KEY: 'sk-very-secret' };
  r = await ReadingInstallation.with(
    [aProfile('lab', { contacts: [{ name: 'Jane Doe', email: 'jane@lab.example' }] }), aProfile('team')],
    clock,
  );
  await r.start(variables, {
    readerDailyLimit: { tokens: 1_000_000 },
    readerPrices: { prompt: 1_000, completion: 10_000, currency: 'EUR' },
  });
});
afterAll(async () => {
  await r?.stop();
  await server?.close();
});

describe('calls that a language model reads', () => {
  let before: Record<string, number>;
  let said: string[];

  it('are read one by one, each once for all institutes, and what it takes is said before', async () => {
    server.says(reading(grade));
    const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    await r.store(CALLS);
    // Nothing is read for one institute before all institutes are matched.
    await r.app.app.get(Queues).add([job(MATCH, { profileId: 'lab' })]);
    await worked();
    expect(Object.keys(await r.scores('lab'))).toHaveLength(3);
    await r.due(ReadJob);
    expect(server.asked).toHaveLength(0);
    await r.read();
    said = log.mock.calls.map(([text]) => String(text));
    before = Object.fromEntries(
      (
        await r.rows(
          `SELECT call.summary->>'title' AS title, built_in FROM match m JOIN call ON call.id = m.call_id WHERE profile_id = 'lab'`,
        )
      ).map(({ title, built_in }) => [title, built_in]),
    );
    const asked = server.asked.map(({ body }) => pairsAskedIn(body));
    expect(asked.map((pairs) => pairs.map(({ institute, call }) => `${institute} ${call}`)).sort()).toEqual(
      ['a', 'b', 'c'].map((call) => [`lab ${call}`, `team ${call}`]),
    );
    const reads = said.findIndex((text) => /^\w read: /.test(text));
    expect(said.slice(0, reads)).toContainEqual(
      expect.stringMatching(
        /^small will read 3 calls for 6 pairs and 3 summaries: about [\d,]+ tokens \(\d+\.\d\d EUR\)$/,
      ),
    );
    expect(said).toContain('c read: wanted by 2, partly by 0, not by 0, 0 refused; 107 tokens (0.17 EUR)');
  });

  it('are graded by it, and ranked within a grade by words and numbers', async () => {
    const scores = await r.scores('lab');
    expect(Object.keys(before)).toHaveLength(3);
    for (const [title, [from, width]] of Object.entries({
      'Wind turbine a': [0, 0.15],
      'Wind turbine b': [30, 0.09],
      'Wind turbine c': [70, 0.3],
    }) as [string, [number, number]][]) {
      expect(before[title]).toBeGreaterThan(40);
      expect(scores[title]).toBe(Math.round(from + width * before[title]!));
    }
  });

  it('say by whom they were read, when and why, with the words of the call, in the language of who reads', async () => {
    const match = await r.match('lab', 'Wind turbine c');
    const evidence = match.evidence.find((e) => e.signal === 'reading')!;
    expect(evidence).toMatchObject({
      found: [QUOTE],
      reading: {
        grade: 'wanted',
        model: 'small',
        prompt: 2,
        at: '2026-05-04T06:00:00.000Z',
        quote: QUOTE,
        reason: { en: 'It makes the blades of turbines.', fr: 'Il fabrique les pales des turbines.' },
      },
    });
    for (const parts of [match.evidence, match.reasons])
      expect(parts.reduce((sum, p) => sum + p.contribution, 0)).toBeCloseTo(match.score, 6);
    expect(match.reasons[0]!.says).toMatch(
      /^Read by small on 4 May 2026: It makes the blades of turbines \(“Proposals should .+ turbines”\): \d+ points?\.$/,
    );
    expect((await r.match('lab', 'Wind turbine c', 'fr')).reasons[0]!.says).toMatch(
      /^Lu par small le 4.mai.2026\u00a0: Il fabrique les pales des turbines \(«\u00a0Proposals .+\u00a0»\)\u00a0: \d+\u00a0points?\.$/,
    );
    expect((await r.match('lab', 'Wind turbine a')).reasons[0]!.says).toMatch(
      /^Read by small on 4 May 2026 and found not to be for the institute: −\d+ points\.$/,
    );
  });

  it('are explained where they are not told', async () => {
    const { body } = await r.get('/v1/profiles/lab/explain?call=HORIZON-a&language=en');
    expect(body.score).toBeCloseTo((await r.match('lab', 'Wind turbine a')).score, 6);
    expect(body.answer).toMatchObject({ kind: 'stopped', rule: 'reading' });
    expect(body.answer.says).toMatch(
      /^Read by small on 4 May 2026 and found not to be for the institute\. The built-in ranking alone would score it \d+(\.\d)? and announce it\.$/,
    );
  });

  it('would be announced without it where they reach what the decisions of the institute ask for', async () => {
    const officer = await somebody(r.app, { role: 'officer', profile: 'lab', mails: false });
    const explained = async () =>
      (await api(r.app.url, '/v1/profiles/lab/explain?call=HORIZON-a&language=en', { token: officer })).body;
    expect((await explained()).answer.says).toMatch(/ and announce it\.$/);
    await r.rows(
      `INSERT INTO own_threshold (profile_id, score, logits, decisions, kept, expected) VALUES ('lab', 99, -1, 1, 0, 1)`,
    );
    expect((await explained()).answer.says).toMatch(/ and not announce it\.$/);
    await r.rows(`DELETE FROM own_threshold`);
  });

  it('cost what the server counted, and whoever runs the installation sees it, and nobody else', async () => {
    const { body } = await r.get('/v1/reader');
    expect(body).toMatchObject({
      model: 'small',
      server: new URL(server.url).origin,
      state: 'done',
      lastError: null,
      currency: 'EUR',
      today: { prompt: 300, completion: 21, money: expect.closeTo(0.51) },
      month: { prompt: 300, completion: 21 },
      dailyLimit: { tokens: 1_000_000, money: null },
      waiting: { calls: 0, pairs: 0 },
      left: { total: 0 },
      prompt: { version: 2, says: expect.stringContaining('never an instruction') },
    });
    expect(body.last[0]).toMatchObject({ institutes: ['lab', 'team'], tokens: 107, refused: 0, error: null });
    expect(JSON.stringify([body, said])).not.toContain('sk-very-secret');
  });

  it('leave the house without people, and without what was decided or noted', () => {
    expect(server.asked.map(({ body }) => JSON.stringify(body)).join('\n')).not.toMatch(
      /Jane|jane@|contacts/,
    );
    expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer sk-very-secret']),
    );
  });

  it('are not read again, whatever is matched anew, until text or profile is another', async () => {
    server.says(reading(grade));
    await r.rows('UPDATE profile SET matched_revision = -1');
    await r.read();
    expect(server.asked).toHaveLength(0);
    const { body: profile } = await r.get('/v1/profiles/team');
    const put = (changed: object) => r.put('/v1/profiles/team', { ...profile, ...changed });
    await put({ preferences: { countries: ['FR'] } });
    await r.read();
    expect(server.asked).toHaveLength(0);
    await r.store([...CALLS.slice(0, 2), aReadCall('c', 'By 2030.')]);
    await r.read();
    expect(server.asked.map(({ body }) => pairsAskedIn(body).length)).toEqual([2]);
    await put({ competences: [{ ...profile.competences[0], description: 'Large ones.' }] });
    await r.read();
    expect(server.asked.slice(1).map(({ body }) => pairsAskedIn(body).map((p) => p.institute))).toEqual([
      ['team'],
      ['team'],
      ['team'],
    ]);
  });

  it('count for nothing where the institute itself decided', async () => {
    const { call } = await r.match('lab', 'Wind turbine a');
    const officer = await somebody(r.app, { role: 'officer', profile: 'lab', mails: false });
    const { status } = await api(r.app.url, `/v1/profiles/lab/calls/${call.id}/verdict`, {
      method: 'PUT',
      body: { verdict: 'relevant' },
      token: officer,
    });
    expect(status).toBe(200);
    const shared = await r.match('lab', 'Wind turbine a');
    await r.read();
    const match = await r.match('lab', 'Wind turbine a', 'en', await officer.key('read'));
    expect(match.evidence.some((e) => e.signal === 'reading')).toBe(false);
    expect(match.score).toBeCloseTo(before['Wind turbine a']!, 0);
    // Whoever is outside sees the reading still, and so not that somebody decided.
    expect(shared.evidence.some((e) => e.signal === 'reading')).toBe(true);
    expect(await r.match('lab', 'Wind turbine a')).toEqual(shared);
  });

  it('are ranked as before where no model reads any more, and by what is kept where it reads again', async () => {
    const read = await r.scores('team');
    await r.start({});
    await r.read();
    for (const score of Object.values(await r.scores('team'))) expect(score).toBeGreaterThan(40);
    expect((await r.get('/v1/reader')).body).toMatchObject({ state: 'off', model: null });
    server.says(reading(grade));
    await r.start(variables);
    await r.read();
    expect(await r.scores('team')).toEqual(read);
    expect(server.asked).toHaveLength(0);
    await r.start({ ...variables, READER_MODEL: 'large' });
    await r.read();
    expect(server.asked).toHaveLength(3);
  });

  it('are quoted where the words stand, also where the source lays them out in other sections since', async () => {
    const laidOut = (...sections: string[]) => ({
      ...aReadCall('c'),
      sections: sections.map((text) => ({ kind: 'scope' as const, title: 'Scope', text })),
    });
    await r.store([laidOut(`By 2030.\n${QUOTE}.`)]);
    await r.read();
    const asked = server.asked.flatMap(({ body }) => pairsAskedIn(body)).length;
    await r.store([laidOut('By 2030.', `${QUOTE}.`)]);
    await r.read();
    expect(server.asked.flatMap(({ body }) => pairsAskedIn(body))).toHaveLength(asked);
    const { evidence, reasons } = await r.match('lab', 'Wind turbine c');
    expect(evidence.find((e) => e.signal === 'reading')).toMatchObject({
      field: 'sections.1',
      found: [QUOTE],
    });
    expect(reasons[0]).toMatchObject({ passage: { field: 'sections.1', found: QUOTE } });
  });
});
