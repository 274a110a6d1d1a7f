import type { Wiring } from '../../../src/app/platform.module.js';
import type { EventView } from '../../../src/calls/api/change-views.js';
import { TOKEN } from '../../support/app.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { SecondSource, secondCall } from '../../support/harvest/second-source.js';

const [ONE, TWO, THREE, FOUR] = [
  '90000002TOPICSen',
  '90000012TOPICSen',
  '90000014TOPICSen',
  '90000018TOPICSen',
] as const;

let h: Harvesting;
let second: SecondSource;
beforeAll(async () => {
  second = await SecondSource.start();
  // A source growing from two calls to five in a day would be doubtful.
  const settings = (w: Wiring) => ({
    ...w.settings,
    harvest: { ...w.settings.harvest, maxShrink: 1, maxGrowth: 10 },
  });
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => ({ ...w, settings: settings(w), sources: [...w.sources, second.source] }),
  });
  await h.ended();
});
afterAll(async () => {
  await h?.stop();
  await second?.stop();
});

const identifier = (reference: string) => h.portal.find(reference).metadata['identifier']![0]!;
const day = (reference: string) => ({
  at: h.portal.find(reference).metadata['deadlineDate']![0]!.replace('+0000', 'Z'),
  timeTold: false,
});
const events = async (): Promise<{ items: EventView[]; total: number }> =>
  (await h.call('/v1/changes?limit=100')).body;
/** Returns the only call with this identifier, as the API shows it. */
async function call(topic: string): Promise<any> {
  const rows = await h.query(
    "SELECT DISTINCT call_id AS id FROM source_record WHERE content->>'identifier' = $1",
    [topic],
  );
  expect({ topic, calls: rows.length }).toEqual({ topic, calls: 1 });
  return (await h.call(`/v1/calls/${rows[0].id}`)).body;
}
/** Harvests both sources and returns the resulting events. */
async function after(
  hours: number,
  sources = ['funding-tenders', 'second'],
): Promise<{ told: string[]; items: EventView[] }> {
  const { total } = await events();
  h.clock.move({ hours });
  for (const id of sources) expect(await h.harvest(id)).toMatchObject({ state: 'accepted' });
  const now = await events();
  const items = now.items.slice(0, now.total - total);
  return { items, told: items.map((e) => `${e.source} ${e.kind}`) };
}
/**
 * Harvests until missing calls are dropped: five good runs over 48 hours. Returns the events of the last run
 * and checks that the others had none.
 */
async function untilGone(): Promise<string[]> {
  for (let i = 0; i < 4; i += 1) expect((await after(12)).told).toEqual([]);
  return (await after(12)).told;
}
const seenAt = (c: any) =>
  Object.fromEntries(
    c.seenAt.map((s: any) => [s.source, `${s.leads ? 'leads' : 'follows'}${s.goneAt ? ', gone' : ''}`]),
  );

