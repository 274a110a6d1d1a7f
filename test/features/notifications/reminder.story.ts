import {
  digestDate,
  digesting,
  harvested,
  outbox,
  PROFILE,
  settled,
  textOf,
  welcomed,
} from '../../support/institutes/contacts.js';
import { Verdicts } from '../../../src/decisions/verdicts.js';
import { Harvesting } from '../../support/harvest/harvest.js';

const [BEST, FOREIGN] = ['90000024TOPICSen', '90000001TOPICSen'] as const;

let h: Harvesting;
beforeAll(async () => {
  h = await Harvesting.start({
    copies: 1,
    adjust: digesting({ first: 1 }, { urgent: false, deadlineDays: [30] }),
  });
  await welcomed(h);
});
afterAll(() => h?.stop());

const keys = async (notification: string): Promise<string[]> =>
  (
    await h.query<{ key: string }>(
      'SELECT split_part(key, $2, 1) AS key FROM notification_item WHERE notification_id = $1 ORDER BY 1',
      [notification, '/'],
    )
  ).map((r) => r.key);

const study = (reference: string | undefined) =>
  h.query(
    `INSERT INTO review (profile_id, call_id, verdict, verdict_by, verdict_at, verdict_version) SELECT $1, id, 'study', 'Anne', now(), 1 FROM call WHERE content->>'reference' = $2`,
    [PROFILE, reference],
  );
const begin = (reference: string | undefined, stage: string) =>
  h.query(
    `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, currency, partners, documents, milestones, tasks, created_at, updated_at, deadline_at)
     SELECT gen_random_uuid(), $1, id, $3, now(), 'EUR', '{}', '[]', '[]', '[]', now(), now(), (deadlines->0->>'at')::timestamptz FROM call WHERE content->>'reference' = $2`,
    [PROFILE, reference, stage],
  );
const digest = async (slot: string): Promise<string> => {
  const before = (await outbox(h)).length;
  await digestDate(h, slot);
  const sent = (await settled(h, (await outbox(h)).length)).slice(before);
  return sent[0] ? `${sent[0].subject}\n${(await textOf(h, sent[0])).replace(/\s+/g, ' ')}` : '';
};

describe('a call that has changed, of which a deadline comes near too', () => {
  it('is told in the digest, and its deadline is not told again', async () => {
    const near = h.portal.addLike(BEST, 'near');
    h.portal.deadline(near, '2026-06-20T17:00:00.000+0200');
    await harvested(h);
    await digestDate(h, '2026-05-11T05:00:00Z');
    expect((await settled(h, 2)).at(-1)!.calls).toMatchObject([{ title: expect.stringMatching(/near$/) }]);
    h.portal.title(near, 'Another title');
    await harvested(h);
    await digestDate(h, '2026-05-18T05:00:00Z');
    const digest = (await settled(h, 3)).at(-1)!;
    expect(digest).toMatchObject({ kind: 'digest', calls: [{ title: 'Another title' }] });
    expect(await keys(digest.id)).toEqual(['change', 'deadline']);
  });
});

describe('a call that was never announced, as it fits too little', () => {
  it('is told when its deadline comes near or it changes, if the institute studies it or prepares a bid that is neither submitted nor given up', async () => {
    const near = (name: string): string => {
      const reference = h.portal.addLike(FOREIGN, name);
      h.portal.deadline(reference, '2026-06-26T17:00:00.000+0200');
      return reference;
    };
    const [studied, bid, submitted, dropped] = ['studied', 'bid', 'submitted', 'dropped'].map(near);
    near('other');
    await harvested(h);
    await study(studied);
    await begin(bid, 'preparing');
    await begin(submitted, 'submitted');
    await study(dropped);
    await begin(dropped, 'no-go');
    await digestDate(h, '2026-05-25T05:00:00Z');
    const digest = (await settled(h, 4)).at(-1)!;
    const text = await textOf(h, digest);
    expect(
      ['studied', 'bid', 'submitted', 'dropped', 'other'].filter((name) => text.includes(`, ${name}`)),
    ).toEqual(['studied', 'bid']);
    for (const [reference, title] of [
      [studied, 'Studied anew'],
      [dropped, 'Dropped anew'],
    ])
      h.portal.title(reference!, title!);
    await harvested(h);
    await digestDate(h, '2026-06-01T05:00:00Z');
    const next = await textOf(h, (await settled(h, 5)).at(-1)!);
    expect(['Studied anew', 'Dropped anew'].filter((title) => next.includes(title))).toEqual([
      'Studied anew',
    ]);
  });
});

