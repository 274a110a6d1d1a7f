import type { Queue } from 'bullmq';
import { existsSync, readdirSync } from 'node:fs';
import type { Wiring } from '../../../src/app/platform.module.js';
import { RunRepository } from '../../../src/harvest/store/run.repository.js';
import { withContacts } from '../../support/institutes/contacts.js';
import { Harvesting, queueOf, REQUESTS } from '../../support/harvest/harvest.js';
import { until } from '../../support/until.js';

let h: Harvesting;
let second: Harvesting | undefined;
afterEach(async () => {
  await h?.stop();
  await second?.stop();
  second = undefined;
});

const onQueue = <T>(work: (queue: Queue) => Promise<T>): Promise<T> => work(queueOf(h, 'harvest'));

/** Pauses the queue and waits for the running jobs. */
const stopped = async (): Promise<void> => {
  await onQueue((q) => q.pause());
  await until('nothing to be worked on', async () => (await onQueue((q) => q.getActiveCount())) === 0);
};

/**
 * Removes all jobs, as if the queue's store were lost. A job being postponed would write itself back, and one
 * just started would record its wait.
 */
const lost = async (): Promise<void> => {
  await stopped();
  await onQueue((q) => q.obliterate({ force: true }));
  await onQueue((q) => q.resume());
};

/** Disables robots.txt, whose request would count towards the rate limit. */
const rateLimit =
  (requestsPerMinute: number) =>
  ({ settings, ...wiring }: Wiring): Wiring => ({
    ...wiring,
    settings: { ...settings, http: { ...settings.http, robots: false } },
    sources: wiring.sources.map((s) => ({ ...s, requestsPerMinute })),
  });
const answered = async () =>
  (await h.query('SELECT count(*)::int AS n FROM harvest_request WHERE document_hash IS NOT NULL'))[0]
    .n as number;
/** Whether the next request was refused and waits: until then there is nothing to promote. */
const waiting = async () => (await onQueue((q) => q.getDelayedCount())) > 0;
const usedUp = (rateLimit: number) =>
  until('the pace to be used up', async () => (await answered()) === rateLimit && (await waiting()));

describe('a run whose jobs are lost', () => {
  it('is taken up again by the next tick, where it stood', async () => {
    h = await Harvesting.start({ bullmq: true, adjust: rateLimit(3) });
    await usedUp(3);
    const { run } = await h.source();
    await lost();
    await h.query('UPDATE source_rate_limit SET points = -1000');
    await h.tick();
    expect(await h.ended()).toMatchObject({ id: run.id, state: 'accepted', counts: { calls: 360 } });
    expect(await h.query('SELECT id FROM harvest_run')).toHaveLength(1);
    expect(await answered()).toBe(REQUESTS);
    expect(h.portal.requests()).toBe(REQUESTS);
  });

  it('and was being judged is judged', async () => {
    h = await Harvesting.start({ bullmq: true });
    await h.ended();
    await h.query("UPDATE harvest_run SET state = 'judging', ended_at = NULL, counts = NULL");
    await h.tick();
    expect(await h.ended()).toMatchObject({ state: 'accepted', counts: { calls: 360, new: 0, changed: 0 } });
  });
});

describe('a run that stands still', () => {
  it('is given up after its time, and the next begins when the source is due', async () => {
    h = await Harvesting.start({ bullmq: true, adjust: rateLimit(3) });
    await usedUp(3);
    const { run } = await h.source();
    await lost();
    h.clock.move({ minutes: 29 });
    await h.tick();
    expect((await h.source()).run).toMatchObject({ id: run.id, state: 'reading' });
    // The tick created its requests again, and the rate limit delayed them: clear that as well.
    await lost();
    await h.query('UPDATE harvest_run SET waits_until = NULL');
    h.clock.move({ minutes: 2 });
    await h.tick();
    // The machine may have been off in between, so the failure says nothing about the source.
    expect(await h.source()).toMatchObject({
      state: 'new',
      reason: null,
      run: { id: run.id, state: 'failed', reason: 'nothing came for 30 minutes, and the run was given up' },
    });
    await onQueue((q) => q.obliterate({ force: true }));
    await h.query('UPDATE source_rate_limit SET points = -1000');
    h.clock.move({ minutes: 6 });
    await h.tick();
    const next = await h.ended();
    expect(next).toMatchObject({ state: 'accepted', counts: { calls: 360 } });
    expect(next.id).not.toBe(run.id);
  });

  it('is not one that its host makes wait for longer', async () => {
    h = await Harvesting.start({ bullmq: true, adjust: rateLimit(3) });
    await usedUp(3);
    const { run } = await h.source();
    // As if the host's robots.txt asked for an hour between requests.
    await h.query('UPDATE harvest_run SET waits_until = $1', [
      new Date(h.clock.now().getTime() + 60 * 60_000),
    ]);
    // A job being postponed would record its wait by the old time.
    await stopped();
    h.clock.move({ minutes: 85 });
    await h.tick();
    expect((await h.source()).run).toMatchObject({ id: run.id, state: 'reading' });
    h.clock.move({ minutes: 6 });
    await h.tick();
    expect((await h.source()).run).toMatchObject({ id: run.id, state: 'failed' });
  });

  it('is not one that is only slow: each document is a sign of life', async () => {
    h = await Harvesting.start({ bullmq: true, adjust: rateLimit(3) });
    await usedUp(3);
    h.clock.move({ minutes: 20 });
    await h.query('UPDATE source_rate_limit SET points = 2');
    await onQueue((q) => q.promoteJobs());
    await until('one more document', async () => (await answered()) === 4);
    h.clock.move({ minutes: 20 });
    await h.tick();
    expect((await h.source()).run.state).toBe('reading');
  });
});

