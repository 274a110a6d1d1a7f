import type { ListFault } from '../../../src/demo/sample-list.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { round } from '../../support/queue/round.js';
import { until } from '../../support/until.js';
import { ListJob } from '../../../src/harvest/lists/list.job.js';

const SOURCE = 'funding-tenders';
const LIST = '/info/funding-tenders/opportunities/data/referenceData/grantsTenders.json';

let base: Harvesting;
let h: Harvesting;
/** Topics whose deadlines are more than a month ahead. */
let far: string[];
/** Missing from the search until the end. */
let hidden: string;

const sourceRecord = async (reference: string) =>
  (await h.query("SELECT * FROM source_record WHERE split_part(key, '/', 2) = $1", [reference]))[0];
const listRow = async () => (await h.query('SELECT * FROM source_list'))[0];
const topics = () => h.query('SELECT reference, topic, dropped_at FROM listed_topic ORDER BY reference');
const lastSeq = async (): Promise<string> =>
  (await h.query('SELECT max(seq) AS seq FROM call_version'))[0].seq;
/** Returns the events after the given version, as "reference kinds"; versions without events are left out. */
const events = async (after: string) =>
  (
    await h.query(
      "SELECT content->>'reference' AS reference, kinds FROM call_version WHERE seq > $1 AND kinds <> '{}' ORDER BY 1",
      [after],
    )
  ).map((v) => `${v.reference} ${v.kinds.join('+')}`);
const reconciliation = async () => (await h.call(`/v1/sources/${SOURCE}/reconciliation`)).body;
const differing = async (): Promise<string[]> =>
  (await reconciliation()).items.map((i: { reference: string }) => i.reference);
const quiet = () =>
  until(
    'no run under way',
    async () => (await h.query('SELECT id FROM harvest_run WHERE ended_at IS NULL')).length === 0,
  );

/** Reads the list once, `hours` later, and returns its state. */
async function readList(hours = 1): Promise<any> {
  h.clock.move({ hours });
  await h.query('UPDATE source_list SET due_at = $1, details_due_at = NULL', [h.clock.now()]);
  await round(h.test.app, [ListJob]);
  return until('the list to be read', async () => {
    const row = await listRow();
    return row && row.due_at > h.clock.now() ? row : null;
  });
}

/** Does the same and reads the topics that only the list has; returns the run that read them. */
async function readAll(hours = 1): Promise<any> {
  expect(await readList(hours)).toMatchObject({ state: 'good', failures: 0 });
  await round(h.test.app, [ListJob]);
  await quiet();
  return (
    await h.query("SELECT * FROM harvest_run WHERE kind = 'details' ORDER BY started_at DESC LIMIT 1")
  )[0];
}

async function harvests(times: number, hours: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    h.clock.move({ hours });
    expect(await h.harvest()).toMatchObject({ state: 'accepted' });
  }
}

beforeAll(async () => {
  base = await Harvesting.start({ copies: 1, working: false });
  const isFar = (dates: string[] = []) => dates.length > 0 && dates.every((d) => d > '2026-06-20');
  far = base.portal.records
    .filter((r) => r.metadata['type']![0] === '1' && isFar(r.metadata['deadlineDate']))
    .map((r) => r.reference);
  expect(far.length).toBeGreaterThanOrEqual(12);
  hidden = far[0]!;
  base.portal.onlyInList(hidden);
  h = await Harvesting.start({ beside: base, copies: 1 });
  expect(await h.ended()).toMatchObject({ state: 'accepted', counts: { calls: 59 } });
});
afterAll(async () => {
  await h?.stop();
  await base?.stop();
});

