import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { CarnotError } from '../../src/kernel/errors.js';
import type { SourceDefinition } from '../../src/harvest/domain/source.js';
import { source as anr } from '../../src/harvest/sources/anr/anr.source.js';
import { source as eureka } from '../../src/harvest/sources/eureka/eureka.source.js';
import { source as fundingTenders } from '../../src/harvest/sources/funding-tenders/funding-tenders.source.js';
import { datesIn } from '../../src/harvest/sources/_kit/dates.js';
import { htmlToText } from '../../src/harvest/sources/_kit/html-text.js';
import { readFeed, readHtml } from '../../src/harvest/sources/_kit/page.js';
import { cpuSeconds, ofThread } from '../support/cpu-seconds.js';
import { everyNth, sampled } from '../support/release.js';

const page = (body: string) =>
  readHtml({
    key: 'call /x',
    bytes: Buffer.from(`<!doctype html><html><body>${body}</body></html>`),
    mediaType: 'text/html',
  });

const PARTNER = {
  announcementId: ['1'],
  announcementType: ['ORGANISATION'],
  topics: ['X-1'],
  expertise: ['OFFER'],
};

/** The shortest time measured, in CPU seconds: below it the garbage collector dominates. */
const FLOOR = 0.01;
/** The pages are read in this thread. */
const seconds = (run: () => void): Promise<number> => cpuSeconds(run, ofThread);
/**
 * Expects four times the page to take about four times the work, not sixteen: pages are bounded, so the work
 * is too. Other load only ever adds to a measurement, so the best of three counts.
 */
async function expectInLength(work: (share: number) => () => void): Promise<void> {
  const best = async (run: () => void): Promise<number> =>
    Math.max(FLOOR, Math.min(await seconds(run), await seconds(run), await seconds(run)));
  const [quarter, whole] = [await best(work(1 / 4)), await best(work(1))];
  expect(whole / quarter).toBeLessThan(10);
}

