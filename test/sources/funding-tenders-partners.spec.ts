import { join } from 'node:path';
import { readSampleCalls } from '../../src/demo/sample-calls.js';
import { announcement, partnerRecords } from '../../src/demo/sample-partners.js';
import { startSamplePortal, type SamplePortal } from '../../src/demo/sample-portal.js';
import { portalRecords } from '../../src/demo/sample-records.js';
import { type ReadPartnerPage } from '../../src/harvest/domain/partner-search.js';
import { partnerDoubt, readingOf } from '../../src/harvest/domain/partner-validation.js';
import { source } from '../../src/harvest/sources/funding-tenders/funding-tenders.source.js';

const TODAY = new Date('2026-06-01T12:00:00Z');
const RULES = { maxUnreadShare: 0.02 };
const { plan, parse } = source.partnerSearches!;
const calls = portalRecords(readSampleCalls(join(__dirname, '../../config/demo/calls')), TODAY);
const topics = calls.filter((r) => r.metadata['type']![0] === '1').map((r) => r.metadata['identifier']![0]!);
const [topic] = calls.filter((r) => r.metadata['type']![0] === '1');
const TOPIC = topic!.metadata['identifier']![0]!;
const many = (n: number, over: Record<string, string[]> = {}) =>
  Array.from({ length: n }, (_, i) => announcement(topic!, i, TODAY, over));

let portal: SamplePortal;
beforeAll(async () => {
  portal = await startSamplePortal({ records: calls });
});
afterAll(() => portal.close());

/** Reads as production does: each request follows the answer to the previous one. */
async function read(
  asked: string[],
  watch: (n: number) => void = () => undefined,
): Promise<ReadPartnerPage[]> {
  const done: ReadPartnerPage[] = [];
  for (let requests = plan(done, asked); requests.length; requests = plan(done, asked)) {
    for (const { key, path, method, headers, body } of requests) {
      if (done.length > 200) throw new Error('the plan does not end');
      watch(done.length);
      const answer = await fetch(portal.url + path, { method, headers, body });
      done.push({
        key,
        page: parse({ key, mediaType: 'application/json', bytes: Buffer.from(await answer.text()) }),
      });
    }
  }
  return done;
}

const page = (results: unknown[], totalResults = results.length) =>
  parse({
    key: 'topics-1: any.1 1',
    mediaType: 'application/json',
    bytes: Buffer.from(JSON.stringify({ totalResults, results })),
  });
const without = (metadata: Record<string, string[]>, ...names: string[]) =>
  Object.fromEntries(Object.entries(metadata).filter(([name]) => !names.includes(name)));
const row = (over: Record<string, string[]> = {}) => ({ ...announcement(topic!, 1, TODAY, over) });

it('a text is not cut in the middle of an emoji, which the database would refuse with all others', () => {
  const [search] = page([row({ announcementSummary: [`${'a'.repeat(3_999)}🚀 and more`] })]).searches;
  expect(search!.summary).toBe('a'.repeat(3_999));
});

describe('how the portal is asked for partner searches', () => {
  it('by topics, some at a time, with the names of codes once; what is on one page takes one request', async () => {
    portal.set({ partners: partnerRecords(calls, TODAY), faults: {} });
    const done = await read([
      ...topics,
      ...Array.from({ length: 150 - topics.length }, (_, i) => `NO-SUCH-${i}`),
    ]);
    expect(done.map((d) => d.key)).toEqual(['names', 'topics-1: any.1 1', 'topics-2: any.1 1']);
    expect(partnerDoubt(done, 0, null, RULES)).toBeNull();
    const organisations = partnerRecords(calls, TODAY).filter(
      (r) => r.metadata['announcementType']![0] === 'ORGANISATION',
    );
    expect(organisations.length).toBeGreaterThan(10);
    expect(
      readingOf(done)
        .searches.map((s) => s.id)
        .sort(),
    ).toEqual(organisations.map((r) => r.metadata['announcementId']![0]).sort());
    expect(readingOf(done).names).toEqual({
      countries: [
        { code: '20000873', name: 'Germany' },
        { code: '20009999', name: 'Sampleland' },
      ],
      organisationTypes: [
        { code: '31094440', name: 'Sample research organisation' },
        { code: '31094441', name: 'Sample company' },
      ],
    });
  });

  it('of other topics than those asked for nothing comes', async () => {
    portal.set({ partners: many(3) });
    expect(readingOf(await read(['ANOTHER'])).searches).toEqual([]);
  });

  it('for no topic nothing is asked', () => expect(plan([], [])).toEqual([]));

  it('what is on several pages is walked in order, and found whole', async () => {
    portal.set({ partners: many(250) });
    const done = await read([TOPIC]);
    expect(done.map((d) => d.key)).toEqual([
      'names',
      'topics-1: any.1 1',
      'topics-1: sorted 1',
      'topics-1: sorted 2',
      'topics-1: sorted 3',
    ]);
    expect(partnerDoubt(done, 0, null, RULES)).toBeNull();
    expect(readingOf(done).searches).toHaveLength(250);
  });

  it('rows that lack the field by which they are sorted are found without an order', async () => {
    const lacking = many(130).map((r) => ({ ...r, metadata: without(r.metadata, 'announcementId') }));
    portal.set({ partners: lacking, seed: 3 });
    const done = await read([TOPIC]);
    expect(done.some((d) => d.key === 'topics-1: any.1 2')).toBe(true);
    expect(readingOf(done).searches.length === 130).toBe(partnerDoubt(done, 0, null, RULES) === null);
    expect(readingOf(done).searches.length).toBeGreaterThan(100);
  });

  it('where the service loses rows while it is read, the most that it ever counted are missed', async () => {
    portal.set({ partners: many(250) });
    const done = await read([TOPIC], (n) => portal.set({ faults: n > 1 ? { empty: 1 } : {} }));
    portal.set({ faults: {} });
    expect(partnerDoubt(done, 0, null, RULES)).toBe('topics-1 counts 250 partner searches and showed 100');
    expect(done.length).toBeLessThanOrEqual(1 + 3 + 3 * 3);
  });
});

