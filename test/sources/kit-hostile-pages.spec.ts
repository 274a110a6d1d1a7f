import { datesIn } from '../../src/harvest/sources/_kit/dates.js';
import { htmlToText } from '../../src/harvest/sources/_kit/html-text.js';
import { readHtml } from '../../src/harvest/sources/_kit/page.js';
import { cpuSeconds } from '../support/cpu-seconds.js';

const page = (body: string) => readHtml({ key: 'call /x', bytes: Buffer.from(`<!doctype html><html><body>${body}</body></html>`), mediaType: 'text/html' });

describe('a page that is meant to keep its reader busy', () => {
  it.each([
    ['elements in elements', '<div>'.repeat(50_000), 'nested more than 256 deep'],
    ['elements that stay open behind their parents', Array.from({ length: 5_000 }, (_, i) => `<font a=${i}>`).join('') + '<p>'.repeat(5_000), 'nested more than 256 deep'],
    ['attributes', `<a ${Array.from({ length: 20_000 }, (_, i) => `a${i}=1`).join(' ')}>`, 'more than 500 attributes'],
    ['more than any page', 'x'.repeat(2_000_001), 'more than 2000000 characters'],
  ])('%s: is refused', (_, html, why) => {
    expect(() => page(html)).toThrow(why);
    expect(() => htmlToText(html)).toThrow(why);
  });

  it('a long value and many elements are none of it', () => {
    expect(page(`<img src="data:image/png;base64,${'A b'.repeat(50_000)}"><p>text</p>`)('p').text()).toBe('text');
    expect(htmlToText(`${'<div>'.repeat(200)}text`)).toBe('text');
  });

  it.each([['paragraphs that nobody closed', '<p>'.repeat(150_000)], ['links', '<a>'.repeat(150_000)], ['blanks', ' '.repeat(1_000_000)]])(
    '%s are read in the time that their length takes', async (_, html) => {
      // In the square of it these took half a minute.
      expect(await cpuSeconds(() => htmlToText(html))).toBeLessThan(5);
    });

  it('a piece of a page may begin with a row of a table, and holds no template that ends it', () => {
    expect(htmlToText('<tr><td>a</td><td>b</td></tr></template><p>c')).toBe('a | b\nc');
  });

  it('times before a day are looked for near it alone', async () => {
    expect(await cpuSeconds(() => datesIn(`${'1 h, '.repeat(20_000)}1 h${' ,'.repeat(20_000)} 10 September 2026`))).toBeLessThan(2);
  });
});
