import { runJob } from '../../support/queue/run-job.js';
import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { SAMPLE, SampleJob } from '../../../src/decisions/sample.job.js';
import { RecallSamples } from '../../../src/decisions/recall-samples.js';
import { PipelineFigures } from '../../../src/pipeline/pipeline-figures.js';
import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const WIND = ['Floating wind turbines', 'Blades of wind turbines', 'Wind turbines in ice'];
const OTHERS = Array.from({ length: 14 }, (_, i) => `Archives of the village ${i}`);
const DEADLINES = [{ at: '2026-11-15T16:00:00Z', timeTold: true }];
const scope = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
const OFFSHORE = scope('Floating foundations of a wind turbine far from the shore, and offshore wind farms.');

describe('calls that were not told', () => {
  const clock = new TestClock('2026-05-20T08:00:00Z');
  let inbox: InboxTest;
  let officer: Somebody;
  let token: string;
  /** Signs in again: sessions and keys do not outlast the weeks that pass here. */
  const arrives = async (at?: string): Promise<void> => {
    if (at) clock.set(at);
    officer = await somebody(inbox.test, { role: 'officer', profile: 'wind', language: 'fr' });
    token = await officer.key('write');
  };
  beforeAll(async () => {
    const wind = WIND.map((title, i) => aCall(`W${i}`, { title, sections: OFFSHORE, deadlines: DEADLINES }));
    const others = OTHERS.map((title, i) =>
      aCall(`O${i}`, { title, sections: scope('Letters and parish books.'), deadlines: DEADLINES }),
    );
    const closed = aCall('C', {
      title: 'Too late',
      deadlines: [{ at: '2026-05-28T15:00:00Z', timeTold: true }],
    });
    inbox = await startInbox([aProfile('wind'), aProfile('sea')], [...wind, ...others, closed], [], clock);
    await arrives();
  });
  afterAll(() => inbox?.stop());

  /** Draws samples as the scheduler does and returns the profiles sampled. */
  const drawn = async (): Promise<string[]> => {
    const jobs = await inbox.test.app.get(SampleJob).due();
    const asked = jobs.flatMap(({ name, data }) => (name === 'sample' ? [data['profileId']!] : []));
    for (const profileId of asked) await runJob(inbox.test.app, SAMPLE, { profileId });
    return asked;
  };
  const samples = () => inbox.test.app.get(RecallSamples);
  const sample = async () => ({
    ...(await samples().list(officer.actor, 'wind', 'en')),
    recall: await samples().recall('wind'),
  });
  const figures = () => inbox.test.app.get(PipelineFigures).ofInstitute('wind', {});
  const decide = async (id: string, body: unknown): Promise<void> => {
    const path = `/v1/profiles/wind/calls/${id}/verdict`;
    expect((await api(inbox.test.url, path, { method: 'PUT', token, body })).status).toBe(200);
  };
  const query = (sql: string, values: unknown[] = []) => inbox.test.app.get(DataSource).query(sql, values);
  const page = async (path: string) => load((await officer.get(path)).body);

  it('are not asked about before an institute has decided on something in a month before', async () => {
    expect(await drawn()).toEqual([]);
    for (const title of WIND) await decide(await inbox.id(title), { verdict: 'relevant' });
    expect(await drawn()).toEqual([]);
    expect(await sample()).toMatchObject({ month: null, items: [], recall: { rate: null } });
    expect((await page('/institutes/wind/untold'))('main').text()).toContain('Rien à vous demander');
  });

  it('are not those of a message that was given up, if a copy of it arrived', async () => {
    const [recipient, first, copy] = [randomUUID(), randomUUID(), randomUUID()];
    const call = await inbox.id(OTHERS[0]!);
    await query(
      `INSERT INTO recipient (id, channel, address, language, profile_id, token, link_key, since, planned_seq, last_slot_at)
       VALUES ($1::uuid, 'email', $2, 'en', 'wind', $1::text, $1::text, now(), 0, now())`,
      [recipient, officer.person.email],
    );
    await query(
      `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq) VALUES ($1, 'profile', 'wind', 'contact', now(), 0)`,
      [recipient],
    );
    for (const [id, state, of] of [
      [first, 'failed', null],
      [copy, 'pending', first],
    ])
      await query(
        `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, subject, text, unsubscribe_url, message_id, items, more, state, resend_of, created_at, sent_at)
         VALUES ($1::uuid, $1::text, 'first', $2, 'email', 'wind', 'w@wind.test', 'S', 'T', '', $1::text, '[]', 0, $3, $4, $5, $5)`,
        [id, recipient, state, of, clock.now()],
      );
    await query(
      `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, made_at, state, notification_id)
       VALUES ($1, 'call', 'call', $2, 'digest', $4, 'written', $3)`,
      [recipient, call, first, clock.now()],
    );
    const ask = async (path: string) =>
      (await api(inbox.test.url, `/v1/profiles/wind/${path}`, { token })).body;
    const said = async () => {
      const { contacts } = await ask(`explain?call=${call}`);
      const { state } = contacts.find(({ email }: { email: string }) => email === officer.person.email);
      return [(await figures()).activity.told, state];
    };
    expect(await said()).toEqual([0, 'on-its-way']);
    await query(`UPDATE notification SET state = 'sent' WHERE id = $1`, [copy]);
    expect(await said()).toEqual([1, 'announced']);
    await runJob(inbox.test.app, SAMPLE, { profileId: 'wind' });
    const sizes = await query(
      'SELECT sum(size)::int AS n FROM (SELECT DISTINCT stratum, stratum_size AS size FROM recall_sample) strata',
    );
    expect(sizes).toEqual([{ n: [...OTHERS, 'Too late'].length - 1 }]);
    await query('DELETE FROM recall_sample');
    await query('DELETE FROM recipient');
    await query('DELETE FROM notification');
  });

  it('are ten, open, of those that fit too little, and once a month, however often it is drawn', async () => {
    // Midnight in Brussels, still May in UTC.
    await arrives('2026-05-31T22:00:00Z');
    expect(await drawn()).toEqual(['wind']);
    const { month, items } = await sample();
    expect([month, items.length, new Set(items.map((item) => item.id)).size]).toEqual(['2026-06', 10, 10]);
    for (const { title, review } of items) {
      expect(OTHERS).toContain(title);
      expect(review!.verdict).toBeNull();
    }
    expect(await drawn()).toEqual([]);
    await runJob(inbox.test.app, SAMPLE, { profileId: 'wind' });
    expect((await sample()).items).toEqual(items);
  });

  it('lead to their page from the inbox, and are decided on there without a script', async () => {
    const link = (await page('/institutes/wind/inbox'))('a[href="/institutes/wind/untold"]');
    expect(link.text()).toContain('10 appels ne vous ont pas été annoncés');
    const $ = await page('/institutes/wind/untold');
    expect($('.recall-sample-list > li')).toHaveLength(10);
    const form = $('.recall-sample-list form.decide').first();
    const body = Object.fromEntries(
      form
        .find('input[type=hidden]')
        .toArray()
        .map((field) => [$(field).attr('name')!, $(field).attr('value')!]),
    );
    await officer.post(form.attr('action')!, { ...body, reason: 'topic' });
    expect((await page('/institutes/wind/untold'))('.recall-sample-list form.decide')).toHaveLength(9);
  });

  it('count for what was told of all that is wanted, once enough are decided', async () => {
    const { items } = await sample();
    const left = items.filter((item) => item.review!.verdict === null);
    for (const [i, { id }] of left.entries())
      await decide(id, i === 0 ? { verdict: 'study' } : { verdict: 'not', reason: 'topic' });
    // Three were announced and wanted. Of fourteen others ten were sampled, so each stands for 1.4; below
    // ten no rate is shown.
    expect((await sample()).recall).toEqual({ hits: 3, of: 4, rate: null, low: null, high: null });
    for (const { id } of left.slice(1, 6)) await decide(id, { verdict: 'relevant' });
    const { recall } = await sample();
    expect([recall.hits, recall.of, recall.rate]).toEqual([3, 11, 3 / (3 + 14 * (6 / 10))]);
    expect((await page('/institutes/wind/untold'))('main').text()).toMatch(/environ 26\s%/);
    expect((await figures()).recall).toEqual(recall);
  });

  it('that were asked about once are never asked about again', async () => {
    const before = (await sample()).items.map((item) => item.id);
    await arrives('2026-07-02T08:00:00Z');
    expect(await drawn()).toEqual(['wind']);
    const { month, items } = await sample();
    expect([month, items.length]).toEqual(['2026-07', 4]);
    expect(items.filter((item) => before.includes(item.id))).toEqual([]);
    const [{ n }] = await query('SELECT count(*)::int AS n FROM recall_sample WHERE stratum_size = 0');
    expect(n).toBe(0);
  });

  it('are looked for no more in a month in which there are none', async () => {
    await arrives('2026-08-03T08:00:00Z');
    expect(await drawn()).toEqual([]);
    expect((await sample()).month).toBe('2026-07');
  });

  it('are those below the threshold that the institute has by its decisions, for who is due as for what is drawn', async () => {
    await query(`DELETE FROM review WHERE call_id = $1`, [await inbox.id(WIND[0]!)]);
    expect(await drawn()).toEqual([]);
    await query(
      `INSERT INTO own_threshold (profile_id, score, logits, decisions, kept, expected) VALUES ('wind', 99, 1, 1, 0, 0)
       ON CONFLICT (profile_id) DO UPDATE SET score = 99`,
    );
    expect(await drawn()).toEqual(['wind']);
    expect((await sample()).month).toBe('2026-08');
  });
});