describe('the pace of a source', () => {
  it('makes requests wait, which is no failure', async () => {
    h = await Harvesting.start({ bullmq: true, adjust: rateLimit(4) });
    await usedUp(4);
    for (const job of await onQueue((q) => q.getDelayed())) {
      expect(job.attemptsMade).toBe(0);
      expect(job.delay).toBeGreaterThan(1_000);
      expect(job.delay).toBeLessThanOrEqual(60_000);
    }
    expect(h.portal.requests()).toBe(4);
    expect((await h.source()).run).toMatchObject({ state: 'reading', reason: null });
    for (let minute = 1; 4 * minute < REQUESTS; minute += 1) {
      await until('the next request to wait', waiting);
      await h.query('DELETE FROM source_rate_limit');
      await until('the next documents', async () => {
        // Repeatedly: a request refused before its slot was free may be delayed only after the others were
        // promoted.
        await onQueue((q) => q.promoteJobs());
        return (await answered()) >= Math.min(REQUESTS, 4 + 4 * minute);
      });
    }
    expect(await h.ended()).toMatchObject({ state: 'accepted' });
  });
});

describe('two processes on one database', () => {
  it('make one harvest of it, store each call once, and send each mail once', async () => {
    h = await Harvesting.start({ bullmq: true, working: false });
    await withContacts(h, 'list', [{ name: 'Anne', email: 'anne@example.fr', language: 'en' }]);
    await withContacts(h, 'leti', [{ name: 'Ben', email: 'ben@example.fr', language: 'en' }]);
    const first = h;
    [h, second] = await Promise.all([
      Harvesting.start({ bullmq: true, beside: first }),
      Harvesting.start({ bullmq: true, beside: first }),
    ]);
    const [a, b] = [h, second];
    await a.ended();
    await a.matched();
    await until('both mails', async () => {
      await Promise.all([a.tick(), b.tick()]);
      return (await a.query("SELECT id FROM notification WHERE state = 'sent'")).length === 2;
    });
    await Promise.all([a.tick(), b.tick()]);
    expect(await a.query('SELECT state FROM harvest_run')).toEqual([{ state: 'accepted' }]);
    expect(
      await a.query(
        "SELECT count(*)::int AS n, count(DISTINCT content->>'reference')::int AS distinct, max(version) AS version FROM call",
      ),
    ).toEqual([{ n: 360, distinct: 360, version: 1 }]);
    expect(a.portal.requests()).toBe(REQUESTS);
    expect(await a.query('SELECT profile_id, attempts FROM notification ORDER BY 1')).toEqual([
      { profile_id: 'leti', attempts: 1 },
      { profile_id: 'list', attempts: 1 },
    ]);
    expect([a, b].flatMap((x) => (existsSync(x.outbox) ? readdirSync(x.outbox) : []))).toHaveLength(2);
    await b.stop();
    second = first;
  });
});

describe('documents', () => {
  it("stand in the order of their answers, though one machine's clock is behind", async () => {
    h = await Harvesting.start({ bullmq: true, working: false });
    const runs = h.test.app.get(RunRepository);
    const { run } = await runs.begin('funding-tenders', h.clock.now());
    const request = (key: string) => ({ key, path: '/', method: 'GET' as const, headers: {}, body: null });
    const planned = await runs.advance(run.id, () =>
      Promise.resolve({ scan: 1, requests: ['b', 'c', 'a'].map(request) }),
    );
    const ids = new Map(
      (planned as { fetch: { id: string; key: string }[] }).fetch.map((r) => [r.key, r.id]),
    );
    await runs.answered(ids.get('b')!, 'hash', new Date('2026-05-06T11:00:00Z'));
    await runs.answered(ids.get('c')!, 'hash', new Date('2026-05-06T10:00:00Z'));
    await runs.answered(ids.get('a')!, 'hash', new Date('2026-05-06T10:00:00Z'));
    expect((await runs.requests(run.id)).map((r) => r.key)).toEqual(['b', 'c', 'a']);
  });
});
