import type { Profile } from '../../../src/profiles/domain/profile.js';
import {
  digestDate,
  digesting,
  harvested,
  outbox,
  PROFILE,
  welcomed,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { serviceKey } from '../../support/access/people.js';
import { until } from '../../support/until.js';

/** The profile's best match, announced in the first mail, and one that existed but was not. */
const [BEST, STOOD] = ['90000024TOPICSen', '90000008TOPICSen'] as const;
const LATE = '2026-12-01T17:00:00.000+0100';

let h: Harvesting;
beforeAll(async () => {
  h = await Harvesting.start({
    copies: 1,
    adjust: digesting({ first: 1, maxItems: 3 }, { urgent: true, dailyLimit: 3, deadlineDays: [30, 20] }),
  });
  for (const reference of [BEST, STOOD]) h.portal.deadline(reference, LATE);
  // Many other calls are open, so words shared by several copies of the best match stay rare.
  for (const { reference } of [...h.portal.records])
    if (reference !== BEST && reference !== STOOD)
      for (const name of ['beside', 'besides']) h.portal.addLike(reference, name);
  await welcomed(h);
});
afterAll(() => h?.stop());

const saved = async (): Promise<Profile> => (await h.call<Profile>(`/v1/profiles/${PROFILE}`)).body;
/** As the institute's own people are told, whose decisions count. */
const preview = async (draft: object) => {
  const token = await serviceKey(h.test, 'write', PROFILE);
  return (await h.call(`/v1/profiles/${PROFILE}/preview`, { method: 'POST', token, body: draft })).body
    .messages;
};
const like = (name: string, deadline = LATE): void =>
  h.portal.deadline(h.portal.addLike(BEST, name), deadline);
/** Waits until all events are planned and no urgent message is pending. */
const decided = () =>
  until('all to be decided', async () => {
    await h.tick();
    const [row] = await h.query(
      `SELECT (SELECT count(*) FROM recipient WHERE planned_seq < (SELECT max(seq) FROM event)) + (SELECT count(*) FROM notification_item WHERE state = 'waiting' AND place = 'now') AS n`,
    );
    return Number(row.n) === 0;
  });
const at = async (when: string, ...edits: (() => void)[]) => {
  h.clock.set(when);
  for (const edit of edits) edit();
  await harvested(h);
  await decided();
};

describe('how often a reader would have been written to', () => {
  it('is not known before a week has gone by', async () => {
    expect(await preview(await saved())).toBeNull();
  });

  it('is how often they were', async () => {
    // Words are only added, so matches stay matches.
    const [title, stood] = [BEST, STOOD].map((id) => h.portal.find(id).metadata['title']![0]!) as [
      string,
      string,
    ];
    await digestDate(h, '2026-05-11T05:00:00Z');
    await at(
      '2026-05-13T10:00:00Z',
      ...['new-1', 'new-2', 'new-3', 'new-4', 'new-5'].map((name) => () => like(name)),
    );
    // Three of them now, and two in the next digest.
    await digestDate(h, '2026-05-18T05:00:00Z');
    await at('2026-05-19T10:00:00Z', () => h.portal.title(BEST, `${title}, for an hour`));
    await digestDate(h, '2026-05-25T05:00:00Z');
    // Reverted changes are no news; an old call is announced when its deadline moves, at once if forward.
    await at(
      '2026-05-26T10:00:00Z',
      () => h.portal.title(BEST, title),
      () => h.portal.deadline(STOOD, '2026-11-20T17:00:00.000+0100'),
    );
    await digestDate(h, '2026-06-01T05:00:00Z');
    await digestDate(h, '2026-06-08T05:00:00Z');
    await at(
      '2026-06-09T10:00:00Z',
      () => like('soon', '2026-06-22T17:00:00.000+0200'),
      () => like('closes', '2026-06-14T17:00:00.000+0200'),
    );
    await digestDate(h, '2026-06-15T05:00:00Z');
    await at(
      '2026-06-16T10:00:00Z',
      () => like('over', '2026-06-20T17:00:00.000+0200'),
      () => h.portal.title(STOOD, `${stood}, once more`),
    );
    await digestDate(h, '2026-06-22T05:00:00Z');
    // The deadline of an announced call approaches.
    await at('2026-06-23T10:00:00Z', () => like('new-6', '2026-08-03T17:00:00.000+0200'));
    await digestDate(h, '2026-06-29T05:00:00Z');
    // Refused, it is news for those who see that alone while a bid is in progress.
    await h.query('UPDATE contact SET admitted_at = confirmed_at');
    const [call] = await h.query(`SELECT id FROM call WHERE content->>'title' = $1`, [`${stood}, once more`]);
    await h.query(
      `INSERT INTO review (profile_id, call_id, verdict, reason, verdict_by, verdict_at) VALUES ($1, $2, 'not', 'topic', 'Anne', $3)`,
      [PROFILE, call.id, h.clock.now()],
    );
    await h.query(
      `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, currency, partners, documents, milestones, tasks, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, 'preparing', $3, 'EUR', '{}', '[]', '[]', '[]', $3, $3)`,
      [PROFILE, call.id, h.clock.now()],
    );
    await at('2026-06-30T10:00:00Z', () => h.portal.title(STOOD, `${stood}, once again`));
    for (const slot of ['2026-07-06T05:00:00Z', '2026-07-13T05:00:00Z']) await digestDate(h, slot);
    h.clock.set('2026-07-15T12:00:00Z');
    await decided();
    const now = h.clock.now();
    const messages = await preview(await saved());
    const told = (await outbox(h)).filter(
      (m) => m.kind !== 'first' && Date.parse(m.createdAt) >= now.getTime() - messages.weeks * 7 * 86_400_000,
    );
    const count = (kind: string) => told.filter((m) => m.kind === kind).length;
    expect(messages).toMatchObject({
      weeks: 9,
      digests: count('digest'),
      urgent: count('urgent'),
      warnAbove: 5,
    });
    expect([count('digest'), count('urgent')]).toEqual([7, 3]);
    expect(messages.aWeek).toBeCloseTo(told.length / 9);
    expect(messages.before).toBe(messages.aWeek);
  });

  it('is less for a profile that nothing fits', async () => {
    const foreign = {
      ...(await saved()),
      competences: [
        {
          label: 'Byzantine liturgy',
          description: '',
          keywords: ['byzantine liturgy'],
          exclusions: [],
          weight: 1,
        },
      ],
    };
    // What is left is the change of the call with a bid.
    const { weeks, digests, urgent, before } = await preview(foreign);
    expect({ weeks, digests, urgent }).toEqual({ weeks: 9, digests: 1, urgent: 0 });
    expect(before).toBe((await preview(await saved())).aWeek);
  });
});
