import { load } from 'cheerio';
import { writeAtom } from '../../src/platform/atom/atom-feed.js';
import { atom, parts } from '../support/atom.js';

const at = new Date('2026-06-30T08:00:00Z');
const entry = {
  id: 'https://calls.test/calls/one',
  title: 'Wind',
  link: 'https://calls.test/calls/one',
  publishedAt: at,
  updatedAt: at,
  html: '<p>Deadline: 15 September</p>',
};
const write = (over: Partial<typeof entry>[], title = 'Our calls') =>
  writeAtom({
    id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
    title,
    link: 'https://calls.test/inbox?a=1&b=2',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    entries: over.map((part) => ({ ...entry, ...part })),
  });

describe('an Atom feed', () => {
  it('was updated when its newest entry was, and when it was made if it has none', async () => {
    const updated = async (over: Partial<typeof entry>[]) =>
      parts(atom(await write(over)).feed, 'updated')[0]!.text;
    expect(await updated([])).toBe('2026-01-01T00:00:00.000Z');
    const later = new Date('2026-07-01T00:00:00Z');
    expect(await updated([{}, { id: 'https://calls.test/calls/two', updatedAt: later }])).toBe(
      '2026-07-01T00:00:00.000Z',
    );
  });

  it('says no other address than those it was given, and none of itself', async () => {
    const { feed, entries } = atom(await write([{}]));
    expect(parts(feed, 'link').map((link) => link.attributes['href'])).toEqual([
      'https://calls.test/inbox?a=1&b=2',
    ]);
    expect(parts(entries[0]!, 'link')[0]!.attributes['href']).toBe(entry.link);
    expect(parts(feed, 'generator')).toEqual([]);
  });

  const HOSTILE = [
    '<script>alert(1)</script>',
    ']]></title><entry>',
    ']]> twice ]]> and ]]\u0008> with a character between',
    '&lt;b&gt; &amp;amp; AT&T',
    '"\'><img src=x onerror=alert(1)>',
    'a\u0000b\u0008c\ud800d\uffffe',
    '<!ENTITY x SYSTEM "file:///etc/passwd"> &x;',
    '🦠 é œ',
  ];
  it.each(HOSTILE)('shows a title as the text that it is: %j', async (title) => {
    const { feed, entries } = atom(await write([{ title }], title));
    expect(entries).toHaveLength(1);
    const shown = parts(entries[0]!, 'title')[0]!;
    expect(shown.attributes['type']).toBe('html');
    const $ = load(shown.text, null, false);
    expect($('*')).toHaveLength(0);
    const clean = title.replace(/[\u0000\u0008\ud800\uffff](?![\udc00-\udfff])/g, '');
    expect($.root().text()).toBe(clean);
    if (!title.includes('&amp;')) expect(parts(feed, 'title')[0]!.text).toBe(clean);
  });

  it('stays one document, whatever the text of an entry has', async () => {
    const html = '<p>]]> a ]]> b ]]\u0008> c \u0000</p>';
    const { entries } = atom(await write([{ html }]));
    expect(load(parts(entries[0]!, 'content')[0]!.text, null, false)('p').text()).toBe(']]> a ]]> b ]]> c ');
  });
});