describe('a topic that only the list knows', () => {
  it('is a call by its own file, and no news where the list is read for the first time', async () => {
    expect(await h.source()).toMatchObject({
      list: {
        state: 'new',
        reason: null,
        readAt: null,
        ageHours: null,
        topics: null,
        living: null,
        onlyInList: null,
      },
    });
    expect(await reconciliation()).toEqual({ items: [], total: 0 });
    const seq = await lastSeq();
    expect(await readAll()).toMatchObject({
      state: 'accepted',
      counts: { calls: 1, new: 1, changed: 0, missing: 0 },
    });
    expect(await events(seq)).toEqual([]);
    expect(await sourceRecord(hidden)).toMatchObject({ evidence: 'list', missed_runs: 0 });
    const [[call], { metadata }] = [
      await h.query("SELECT content, version FROM call WHERE content->>'reference' = $1", [hidden]),
      h.portal.find(hidden),
    ];
    expect(call).toMatchObject({
      version: 1,
      content: { title: metadata['title']![0], identifier: metadata['identifier']![0], kind: 'grant' },
    });
    expect(call.content.sections.length).toBeGreaterThan(0);
    expect(call.content.deadlines).toHaveLength(metadata['deadlineDate']!.length);
  });

  it('stands in the reconciliation, and nothing else does', async () => {
    const deadlines = h.portal
      .find(hidden)
      .metadata['deadlineDate']!.map((d) => `${d.slice(0, 10)}T00:00:00.000Z`);
    const status = h.portal.find(hidden).metadata['status']![0] === '31094502' ? 'open' : 'forthcoming';
    expect(await reconciliation()).toEqual({
      items: [
        {
          reference: hidden,
          what: 'only-in-list',
          search: null,
          list: { status, deadlines },
          since: expect.stringMatching(/^2026-05-06T.*Z$/),
        },
      ],
      total: 1,
    });
    const grants = h.portal.records.filter((r) => r.metadata['type']![0] === '1').length;
    expect(await h.source()).toMatchObject({
      state: 'healthy',
      calls: 60,
      made: { grants: 'identifier' },
      list: {
        state: 'good',
        reason: null,
        ageHours: 0,
        topics: grants,
        living: grants,
        onlyInList: 1,
        unread: 0,
        unreadWhy: null,
      },
    });
  });

  it('is news where it stands there later', async () => {
    const seq = await lastSeq();
    const fresh = h.portal.addLike(far[1]!, 'later');
    h.portal.edit(fresh, { publicationDate: ['2026-05-06T00:00:00Z'] });
    h.portal.onlyInList(hidden, fresh);
    expect(await readAll(25)).toMatchObject({ state: 'accepted', counts: { calls: 2, new: 1 } });
    expect(await events(seq)).toEqual([`${fresh} new`]);
    expect((await h.source()).lag).toEqual({
      known: { n: 1, medianHours: 24, p90Hours: 24 },
      announced: null,
    });
  });

  it('is not read again where the list says that it is what it was', async () => {
    const before = await listRow();
    const after = await readList(24);
    expect(h.portal.listAnswers().at(-1)).toBe(`304 ${LIST}`);
    expect(after).toMatchObject({
      state: 'good',
      hash: before.hash,
      etag: before.etag,
      counts: before.counts,
    });
    expect(after.read_at.getTime()).toBeGreaterThan(before.read_at.getTime());
  });

  it('is missed by no harvest, and what a harvest misses is not gone, while the list shows it', async () => {
    const [seq, lost] = [await lastSeq(), far[2]!];
    h.portal.onlyInList(hidden, lost);
    await harvests(3, 16);
    await readList(2);
    await harvests(3, 16);
    expect(await sourceRecord(hidden)).toMatchObject({
      evidence: 'list',
      missed_runs: 0,
      missing_since: null,
      gone_at: null,
    });
    expect(await sourceRecord(lost)).toMatchObject({ evidence: 'harvest', missed_runs: 6, gone_at: null });
    expect(await events(seq)).toEqual([]);
    expect((await reconciliation()).items.map((i: any) => [i.reference, i.what])).toContainEqual([
      lost,
      'only-in-list',
    ]);
  });

  it('is withdrawn once both miss it', async () => {
    const [seq, lost] = [await lastSeq(), far[2]!];
    h.portal.remove(lost);
    await readList();
    await harvests(1, 1);
    expect(await sourceRecord(lost)).toMatchObject({ gone_at: expect.any(Date) });
    expect(await events(seq)).toEqual([`${lost} withdrawn`]);
    expect(await differing()).not.toContain(lost);
    expect(await h.source()).toMatchObject({ missing: 0, run: { counts: { missing: 0 } } });
  });

  it('that the list drops is one that only the search shows', async () => {
    h.portal.unlisted(far[3]!);
    await readList();
    expect((await reconciliation()).items[0]).toMatchObject({
      reference: far[3],
      what: 'only-in-search',
      list: null,
      search: { status: expect.any(String) },
    });
    h.portal.unlisted();
    await readList();
    expect(await differing()).not.toContain(far[3]);
  });

  it('whose own file cannot be read keeps no other topic, and no note, from being read', async () => {
    const [seq, odd] = [await lastSeq(), h.portal.addLike(far[1]!, 'odd')];
    const fresh = h.portal.addLike(far[1]!, 'beside');
    h.portal.edit(odd, { actions: ['[]'] });
    h.portal.onlyInList(hidden, odd, fresh);
    expect(await readAll()).toMatchObject({
      state: 'accepted',
      counts: { new: 1, unread: 1, unreadWhy: expect.stringContaining('actions') },
    });
    expect(await events(seq)).toEqual([`${fresh} new`]);
    h.portal.remove(odd);
    h.portal.onlyInList(hidden);
    await readList();
  });

  it('whose own file cannot be had keeps no other topic, and no note, from being read', async () => {
    const [seq, broken] = [await lastSeq(), h.portal.addLike(far[1]!, 'broken')];
    const fresh = h.portal.addLike(far[1]!, 'beside-broken');
    h.portal.brokenFiles(broken);
    h.portal.onlyInList(hidden, broken, fresh);
    expect(await readAll()).toMatchObject({
      state: 'accepted',
      counts: { new: 1, unread: 1, unreadWhy: expect.stringContaining('could not be had') },
    });
    expect(await events(seq)).toEqual([`${fresh} new`]);
    h.portal.remove(broken);
    h.portal.onlyInList(hidden);
    await readList();
  });

  it('is read again soon where hardly any of several files can be had', async () => {
    const many = Array.from({ length: 6 }, (_, i) => h.portal.addLike(far[1]!, `unserved${i}`));
    h.portal.brokenFiles(hidden, ...many);
    h.portal.onlyInList(hidden, ...many);
    const seq = await lastSeq();
    expect(await readAll()).toMatchObject({ state: 'accepted', counts: { new: 0, unread: 7 } });
    expect(await listRow()).toMatchObject({ details_due_at: expect.any(Date) });
    expect(await events(seq)).toEqual([]);
    h.portal.brokenFiles();
    for (const reference of many) h.portal.remove(reference);
    h.portal.onlyInList(hidden);
    await readList();
  });

  it('is told to those who signed in, of a source that is there', async () => {
    expect(await h.call('/v1/sources/none/reconciliation')).toMatchObject({
      status: 404,
      type: expect.stringContaining('application/problem+json'),
      body: { status: 404, detail: expect.stringContaining('There is no source "none"') },
    });
    expect(await h.call(`/v1/sources/${SOURCE}/reconciliation`, { token: null })).toMatchObject({
      status: 401,
    });
  });
});