describe('a call that two sources show', () => {
  it('is one call, and told of neither as new', async () => {
    const total = h.portal.records.length;
    second.put(secondCall('one', { identifier: identifier(ONE), deadlines: [day(ONE)] }), secondCall('own'));
    expect((await after(1)).told).toEqual([]);
    expect((await h.call('/v1/calls')).body.total).toBe(total + 1);
    const c = await call(identifier(ONE));
    expect(c).toMatchObject({
      dataSource: 'SEDIA',
      version: 1,
      seenAt: [
        {
          source: 'funding-tenders',
          leads: true,
          url: h.portal.find(ONE).url,
          goneAt: null,
          notSeenSince: null,
        },
        {
          source: 'second',
          leads: false,
          url: 'https://second.example/calls/one',
          goneAt: null,
          notSeenSince: null,
        },
      ],
    });
    for (const source of ['funding-tenders', 'second'])
      expect(
        (await h.call(`/v1/calls?limit=100&source=${source}`)).body.items.map((x: any) => x.id),
      ).toContain(c.id);
  });

  it('is also told once where it is new, whichever shows it first', async () => {
    const reference = h.portal.addLike(TWO, 'new');
    expect((await after(1, ['funding-tenders'])).told).toEqual(['funding-tenders new']);
    second.put(secondCall('new', { identifier: identifier(reference), deadlines: [day(reference)] }));
    expect((await after(1)).told).toEqual([]);
    expect(seenAt(await call(identifier(reference)))).toEqual({
      'funding-tenders': 'leads',
      second: 'follows',
    });
  });

  it('changes where the source that leads says so, once, whatever the other says', async () => {
    second.edit('one', { title: 'Quite another title for it' });
    expect((await after(1)).told).toEqual([]);
    h.portal.deadline(ONE, '2026-09-01T00:00:00.000+0000');
    second.edit('one', { deadlines: [day(ONE)] });
    const { told, items } = await after(1);
    expect(told).toEqual(['funding-tenders extended']);
    const bytes = await fetch(new URL(items[0]!.document.url, h.test.url), {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(await bytes.text()).toContain(identifier(ONE));
  });

  it('goes on as the other says where the first drops it, and nothing is told of that', async () => {
    const [gone] = h.portal.remove(ONE);
    const before = await call(second.calls[0]!.identifier!);
    expect(await untilGone()).toEqual([]);
    const c = await call(before.identifier);
    expect(c).toMatchObject({
      id: before.id,
      status: 'open',
      withdrawnAt: null,
      dataSource: 'SECOND',
      title: 'Quite another title for it',
      url: 'https://second.example/calls/one',
    });
    expect(seenAt(c)).toEqual({ 'funding-tenders': 'follows, gone', second: 'leads' });

    second.edit('one', { title: 'Quite another title for it now' });
    expect((await after(1)).told).toEqual(['second text']);
    // Once it is back, the first source leads again, and nothing in the call changes.
    h.portal.add(gone!);
    expect((await after(1)).told).toEqual([]);
    expect(seenAt(await call(before.identifier))).toEqual({ 'funding-tenders': 'leads', second: 'follows' });
    second.drop('one');
    expect(await untilGone()).toEqual([]);
    expect(await call(before.identifier)).toMatchObject({
      id: before.id,
      dataSource: 'SEDIA',
      status: 'open',
    });
    expect(seenAt(await call(before.identifier))).toEqual({
      'funding-tenders': 'leads',
      second: 'follows, gone',
    });
  });

  it('is withdrawn once, when the last of them has dropped it, and is back with the first that shows it again', async () => {
    // The second source has already dropped it.
    const topic = identifier(ONE);
    h.portal.remove(ONE);
    expect(await untilGone()).toEqual(['funding-tenders withdrawn']);
    expect(await call(topic)).toMatchObject({ status: 'withdrawn' });
    second.put(
      secondCall('one', {
        identifier: topic,
        deadlines: [{ at: '2026-09-01T00:00:00Z', timeTold: false }],
        title: 'In new words',
      }),
    );
    expect((await after(1)).told).toEqual(['second reappeared']);
    const c = await call(topic);
    expect(c).toMatchObject({ status: 'open', withdrawnAt: null, title: 'In new words' });
    expect(seenAt(c)).toEqual({ 'funding-tenders': 'follows, gone', second: 'leads' });
  });
});

describe('who leads', () => {
  it('is the publisher, to whose page the other sends its readers, and nothing is told of its taking over', async () => {
    const page = 'https://publisher.example/calls/joint-2026';
    second.put(secondCall('joint', { alsoAt: [page], title: 'A joint call on clean water and rivers' }));
    expect((await after(1)).told).toEqual(['second new']);
    const reference = h.portal.addLike(THREE, 'joint');
    h.portal.edit(reference, { url: [page] });
    expect((await after(1)).told).toEqual([]);
    const c = await call(identifier(reference));
    expect(c).toMatchObject({ dataSource: 'SEDIA', version: 2, url: page });
    expect(seenAt(c)).toEqual({ 'funding-tenders': 'leads', second: 'follows' });
  });
});

describe('the lead, and what is told of it', () => {
  it('passes on with another date as a change, and comes back with the one it has then', async () => {
    const reference = h.portal.addLike(TWO, 'lead');
    const topic = identifier(reference);
    expect((await after(1)).told).toEqual(['funding-tenders new']);
    second.put(secondCall('lead', { identifier: topic, deadlines: [day(reference)] }));
    expect((await after(1)).told).toEqual([]);
    // A follower's differing data becomes an event when it takes the lead, not before.
    second.edit('lead', { deadlines: [{ at: '2027-01-20T00:00:00Z', timeTold: false }] });
    expect((await after(1)).told).toEqual([]);
    const [gone] = h.portal.remove(reference);
    expect(await untilGone()).toEqual(['funding-tenders extended']);
    expect(await call(topic)).toMatchObject({ dataSource: 'SECOND', status: 'open' });
    h.portal.add(gone!);
    h.portal.deadline(reference, '2027-03-24T00:00:00.000+0000');
    expect((await after(1)).told).toEqual(['funding-tenders extended']);
    expect(seenAt(await call(topic))).toEqual({ 'funding-tenders': 'leads', second: 'follows' });
  });

  it('does not pass to a source that has not shown the call lately, which would hide that it was withdrawn', async () => {
    const reference = h.portal.addLike(FOUR, 'stale');
    const topic = identifier(reference);
    second.put(secondCall('stale', { identifier: topic, deadlines: [day(reference)] }));
    expect((await after(1)).told).toEqual(['funding-tenders new']);
    // Both drop it at once: neither is gone when the other is checked.
    h.portal.remove(reference);
    second.drop('stale');
    expect(await untilGone()).toEqual(['funding-tenders withdrawn']);
    expect(await call(topic)).toMatchObject({ status: 'withdrawn' });
    second.put(secondCall('stale', { identifier: topic, deadlines: [day(FOUR)] }));
    expect((await after(1)).told).toEqual(['second reappeared']);
  });
});

describe('a source that leads and has not been read for days', () => {
  it('leaves the lead to the other once that has another date, and takes it back when it is read again', async () => {
    const reference = h.portal.addLike(TWO, 'silent');
    const topic = identifier(reference);
    second.put(secondCall('silent', { identifier: topic, deadlines: [day(reference)] }));
    expect((await after(1)).told).toEqual(['funding-tenders new']);
    second.edit('silent', { deadlines: [{ at: '2027-01-20T00:00:00Z', timeTold: false }] });
    // It may still be read soon, and its word counts.
    expect((await after(24, ['second'])).told).toEqual([]);
    expect((await after(25, ['second'])).told).toEqual([]);
    // That the two have differed for long is no news of the other, whatever else it changes.
    second.edit('silent', { title: 'Other words for it' });
    expect((await after(12, ['second'])).told).toEqual([]);
    second.edit('silent', { deadlines: [{ at: '2027-01-27T00:00:00Z', timeTold: false }] });
    expect((await after(12, ['second'])).told).toEqual(['second extended']);
    expect((await after(12, ['second'])).told).toEqual([]);
    expect(seenAt(await call(topic))).toEqual({ 'funding-tenders': 'follows', second: 'leads' });
    h.portal.deadline(reference, '2027-01-27T00:00:00.000+0000');
    h.portal.edit(reference, { url: ['https://publisher.example/calls/silent'] });
    expect((await after(1)).told).toEqual(['funding-tenders details']);
    expect(seenAt(await call(topic))).toEqual({ 'funding-tenders': 'leads', second: 'follows' });
    second.edit('silent', { deadlines: [{ at: '2027-02-20T00:00:00Z', timeTold: false }] });
    expect((await after(1)).told).toEqual([]);
    // It was not silent where nothing was read at all.
    second.edit('silent', { deadlines: [{ at: '2027-03-20T00:00:00Z', timeTold: false }] });
    expect((await after(72, ['second'])).told).toEqual([]);
    expect(seenAt(await call(topic))).toEqual({ 'funding-tenders': 'leads', second: 'follows' });
  });
});

describe('a source that took over the lead', () => {
  it('does not withdraw the call by dropping it while its owner cannot be read', async () => {
    const reference = h.portal.addLike(TWO, 'unread');
    const topic = identifier(reference);
    second.put(secondCall('unread', { identifier: topic, deadlines: [day(reference)] }));
    expect((await after(1)).told).toEqual(['funding-tenders new']);
    for (let i = 0; i < 5; i += 1) expect((await after(12, ['second'])).told).toEqual([]);
    second.edit('unread', { deadlines: [{ at: '2027-04-20T00:00:00Z', timeTold: false }] });
    expect((await after(12, ['second'])).told).toEqual(['second extended']);
    second.drop('unread');
    for (let i = 0; i < 18; i += 1) expect((await after(12, ['second'])).told).toEqual([]);
    expect(await call(topic)).toMatchObject({ dataSource: 'SEDIA', status: 'open' });
    expect(seenAt(await call(topic))).toEqual({ 'funding-tenders': 'leads', second: 'follows, gone' });
    h.portal.deadline(reference, '2027-04-20T00:00:00.000+0000');
    expect((await after(1)).told).toEqual(['funding-tenders extended']);
  });
});

describe('what may be another call', () => {
  it('is told as another: a page that two calls have, and the same topic on another day', async () => {
    const page = 'https://publisher.example/calls/shared-1';
    for (const reference of [THREE, FOUR]) h.portal.edit(reference, { url: [page] });
    expect((await after(1, ['funding-tenders'])).told).toEqual([
      'funding-tenders details',
      'funding-tenders details',
    ]);
    second.put(
      secondCall('shared', { url: page }),
      secondCall('next-year', {
        identifier: identifier(THREE),
        deadlines: [{ at: '2027-07-11T00:00:00Z', timeTold: false }],
      }),
    );
    expect((await after(1)).told).toEqual(['second new', 'second new']);
  });

  it('are two records of one source, though they bear the same identifier', async () => {
    second.put(
      secondCall('twin-a', { identifier: identifier(FOUR), deadlines: [day(FOUR)] }),
      secondCall('twin-b', { identifier: identifier(FOUR), deadlines: [day(FOUR)] }),
    );
    expect((await after(1)).told).toEqual(['second new', 'second new']);
  });
});
