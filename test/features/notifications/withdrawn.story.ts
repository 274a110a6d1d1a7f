import {
  digestDate,
  digesting,
  harvested,
  outbox,
  PROFILE,
  textOf,
  type Told,
  welcomed,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { until } from '../../support/until.js';

/** The call of the first message, and two that fit too little to be sent. */
const [TOLD, RELEVANT, BID] = ['90000024TOPICSen', '90000001TOPICSen', '90000002TOPICSen'] as const;
const LATE = '2026-12-01T17:00:00.000+0100';
const SOONER = '2026-11-17T17:00:00.000+0100';

let h: Harvesting;
const idOf = async (reference: string): Promise<string> =>
  (await h.query("SELECT id FROM call WHERE content->>'reference' = $1", [reference]))[0].id;
const found = async (reference: string, verdict = 'relevant'): Promise<unknown> =>
  h.query(
    `INSERT INTO review (profile_id, call_id, verdict, verdict_by, verdict_at, verdict_version) VALUES ($1, $2, $4, 'Anne', $3, 1)`,
    [PROFILE, await idOf(reference), h.clock.now(), verdict],
  );
const worked = async (reference: string): Promise<unknown> =>
  h.query(
    `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, currency, partners, documents, milestones, tasks, created_at, updated_at)
     VALUES (gen_random_uuid(), $1, $2, 'preparing', $3, 'EUR', '{}', '[]', '[]', '[]', $3, $3)`,
    [PROFILE, await idOf(reference), h.clock.now()],
  );

/** Reads the portal, and tells everybody what cannot wait. */
async function read(): Promise<void> {
  await harvested(h);
  await until('all to be decided', async () => {
    await h.tick();
    const [row] = await h.query(
      `SELECT (SELECT count(*) FROM recipient WHERE planned_seq < (SELECT max(seq) FROM event)) + (SELECT count(*) FROM notification_item WHERE state = 'waiting' AND place = 'now') AS n`,
    );
    return Number(row.n) === 0;
  });
}
/** Reads the portal five times in two days, and returns the messages so far after each reading. */
async function readForTwoDays(): Promise<Told[][]> {
  const before = (await outbox(h)).length;
  const told: Told[][] = [];
  for (let n = 0; n < 5; n++) {
    if (n) h.clock.move({ hours: 12 });
    await read();
    told.push((await outbox(h)).slice(before));
  }
  return told;
}

beforeAll(async () => {
  h = await Harvesting.start({
    copies: 1,
    adjust: digesting({ first: 1 }, { urgent: true, deadlineDays: [] }),
  });
  for (const reference of [TOLD, RELEVANT, BID]) h.portal.deadline(reference, LATE);
  await welcomed(h);
});
afterAll(() => h?.stop());

describe('a new call that was withdrawn before its digest', () => {
  it('is announced as new once its source shows it again', async () => {
    await digestDate(h, '2026-05-11T05:00:00Z');
    const fresh = h.portal.addLike('90000008TOPICSen', 'gone for a week');
    h.portal.deadline(fresh, LATE);
    await read();
    const gone = h.portal.remove(fresh);
    expect((await readForTwoDays())[4]).toEqual([]);
    await digestDate(h, '2026-05-18T05:00:00Z');
    expect(
      await h.query('SELECT state, why FROM notification_item WHERE call_id = $1', [await idOf(fresh)]),
    ).toEqual([{ state: 'dropped', why: 'the call was over before it could be told' }]);
    h.portal.add(...gone);
    await read();
    await digestDate(h, '2026-05-25T05:00:00Z');
    const mail = (await outbox(h)).at(-1)!;
    expect(mail).toMatchObject({ kind: 'digest', calls: [{ id: await idOf(fresh) }] });
    expect(mail.subject).toContain('1 new call');
  });
});

describe('a call that its source shows no more', () => {
  it('is told at once to who was told of it, decided it to be relevant or works on a bid, after five readings over two days', async () => {
    await found(RELEVANT);
    await worked(BID);
    // A bid was begun after all.
    await found(TOLD, 'not');
    await worked(TOLD);
    h.portal.remove(TOLD, RELEVANT, BID);
    const told = await readForTwoDays();
    expect(told.slice(0, 4)).toEqual([[], [], [], []]);
    expect(told[4]).toMatchObject([
      { kind: 'urgent', subject: expect.stringMatching(/\[Withdrawn\] .* and 2 more$/) },
    ]);
    expect(told[4]![0]!.calls.map(({ id }) => id).sort()).toEqual(
      (await Promise.all([TOLD, RELEVANT, BID].map(idOf))).sort(),
    );
    expect((await textOf(h, told[4]![0]!)).match(/its source stopped showing it/g)).toHaveLength(3);
  });

  it('or whose deadline is brought forward is told with both dates to who studies it, though its announcement still waits', async () => {
    const fresh = h.portal.addLike('90000008TOPICSen', 'decided at once, too');
    h.portal.deadline(fresh, LATE);
    await read();
    await found(fresh);
    const before = (await outbox(h)).length;
    h.portal.deadline(fresh, SOONER);
    await read();
    const [told] = (await outbox(h)).slice(before);
    expect(told).toMatchObject({ kind: 'urgent', calls: [{ id: await idOf(fresh) }] });
    expect(await textOf(h, told!)).toMatch(/Deadline: 17 November 2026.*before:\s+1 December 2026/s);
  });

  it('is told even if its announcement was still waiting when the institute decided on it', async () => {
    const fresh = h.portal.addLike('90000008TOPICSen', 'decided at once');
    h.portal.deadline(fresh, LATE);
    await read();
    expect(await h.query("SELECT kind, place FROM notification_item WHERE state = 'waiting'")).toEqual([
      { kind: 'call', place: 'digest' },
    ]);
    await found(fresh);
    h.portal.remove(fresh);
    expect((await readForTwoDays())[4]).toMatchObject([
      { kind: 'urgent', calls: [{ id: await idOf(fresh) }] },
    ]);
  });
});
