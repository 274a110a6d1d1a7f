import {
  digestDate,
  digesting,
  files,
  harvested,
  outbox,
  PROFILE,
  settled,
  welcomed,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { Queues, job } from '../../../src/platform/queue/job.js';
import { worked } from '../../support/until.js';
import { PLAN } from '../../../src/notifications/plan.job.js';
import { NOTIFY } from '../../../src/notifications/notify.job.js';

/**
 * The best match, announced in the first mail; one that existed but was not announced; one that does not
 * match.
 */
const [BEST, STOOD, FOREIGN] = ['90000024TOPICSen', '90000008TOPICSen', '90000001TOPICSen'] as const;
const LATE = '2026-12-01T17:00:00.000+0100';

let h: Harvesting;
beforeAll(async () => {
  h = await Harvesting.start({ copies: 1, adjust: digesting({ first: 1, maxItems: 3 }) });
  h.portal.deadline(BEST, LATE);
  h.portal.deadline(STOOD, LATE);
  await welcomed(h);
});
afterAll(() => h?.stop());

const titles = (mail: { calls: { title: string }[] }): string[] => mail.calls.map((c) => c.title);
const titleOf = (reference: string): string => h.portal.find(reference).metadata['title']![0]!;
/** Returns the text of a mail without its line wrapping. */
const textOf = async (messageId: string): Promise<string> =>
  (await files(h)).find((m) => m.messageId === `<${messageId}>`)!.text!.replace(/\s+/g, ' ');
const like = (name: string): string => {
  const reference = h.portal.addLike(BEST, name);
  h.portal.deadline(reference, LATE);
  return reference;
};

describe('the digest', () => {
  it('the first mail told the best; the rest of what stood there is the baseline', async () => {
    const [mail] = await outbox(h);
    expect(titles(mail!)).toEqual([titleOf(BEST)]);
  });

  it('where nothing is new there is no mail, and the date is done with', async () => {
    const [weak] = await h.query(
      `SELECT call.content->>'reference' AS reference FROM match m JOIN call ON call.id = m.call_id WHERE m.profile_id = '${PROFILE}' AND m.score < 25 ORDER BY m.score DESC LIMIT 1`,
    );
    h.portal.deadline(h.portal.addLike(weak.reference, 'a little'), LATE);
    await harvested(h);
    await digestDate(h, '2026-05-11T05:00:00Z');
    expect(await outbox(h)).toHaveLength(1);
    expect((await h.query('SELECT last_slot_at FROM recipient'))[0].last_slot_at).toEqual(
      new Date('2026-05-11T05:00:00Z'),
    );
  });

  it('does not come before its date', async () => {
    h.clock.set('2026-05-18T04:59:00Z');
    like('new-1');
    h.portal.addLike(FOREIGN, 'foreign');
    h.portal.deadline(BEST, '2026-11-17T17:00:00.000+0100');
    h.portal.deadline(STOOD, '2026-11-20T17:00:00.000+0100');
    await harvested(h);
    await h.tick();
    await worked();
    expect(await outbox(h)).toHaveLength(1);
  });

  it('tells what is new as new; a told call and one of the baseline as changed, each with what changed', async () => {
    await digestDate(h, '2026-05-18T05:00:00Z');
    const mail = (await settled(h, 2)).at(-1)!;
    expect(mail).toMatchObject({ kind: 'digest', more: 0 });
    expect(mail.subject).toContain('1 new call, 2 changes');
    expect(new Set(titles(mail))).toEqual(
      new Set([`${titleOf(BEST)}, new-1`, titleOf(BEST), titleOf(STOOD)]),
    );
    const text = await textOf(mail.messageId);
    expect(text).toMatch(
      /Deadline: 17 November 2026, 17:00 \(Brussels\), 14 days earlier \(before: 1 December 2026, 17:00 \(Brussels\)\)/,
    );
    expect(text).toMatch(
      /Deadline: 20 November 2026, 17:00 \(Brussels\), 11 days earlier \(before: 1 December/,
    );
    expect(text).not.toContain('foreign');
    // Weaker matches are listed below and not counted, those from before a date without a digest too.
    expect(text.split('Also published, at a glance')[1]).toContain('a little');
    expect(text.split('Also published, at a glance')[0]).not.toContain('a little');
  });

  it('a job that comes late or twice sends nothing', async () => {
    like('new-2');
    await harvested(h);
    const [{ id: recipientId }] = await h.query('SELECT id FROM recipient');
    await h.test.app.get(Queues).add([job(PLAN, { recipientId }), job(NOTIFY, { recipientId })]);
    await worked();
    expect(await outbox(h)).toHaveLength(2);
    expect((await h.query('SELECT last_slot_at FROM recipient'))[0].last_slot_at).toEqual(
      new Date('2026-05-18T05:00:00Z'),
    );
  });

  it('shows so many at most and says how many more; they come in the next, none lost and none twice', async () => {
    ['new-3', 'new-4', 'new-5', 'new-6'].forEach(like);
    await harvested(h);
    // Drawn from the calls that were not announced; the first digest after that mentions it.
    await h.query(
      `INSERT INTO recall_sample (profile_id, month, call_id, stratum, stratum_size, drawn_at)
         SELECT '${PROFILE}', '2026-05', id, 'far', 2, '2026-05-20T22:00:00Z' FROM call WHERE content->>'reference' = '${FOREIGN}'`,
    );
    await digestDate(h, '2026-05-25T05:00:00Z');
    const third = (await settled(h, 3)).at(-1)!;
    expect(third).toMatchObject({ more: 2 });
    expect(third.calls).toHaveLength(3);
    expect(await textOf(third.messageId)).not.toContain('a little');
    expect(await textOf(third.messageId)).toContain('2 more calls fit and wait for the next message.');
    expect(await textOf(third.messageId)).toMatch(
      new RegExp(
        `Should we have told you\\?.*1 open call that we did not announce.*/institutes/${PROFILE}/untold`,
      ),
    );
    await digestDate(h, '2026-06-01T05:00:00Z');
    const fourth = (await settled(h, 4)).at(-1)!;
    expect(await textOf(fourth.messageId)).not.toContain('/untold');
    expect(fourth).toMatchObject({ more: 0 });
    expect([...titles(third), ...titles(fourth)].sort()).toEqual(
      [2, 3, 4, 5, 6].map((n) => `${titleOf(BEST)}, new-${n}`),
    );
    await digestDate(h, '2026-06-08T05:00:00Z');
    expect(await outbox(h)).toHaveLength(4);
  });

  it('what changed and is back as it was is no news', async () => {
    const [told, stood] = [titleOf(BEST), titleOf(STOOD)];
    // Words are only added, so they match as before.
    h.portal.title(BEST, `${told}, for an hour`);
    h.portal.title(STOOD, `${stood}, for an hour`);
    await harvested(h);
    h.portal.title(BEST, told);
    h.portal.title(STOOD, stood);
    await harvested(h);
    await digestDate(h, '2026-06-15T05:00:00Z');
    expect(await outbox(h)).toHaveLength(4);
  });

  it('what is closed is never told, be it new or changed', async () => {
    h.portal.deadline(like('closes'), '2026-06-20T17:00:00.000+0200');
    h.portal.deadline(STOOD, '2026-06-19T17:00:00.000+0200');
    await harvested(h);
    await digestDate(h, '2026-06-22T05:00:00Z');
    expect(await outbox(h)).toHaveLength(4);
  });

  it('a call that is missing from the portal is not told as news by that', async () => {
    h.portal.remove(h.portal.records.find((r) => r.metadata['title']![0]!.endsWith('new-1'))!.reference);
    await harvested(h);
    await digestDate(h, '2026-06-29T05:00:00Z');
    expect(await outbox(h)).toHaveLength(4);
  });

  it('a deadline brought forward that has been extended since is told by where it stands now', async () => {
    h.portal.deadline(BEST, '2026-11-10T17:00:00.000+0100');
    await harvested(h);
    h.portal.deadline(BEST, LATE);
    await harvested(h);
    await digestDate(h, '2026-07-06T05:00:00Z');
    const text = await textOf((await settled(h, 5)).at(-1)!.messageId);
    expect(text).toMatch(/Deadline: 1 December 2026, 17:00 \(Brussels\), 14 days later/);
    expect(text).not.toContain('brought forward');
  });
});
