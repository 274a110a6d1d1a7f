import { randomUUID } from 'node:crypto';
import {
  FollowRepository,
  RecipientRepository,
} from '../../../src/notifications/store/recipient.repository.js';
import {
  ANNE,
  BEN,
  digestDate,
  digesting,
  harvested,
  outbox,
  PROFILE,
  settled,
  textOf,
  welcomed,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { until } from '../../support/until.js';

/** The profile's best match, another match, and a call that does not match. */
const [BEST, STOOD, FOREIGN] = ['90000024TOPICSen', '90000008TOPICSen', '90000001TOPICSen'] as const;
const LATE = '2026-12-01T17:00:00.000+0100';

let h: Harvesting;
const get = <T>(of: abstract new (...args: never[]) => T): T => h.test.app.get(of, { strict: false });
const idOf = async (reference: string): Promise<string> =>
  (await h.query("SELECT id FROM call WHERE content->>'reference' = $1", [reference]))[0].id;

beforeAll(async () => {
  h = await Harvesting.start({
    copies: 1,
    adjust: digesting({ first: 1 }, { urgent: true, dailyLimit: 4, deadlineDays: [14, 7] }),
  });
  for (const reference of [BEST, STOOD, FOREIGN]) h.portal.deadline(reference, LATE);
  await welcomed(h);
});
afterAll(() => h?.stop());

/** Returns the messages after the first `n`, without waiting for any that may never come. */
const behind = async (n: number) => (await outbox(h)).slice(n);
const settledAt = async (n: number) => (await settled(h, n)).at(-1)!;
/** Waits until all events are planned and no urgent message is pending. */
const decided = () =>
  until('all to be decided', async () => {
    await h.tick();
    const [row] = await h.query(
      `SELECT (SELECT count(*) FROM recipient WHERE planned_seq < (SELECT max(seq) FROM event)) + (SELECT count(*) FROM notification_item WHERE state = 'waiting' AND place = 'now') AS n`,
    );
    return Number(row.n) === 0;
  });

describe('what cannot wait', () => {
  it('is told at once: a deadline brought forward, of a call that was told and of one that stood there before', async () => {
    h.portal.deadline(BEST, '2026-11-17T17:00:00.000+0100');
    h.portal.deadline(STOOD, '2026-11-20T17:00:00.000+0100');
    h.portal.deadline(FOREIGN, '2026-11-20T17:00:00.000+0100');
    await harvested(h);
    const mail = await settledAt(2);
    expect(mail.kind).toBe('urgent');
    expect(mail.calls.map((c) => c.id).sort()).toEqual([await idOf(BEST), await idOf(STOOD)].sort());
  });

  it('once, however often is looked and harvested', async () => {
    await harvested(h);
    await decided();
    expect(await outbox(h)).toHaveLength(2);
  });

  it('not an extension long before the deadline: it waits for the digest', async () => {
    h.portal.deadline(BEST, LATE);
    await harvested(h);
    await decided();
    expect(await outbox(h)).toHaveLength(2);
    expect(await h.query("SELECT place, urgency FROM notification_item WHERE state = 'waiting'")).toEqual([
      { place: 'digest', urgency: null },
    ]);
  });

  it('and what waits of the same call goes with it, so that no digest tells a part of it again', async () => {
    h.portal.deadline(BEST, '2026-11-24T17:00:00.000+0100');
    await harvested(h);
    await decided();
    const [mail] = await behind(2);
    expect(mail).toMatchObject({ kind: 'urgent', calls: [{ id: await idOf(BEST) }] });
    expect(await h.query("SELECT 1 FROM notification_item WHERE state = 'waiting'")).toEqual([]);
  });

  it('above the ceiling of the day waits for the digest, which says so', async () => {
    const forward = async (at: string) => {
      h.portal.deadline(STOOD, at);
      await harvested(h);
      await decided();
    };
    await forward('2026-11-19T17:00:00.000+0100');
    expect(await behind(3)).toMatchObject([{ kind: 'urgent' }]);
    await forward('2026-11-18T17:00:00.000+0100');
    expect(await behind(4)).toEqual([]);
    await digestDate(h, '2026-05-11T05:00:00Z');
    const digest = await settledAt(5);
    expect(digest).toMatchObject({ kind: 'digest' });
    expect(digest.calls.map((c) => c.id).sort()).toEqual([await idOf(STOOD)]);
    const text = await textOf(h, digest);
    expect(text.replace(/\s+/g, ' ')).toMatch(/held back by your daily limit of 4 messages/i);
  });

  it('a strong match with little time left, as one message with its sisters', async () => {
    for (const name of ['soon-1', 'soon-2', 'soon-3', 'soon-4'])
      h.portal.deadline(h.portal.addLike(BEST, name), '2026-05-28T17:00:00.000+0200');
    await harvested(h);
    await decided();
    const [mail, ...others] = await behind(5);
    expect(mail!.kind).toBe('urgent');
    expect(mail!.calls.map((c) => c.title.split(', ').at(-1)).sort()).toEqual([
      'soon-1',
      'soon-2',
      'soon-3',
      'soon-4',
    ]);
    expect(others).toEqual([]);
  });

  it('its deadline is told again when it comes near, where it fits still and the institute has not said no', async () => {
    const called = (name: string) => `(SELECT id FROM call WHERE content->>'title' LIKE '%${name}')`;
    await h.query(
      `INSERT INTO review (profile_id, call_id, verdict, reason, verdict_by, verdict_at, verdict_version) VALUES ($1, ${called('soon-4')}, 'not', 'capacity', 'Anne', now(), 1)`,
      [PROFILE],
    );
    await h.query(`UPDATE match SET score = 24 WHERE call_id = ${called('soon-3')}`);
    await digestDate(h, '2026-05-18T05:00:00Z');
    const digest = await settledAt(7);
    expect(digest).toMatchObject({ kind: 'digest', calls: [] });
    const text = await textOf(h, digest);
    expect(text).toMatch(/soon-1[\s\S]*soon-2|soon-2[\s\S]*soon-1/);
    expect(text).not.toMatch(/soon-[34]/);
    await digestDate(h, '2026-05-25T05:00:00Z');
    expect(await behind(7)).toEqual([]);
  });
});

describe('who follows', () => {
  const now = () => h.clock.now();
  let ben: string;

  it('a group is told of what fits a member, and why', async () => {
    const recipient = await get(RecipientRepository).ensure({
      id: randomUUID(),
      channel: 'email',
      owner: '',
      address: BEN.email,
      name: BEN.name,
      language: 'en',
      profileId: null,
      token: 't'.repeat(32),
      linkKey: 'k'.repeat(32),
      since: now(),
      lastDigestDueAt: now(),
    });
    ben = recipient.id;
    await get(FollowRepository).begin({
      recipientId: ben,
      kind: 'group',
      target: 'energy',
      origin: 'own',
      since: now(),
    });
    await decided();
    const first = await settledAt(8);
    expect(first).toMatchObject({ kind: 'first', to: { address: BEN.email }, profile: null });
    h.portal.deadline(BEST, '2026-11-03T17:00:00.000+0100');
    await harvested(h);
    await decided();
    const both = (await behind(8)).filter((m) => m.kind === 'urgent');
    expect(both.map((m) => m.to.address).sort()).toEqual([ANNE.email, BEN.email]);
    const bens = both.find((m) => m.to.address === BEN.email)!;
    expect(await textOf(h, bens)).toMatch(/Energy/);
  });

  it('a single call is told of its changes, whether it fits or not', async () => {
    await get(FollowRepository).begin({
      recipientId: ben,
      kind: 'call',
      target: await idOf(FOREIGN),
      origin: 'own',
      since: now(),
    });
    const before = (await outbox(h)).length;
    h.portal.deadline(FOREIGN, '2026-11-01T17:00:00.000+0100');
    await harvested(h);
    await decided();
    expect(await behind(before)).toMatchObject([
      { kind: 'urgent', to: { address: BEN.email }, calls: [{ id: await idOf(FOREIGN) }] },
    ]);
  });

  it('in a pause hears nothing, and then all of it in one digest', async () => {
    await get(RecipientRepository).change(ben, { pausedUntil: new Date('2026-06-10T08:00:00Z') });
    const before = (await outbox(h)).length;
    h.portal.deadline(FOREIGN, '2026-10-25T17:00:00.000+0100');
    await harvested(h);
    await h.tick();
    h.clock.set('2026-06-10T07:59:00Z');
    await h.tick();
    expect((await behind(before)).filter((m) => m.to.address === BEN.email)).toEqual([]);
    h.clock.set('2026-06-10T08:00:30Z');
    await until('the digest behind the pause', async () => {
      await h.tick();
      return (await behind(before)).some((m) => m.to.address === BEN.email);
    });
    expect((await behind(before)).filter((m) => m.to.address === BEN.email)).toMatchObject([
      { kind: 'digest', calls: [{ id: await idOf(FOREIGN) }] },
    ]);
  });

  it('is told at once again of what was given up, dropped and then planned anew', async () => {
    const all = await outbox(h);
    const given = all.findLast((m) => m.kind === 'urgent' && m.to.address === ANNE.email)!;
    await h.query("UPDATE notification SET state = 'failed', given_up_at = now() WHERE id = $1", [given.id]);
    await h.query(
      "UPDATE notification_item SET state = 'waiting', place = 'now' WHERE notification_id = $1 AND kind = 'change'",
      [given.id],
    );
    await decided();
    expect(await behind(all.length)).toMatchObject([
      { kind: 'urgent', to: { address: ANNE.email }, calls: [{ id: await idOf(BEST) }] },
    ]);
  });
});