describe('an item of the list that cannot be read', () => {
  it('stays as it was read last, and is no disagreement', async () => {
    const [before, seq, { status }] = [await topics(), await lastSeq(), h.portal.find(far[4]!).metadata];
    h.portal.edit(far[4]!, { status: ['31094599'] });
    expect(await readList()).toMatchObject({
      state: 'good',
      counts: { unread: 1, unreadReferences: [far[4]] },
    });
    expect(await topics()).toEqual(before);
    expect((await h.source()).list).toMatchObject({
      unread: 1,
      unreadWhy: 'status is "31094599", which is not known',
    });
    expect(await differing()).not.toContain(far[4]);
    h.portal.edit(far[4]!, { status: status! });
    expect(await readList()).toMatchObject({ state: 'good', counts: { unread: 0 } });
    expect(await events(seq)).toEqual([]);
  });
});

describe('a list that cannot be believed or read', () => {
  it.each<[ListFault, string, RegExp]>([
    ['half', 'doubtful', /^it lacks \d+ of the \d+ topics that the source's pages show$/],
    ['empty', 'broken', /changed shape/],
    ['shape', 'broken', /changed shape: there is no list/],
    ['truncate', 'unreachable', /cut off/],
    ['403', 'refused', /403/],
  ])('(%s) is in a state of its own, and nothing else changes', async (fault, state, reason) => {
    const [before, seq, source, runs] = [
      await topics(),
      await lastSeq(),
      await h.source(),
      (await h.query('SELECT id FROM harvest_run')).length,
    ];
    h.portal.listFault(fault);
    expect(await readList()).toMatchObject({ state, reason: expect.stringMatching(reason), failures: 1 });
    await round(h.test.app, [ListJob]);
    await quiet();
    const now = await h.source();
    expect(now.list).toMatchObject({
      state,
      reason: expect.stringMatching(reason),
      readAt: source.list.readAt,
      living: source.list.living,
    });
    expect({ ...now, list: null, ageHours: null }).toEqual({ ...source, list: null, ageHours: null });
    expect([
      await topics(),
      await lastSeq(),
      (await h.query('SELECT id FROM harvest_run')).length,
      await h.query('SELECT id FROM alarm'),
    ]).toEqual([before, seq, runs, []]);
    h.portal.listFault(null);
    expect(await readList()).toMatchObject({ state: 'good', reason: null, failures: 0 });
  });
});

describe('a note on a call', () => {
  const note = (day: string, text: string) =>
    JSON.stringify([
      {
        approvalDate: `${day}+02:00 Europe/Brussels`,
        lastChangeDate: `${day}+02:00 Europe/Brussels`,
        content: `<p>${text}</p>`,
      },
    ]);
  const today = () => h.clock.now().toISOString().slice(0, 10);
  const row = (reference: string, day: string, text: string) => ({
    ...h.portal.find(reference),
    reference: `${reference}-note-${day}`,
    content: text,
    metadata: {
      identifier: h.portal.find(reference).metadata['identifier']!,
      type: ['6'],
      startDate: [`${day}T00:00:00.000+0000`],
      description: [`<p>${text}</p>`],
      DATASOURCE: ['SEDIA'],
      title: ['A note'],
    },
  });

  it("is news once, however it comes: as a row, in the topic's own row, in the list", async () => {
    const [first, second, third] = [far[5]!, far[6]!, far[7]!];
    let seq = await lastSeq();
    h.portal.add(row(first, today(), 'Of a row.'));
    h.portal.edit(second, { latestInfos: [note(today(), 'Of the topic.')] });
    await harvests(1, 1);
    expect(await events(seq)).toEqual([`${first} notice`, `${second} notice`]);
    seq = await lastSeq();
    h.portal.onlyInList(hidden, third);
    h.portal.edit(first, { latestInfos: [note(today(), 'Of a row.')] });
    h.portal.edit(third, { latestInfos: [note(today(), 'Of the list.')] });
    h.portal.add(row(second, today(), 'Of the topic.'));
    await readAll();
    expect(await events(seq)).toEqual([`${third} notice`]);
    h.portal.onlyInList(hidden);
    await harvests(1, 1);
    expect(await events(seq)).toEqual([`${third} notice`]);
    const [{ changes }] = await h.query(
      "SELECT changes FROM call_version WHERE content->>'reference' = $1 AND 'notice' = ANY(kinds)",
      [third],
    );
    expect(changes).toEqual([
      {
        kind: 'notice',
        field: 'notices',
        from: null,
        to: { day: today(), text: 'Of the list.', explains: [] },
      },
    ]);
    expect((await h.source()).lag.known.n).toBe(4);
  });

  it('that is older than the first sight of its call is kept, and is no news', async () => {
    const seq = await lastSeq();
    h.portal.edit(far[8]!, { latestInfos: [note('2026-05-05', 'Long known.')] });
    h.portal.add(row(far[9]!, '2026-05-06', 'Of the day of the first reading.'));
    await harvests(1, 1);
    await readAll();
    expect(await events(seq)).toEqual([]);
    expect(
      await h.query(
        "SELECT text FROM call_note WHERE text IN ('Long known.', 'Of the day of the first reading.')",
      ),
    ).toHaveLength(2);
  });
});

describe('a search that refuses us', () => {
  it("leaves deadlines and new topics to the list and the topics' own files", async () => {
    const moved = far[10]!;
    h.portal.faults({ http403: 1 });
    expect(await h.harvest()).toMatchObject({ state: 'failed' });
    expect(await h.source()).toMatchObject({ state: 'refused' });
    const seq = await lastSeq();
    h.portal.deadline(moved, '2027-03-02T00:00:00.000+0000');
    const fresh = h.portal.addLike(far[11]!, 'meanwhile');
    expect(await readAll()).toMatchObject({ state: 'accepted' });
    expect(await events(seq)).toEqual([`${fresh} new`, `${moved} extended`].sort());
    expect([(await sourceRecord(moved)).evidence, (await sourceRecord(fresh)).evidence]).toEqual([
      'list',
      'list',
    ]);
    expect(await h.source()).toMatchObject({ state: 'refused', list: { state: 'good' } });
  });

  it('shows them again without news of what the list had told', async () => {
    const seq = await lastSeq();
    h.portal.faults({});
    h.portal.onlyInList();
    await harvests(1, 1);
    expect(await events(seq)).toEqual([]);
    expect(
      await h.query("SELECT key FROM source_record WHERE evidence = 'list' AND gone_at IS NULL"),
    ).toEqual([]);
    expect(await sourceRecord(hidden)).toMatchObject({ evidence: 'harvest' });
    expect(await reconciliation()).toEqual({ items: [], total: 0 });
    expect(await h.source()).toMatchObject({ state: 'healthy', list: { onlyInList: 0 } });
  });
});