describe('a call that was announced and whose bid was given up, submitted or rejected', () => {
  it('is told again as its extended deadline comes near, or its second stage, only where there is something to do', async () => {
    const close = (reference: string, ...days: string[]): void =>
      h.portal.deadline(reference, ...days.map((day) => `${day}T17:00:00.000+0200`));
    const names = ['goes on', 'stopped', 'resumed', 'sent', 'outlined', 'lost'];
    const calls = names.map((name) => h.portal.addLike(BEST, name));
    const [extended, staged] = [calls.slice(0, 4), calls.slice(4)];
    for (const reference of extended) close(reference, '2026-07-20');
    for (const reference of staged) {
      const [actions] = h.portal.find(reference).metadata['actions']!;
      h.portal.edit(reference, { actions: [actions!.replaceAll('single-stage', 'two-stage')] });
      close(reference, '2026-06-12', '2026-07-23');
    }
    await harvested(h);
    await digest('2026-06-08T05:00:00Z');
    const stages = ['preparing', 'no-go', 'no-go', 'submitted', 'submitted', 'rejected'];
    for (const [i, stage] of stages.entries()) await begin(calls[i], stage);
    await study(calls[2]);
    for (const reference of extended) close(reference, '2026-07-23');
    await harvested(h);
    expect(await digest('2026-06-15T05:00:00Z')).toContain(', stopped');
    const reminded = await digest('2026-06-22T05:00:00Z');
    expect(names.filter((name) => reminded.includes(`, ${name}`))).toEqual([
      'goes on',
      'resumed',
      'outlined',
    ]);
  });
});

describe('a call that was put off', () => {
  const BACK = 'put off by Carnot Énergies du futur until';

  it('is told once when it is due again, until it is put off anew, and not when decided or over', async () => {
    const far = (name: string, at: string): void =>
      h.portal.deadline(h.portal.addLike(FOREIGN, name), `${at}T17:00:00.000+0200`);
    far('waits', '2027-02-26');
    far('settled', '2027-02-26');
    far('short', '2026-09-04');
    await harvested(h);
    const ids = new Map(
      (await h.query(`SELECT id, content->>'title' AS title FROM call`)).map((c) => [
        c.title.split(', ').at(-1),
        c.id,
      ]),
    );
    const decide = (name: string, verdict: 'later' | 'relevant', until: string | null) =>
      h.test.app
        .get(Verdicts)
        .decide({ name: 'Anne', personId: null }, PROFILE, ids.get(name), { verdict, reason: null, until });
    await decide('waits', 'later', '2026-07-08');
    await decide('settled', 'later', '2026-07-08');
    await decide('short', 'later', '2026-12-31');
    await decide('settled', 'relevant', null);
    expect(await digest('2026-06-29T05:00:00Z')).not.toContain(BACK);
    // The next digest would come after its day.
    const told = await digest('2026-07-06T05:00:00Z');
    expect(told).toMatch(/^Carnot Europe: 1 call back for a decision for/);
    expect(told).toContain('a call that was put off is back');
    expect(told).toContain('26 February 2027');
    expect(told).toContain(`${BACK} 8 July 2026`);
    expect(await digest('2026-07-13T05:00:00Z')).not.toContain(BACK);
    await decide('waits', 'later', '2026-08-04');
    expect(await digest('2026-08-03T05:00:00Z')).toContain(`${BACK} 4 August 2026`);
    // It closes before the day until which it was put off, at the end of the next week.
    expect(await digest('2026-08-24T05:00:00Z')).toContain(`${BACK} 31 December 2026`);
  });
});