describe('what is read of a partner search', () => {
  it('is what is wanted, from where, by what kind, its words without contacts, and the day; nobody’s name, number or address', () => {
    const summary =
      '<p>We look for <b>LCA</b> experts.<br>Contact: Dr Jane Doe, jane.doe@example.eu, tel. +33 1 23 45 67 89</p>';
    const { searches } = page([
      row({
        expertise: ['REQUEST'],
        country: ['20000890'],
        organisationType: ['31094440'],
        announcementSummary: [summary],
        topics: ['T-1', 'T-2'],
        requestedDate: ['2026-05-05T10:00:00.000+0000'],
      }),
    ]);
    expect(searches).toEqual([
      {
        id: '900000011',
        topics: ['T-1', 'T-2'],
        wants: 'request',
        country: '20000890',
        countryIso: 'FR',
        organisationType: '31094440',
        publishedAt: '2026-05-05T10:00:00.000Z',
        summary: expect.stringMatching(/^We look for LCA experts\.\n…/),
      },
    ]);
    expect(JSON.stringify(searches)).not.toMatch(/Jane|Doe|@|45 67|SAMPLE|"pic"|90000000\d"/);
  });

  it('where something is missing it stays missing; a country that is not known keeps its code', () => {
    const metadata = without(
      row().metadata,
      'country',
      'organisationType',
      'announcementSummary',
      'requestedDate',
    );
    const { searches } = page([
      { ...row(), metadata },
      row({ announcementId: ['2'], country: ['20009999'], announcementSummary: ['<p> </p>'] }),
    ]);
    expect(searches[0]).toMatchObject({
      country: null,
      countryIso: null,
      organisationType: null,
      summary: null,
      publishedAt: null,
    });
    expect(searches[1]).toMatchObject({ country: '20009999', countryIso: null, summary: null });
  });

  it.each(['PERSON', 'person', ''])(
    'one of a natural person, or of nobody knows whom, is left out and counted (%j)',
    (kind) => {
      expect(page([row({ announcementType: kind ? [kind] : [] })])).toMatchObject({
        total: 1,
        searches: [],
        leftOut: ['900000011'],
        unread: [],
      });
    },
  );

  it.each<[Record<string, string[]>, string]>([
    [{ expertise: ['BOTH'] }, 'its expertise "BOTH" is neither OFFER nor REQUEST'],
    [{ expertise: [] }, 'it does not say whether it offers or requests expertise'],
    [{ requestedDate: ['soon'] }, '"soon" is not a date'],
    [{ topics: [] }, 'topics: Too small: expected array to have >=1 items'],
    [{ esOdd: 1 as unknown as string[] }, 'esOdd: Invalid input: expected array, received number'],
  ])('a row that cannot be read is counted with why (%#)', (over, why) => {
    expect(page([row({ announcementId: ['ok'] }), row(over)])).toMatchObject({
      unread: [{ key: '900000011', why }],
      searches: [{ id: 'ok' }],
    });
  });

  it('another form is a shape that is not known, a page for browsers a challenge, half of one cut off', () => {
    const bytes = (text: string) => ({
      key: 'topics-1: any.1 1',
      mediaType: 'text/html',
      bytes: Buffer.from(text),
    });
    expect(() => parse(bytes('{"rows":[]}'))).toThrow(/changed shape/);
    expect(() => page([{ meta: {} }, { meta: {} }])).toThrow(/partner searches changed shape, none of 2/);
    expect(() => parse(bytes('<!doctype html>'))).toThrow(/page for a browser/);
    expect(() => parse(bytes('{"totalResults": 3, "res'))).toThrow(/cut off/);
    expect(() => parse({ ...bytes('{"facets": 3}'), key: 'names' })).toThrow(/names of codes changed shape/);
  });
});