describe('a page that is meant to keep its reader busy', () => {
  it.each([
    ['elements in elements', '<div>'.repeat(9_000), 'nested more than 256 deep'],
    [
      'elements that stay open behind their parents',
      Array.from({ length: 5_000 }, (_, i) => `<font a=${i}>`).join('') + '<p>'.repeat(4_000),
      'nested more than 256 deep',
    ],
    [
      'attributes',
      `<a ${Array.from({ length: 20_000 }, (_, i) => `a${i}=1`).join(' ')}>`,
      'more than 100 attributes',
    ],
    [
      'attributes of many elements',
      `<a ${'a b c d e f g h i j k l m n o p q r s t u v w x y z'}>`.repeat(5_000),
      'the tags hold more than 150000 characters',
    ],
    ['tags', '<p>x'.repeat(10_001), 'more than 10000 tags'],
    ['more than any page', 'x'.repeat(400_001), 'more than 400000 characters'],
  ])('%s: is refused', (_, html, why) => {
    expect(() => page(html)).toThrow(why);
    expect(() => htmlToText(html)).toThrow(why);
  });

  it('elements beside elements: is refused as a page, in which elements are looked for, and is text', () => {
    expect(() => page('<p>x'.repeat(1_001))).toThrow('more than 1000 children');
    expect(() =>
      readFeed({
        key: 'feed',
        mediaType: 'text/xml',
        bytes: Buffer.from(`<rss>${'<item/>'.repeat(1_001)}</rss>`),
      }),
    ).toThrow('more than 1000 children');
    expect(htmlToText('<p>x'.repeat(1_001))).toMatch(/^x\nx\n/);
  });

  it('words of a feed that stand for a file of ours, or for more and more of themselves, stay words', () => {
    const entities = `<!ENTITY f SYSTEM "${pathToFileURL(__filename).href}"><!ENTITY a "ha ha "><!ENTITY e "&a;&a;">`;
    const $ = readFeed({
      key: 'feed',
      mediaType: 'text/xml',
      bytes: Buffer.from(
        `<!DOCTYPE rss [${entities}]><rss><item><title>a &f; &e; b &amp; c</title></item></rss>`,
      ),
    });
    expect($('title').text()).toBe('a &f; &e; b & c');
  });

  it('a long value and many elements are none of it', () => {
    expect(page(`<img src="data:image/png;base64,${'A b'.repeat(50_000)}"><p>text</p>`)('p').text()).toBe(
      'text',
    );
    expect(htmlToText(`${'<div>'.repeat(200)}text`)).toBe('text');
  });

  it.each([
    ['paragraphs that nobody closed', '<p>', 9_500],
    ['links', '<a>', 9_500],
    ['blanks', ' ', 390_000],
  ])('%s are read in the time that their length takes', async (_, piece, times) => {
    await expectInLength((share) => {
      const html = piece.repeat(times * share);
      return () => void htmlToText(html);
    });
  });

  const FILLED: [string, string][] = [
    ['paragraphs', '<p>x'],
    ['lines', '<br>x'],
    ['bold paragraphs', '<b><p>x</b>'],
    ['tables', '<table><tr><td>x</table>'],
    ['rows', '<tr><td>x</td></tr>'],
    ['links', '<a href="https://x.y/">call website</a>'],
    ['dates', '<p>15 juin 2027 à 13h00'],
    ['headings', '<h2>Calendrier</h2><p>x'],
    ['choices', '<option>x'],
    ['types', '<span class="tag-type">x</span>'],
    ['what is no text', '<nav></nav>'],
    ['sections', '<section class="block"><h2>Budget</h2>1 M€</section>'],
    ['words', 'objectif 10 h, 4,5 millions d’euros '],
  ];
  const pages = {
    anr: ['appel-invente-ceramiques-frugales-2027', '<h2>Objectifs</h2>'],
    eureka: ['invented-eurostars-call-september-2027', '</main>'],
  } as const;
  /**
   * A page of a source filled with a piece: next to the call's own headings if `inEach` is infinite,
   * otherwise that many per element; in total as many as are read.
   */
  const filled = (source: keyof typeof pages, piece: string, inEach: number, share = 1): Buffer => {
    const [name, before] = pages[source];
    const most = inEach === Infinity ? 15_000 : 9_500 / Math.max(1, piece.split('<').length - 1);
    const count = Math.floor(share * Math.min(most, 380_000 / piece.length));
    const parts =
      inEach === Infinity
        ? piece.repeat(count)
        : Array.from(
            { length: Math.ceil(count / inEach) },
            (_, i) => `<div>${piece.repeat(Math.min(inEach, count - i * inEach))}</div>`,
          ).join('');
    return Buffer.from(
      readFileSync(`src/harvest/sources/${source}/fixtures/${name}.html`, 'utf8').replace(
        before,
        () => `${parts}${before}`,
      ),
    );
  };
  const parsed = (source: SourceDefinition, bytes: Buffer) => (): void => {
    try {
      source.parse({ key: 'call /x', mediaType: 'text/html; charset=utf-8', bytes });
    } catch (error) {
      if (!(error instanceof CarnotError)) throw error;
    }
  };

  it.each(sampled('pages full of one thing', FILLED, everyNth(3)))(
    'a page full of %s is refused, or read in the time that its length takes',
    async (_, piece) => {
      for (const [id, source] of [
        ['anr', anr],
        ['eureka', eureka],
      ] as const)
        for (const inEach of [Infinity, 300])
          await expectInLength((share) => parsed(source, filled(id, piece, inEach, share)));
    },
  );

  it('more dates than a page of a call tells are refused', () => {
    expect(() =>
      anr.parse({
        key: 'call /x',
        mediaType: 'text/html; charset=utf-8',
        bytes: filled('anr', '<p>15 juin 2027 à 13h00', 300),
      }),
    ).toThrow('more than 500 dates');
  });

  it('a piece of a page may begin with a row of a table, and holds no template that ends it', () => {
    expect(htmlToText('<tr><td>a</td><td>b</td></tr></template><p>c')).toBe('a | b\nc');
  });

  it('times before a day are looked for near it alone', async () => {
    expect(
      await cpuSeconds(() => datesIn(`${'1 h, '.repeat(20_000)}1 h${' ,'.repeat(20_000)} 10 September 2026`)),
    ).toBeLessThan(2);
  });

  it('in a summary that nobody would read to its end contacts are not looked for', async () => {
    const metadata = { ...PARTNER, announcementSummary: ['a'.repeat(399_000)] };
    const results = [{ reference: '1', language: 'en', metadata }];
    const bytes = Buffer.from(JSON.stringify({ totalResults: 1, results }));
    expect(
      await seconds(() => fundingTenders.partnerSearches!.parse({ key: 'x', mediaType: '', bytes })),
    ).toBeLessThan(0.3);
  });
});
