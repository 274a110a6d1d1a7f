import { load } from 'cheerio';
import type { CallContent } from '../../src/domain/call/call-content.js';
import { renderDigest, type Digest, type DigestItem } from '../../src/domain/notification/digest.js';

const NB = '\u00a0';
const SCOPE = 'Proposals should use industrial enzymes. Others follow.';

const content: CallContent = {
  dataSource: 'SEDIA',
  reference: '1',
  language: 'en',
  title: 'Bio-based processes',
  kind: 'grant',
  identifier: 'HORIZON-CL6-2026-01',
  callIdentifier: null,
  callTitle: null,
  programme: { code: '43108390', name: 'Horizon Europe' },
  divisions: [],
  typesOfAction: ['HORIZON-RIA Research and Innovation Actions'],
  sourceStatus: 'open',
  opensAt: '2026-05-01T00:00:00.000Z',
  deadlineModel: 'two-stage',
  deadlines: [
    { kind: 'stage-1', at: '2026-09-15T15:00:00.000Z', timeTold: true, brussels: '' },
    { kind: 'stage-2', at: '2027-03-02T16:00:00.000Z', timeTold: false, brussels: '' },
  ],
  budget: { currency: 'EUR', total: 60e6, expectedGrants: 10, minContribution: 5e6, maxContribution: 6e6, years: [] },
  destination: null,
  keywords: [],
  sections: [{ kind: 'scope', title: 'Scope', text: SCOPE }],
  url: 'https://ec.europa.eu/topic/1?a=1&b=2',
  alsoAt: [],
  trl: null,
};

function item(call: Partial<CallContent> = {}, changes: string[] = []): DigestItem {
  const start = SCOPE.indexOf('enzymes');
  const spans = [{ start, end: start + 'enzymes'.length }];
  const evidence = [{ competence: 'White biotechnology', term: 'enzymes', field: 'sections.0', spans, contribution: 72.6 }];
  const match = { score: 72.6, competences: [], evidence };
  return { callId: 'c1', call: { ...content, ...call }, match, changes };
}

const digest = (over: Partial<Digest> = {}, language: 'fr' | 'en' = 'en'): Digest => ({
  kind: 'first',
  contact: { name: 'Anne Martin', email: 'anne@example.fr', language },
  profile: { id: '3bcar', name: 'Carnot 3BCAR' },
  items: [item()],
  more: 0,
  sources: [
    { name: 'EU Funding & Tenders Portal', lastGoodRunAt: new Date('2026-06-01T04:00:00Z'), state: 'healthy' },
    { name: 'ANR', lastGoodRunAt: null, state: 'new' },
  ],
  unsubscribeUrl: 'https://carnot.example/unsubscribe/abc',
  coming: [],
  sample: false,
  now: new Date('2026-06-01T06:00:00Z'),
  ...over,
});

/** What a reader of the HTML reads, white space as one space. */
const read = (markup: string): string => load(markup)('body').text().replace(/[ \n]+/g, ' ');
const unwrapped = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

describe('the digest mail', () => {
  it('names what is still to open shortly, with opening, deadline, score and link, in both bodies', () => {
    const later = item({ title: 'Enzymes of tomorrow', opensAt: '2026-07-15T00:00:00.000Z', sourceStatus: 'forthcoming' });
    const { text, html } = renderDigest(digest({ coming: [later] }));
    for (const body of [unwrapped(text), read(html)]) {
      for (const part of ['Still to open, and fitting too', 'Enzymes of tomorrow', 'Opens: 15 July 2026', '73 out of 100 (strong)']) expect(body).toContain(part);
    }
    expect(load(html)('a').toArray().filter((a) => load(html)(a).attr('href') === content.url)).toHaveLength(2);
    expect(renderDigest(digest()).text).not.toContain('Still to open');
  });

  it('tells the same in both bodies: score, reason, passage, deadlines, budget, programme, links, sources', () => {
    const { text, html } = renderDigest(digest({ more: 12 }));
    const told = [
      'Hello Anne Martin,',
      'your best open call now',
      'will not be announced to you as new later',
      'Bio-based processes',
      'HORIZON-CL6-2026-01',
      '73 out of 100 (strong)',
      'Fits your competence “White biotechnology”: it speaks of enzymes.',
      '“Proposals should use industrial enzymes.”',
      '15 September 2026, 17:00 (Brussels), stage 1',
      '2 March 2027 (time not stated: 17:00, Brussels time, by rule), stage 2',
      '€60 million for the topic; €5 million to €6 million per project; 10 projects expected',
      'Horizon Europe',
      'HORIZON-RIA Research and Innovation Actions',
      'And 12 more calls that fit your profile.',
      'EU Funding & Tenders Portal: last read in full on 1 June 2026, 06:00 (Brussels), 2 hours ago',
      'ANR: not yet read successfully',
      'You receive this mail as a contact of Carnot 3BCAR.',
    ];
    for (const sentence of told) {
      expect(unwrapped(text)).toContain(sentence);
      expect(read(html)).toContain(sentence);
    }
    for (const url of [content.url!, 'https://carnot.example/unsubscribe/abc']) {
      expect(text.split(/\s+/)).toContain(url);
      expect(load(html)(`a[href="${url}"]`)).toHaveLength(1);
    }
    expect(load(html)('mark').text()).toBe('enzymes');
  });

  it('speaks French with its spaces and marks', () => {
    const { subject, text, html } = renderDigest(digest({ more: 1 }, 'fr'));
    expect(subject).toBe(
      `Carnot 3BCAR${NB}: 1${NB}appel ouvert qui vous correspond – prochaine échéance le 15${NB}septembre 2026`,
    );
    expect(unwrapped(text)).toContain(`«${NB}Proposals should use industrial enzymes.${NB}»`);
    expect(unwrapped(text)).toContain(`Budget${NB}: 60${NB}M€ pour le sujet${NB}; de 5${NB}M€ à 6${NB}M€ par projet`);
    expect(unwrapped(text)).toContain('Et 1 autre appel qui vous correspond.');
    expect(load(html)('html').attr('lang')).toBe('fr');
    expect(load(html)('h2 span, blockquote span').map((_, e) => e.attribs.lang).get()).toEqual(['en', 'en']);
    // A plain space before one of these, or after «, lets a line break there.
    expect(text + read(html)).not.toMatch(/ [;!?»]| :|« /);
  });

  it.each([
    ['first', 10, 0, 'Carnot 3BCAR: 10 open calls that fit – closest deadline 15 September 2026'],
    ['digest', 2, 0, 'Carnot 3BCAR: 2 new calls – closest deadline 15 September 2026'],
    ['digest', 0, 1, 'Carnot 3BCAR: 1 changed call – closest deadline 15 September 2026'],
    ['digest', 2, 1, 'Carnot 3BCAR: 2 new calls and 1 changed – closest deadline 15 September 2026'],
  ] as const)('has a subject that says what is in it (%s, %d, %d)', (kind, fresh, changed, subject) => {
    const items = [...Array(fresh).fill(item()), ...Array(changed).fill(item({}, ['The deadline is now later.']))];
    expect(renderDigest(digest({ kind, items })).subject).toBe(subject);
  });

  it('says ten where there are ten, and the real number where there are fewer', () => {
    const heading = (n: number, language: 'fr' | 'en'): string =>
      load(renderDigest(digest({ items: Array(n).fill(item()) }, language)).html)('h1').text();
    expect(heading(10, 'en')).toBe('Your ten best open calls now');
    expect(heading(3, 'en')).toBe('Your 3 best open calls now');
    expect(heading(10, 'fr')).toBe('Vos dix meilleurs appels ouverts en ce moment');
    expect(heading(1, 'fr')).toBe('Votre meilleur appel ouvert en ce moment');
  });

  it('marks what is new and what has changed, with the changes', () => {
    const items = [item(), item({}, ['The deadline moved from 1 to 15 September 2026.'])];
    const { html, text } = renderDigest(digest({ kind: 'digest', items }));
    expect(read(html)).toMatch(/New 1\. Bio-based.*Changed 2\. Bio-based.*What has changed The deadline moved/);
    expect(text).toContain('- The deadline moved from 1 to 15 September 2026.');
  });

  it('puts the next deadline first and keeps the passed ones', () => {
    const later = digest({ now: new Date('2026-09-15T15:00:00Z') });
    const { text, subject } = renderDigest(later);
    expect(unwrapped(text)).toContain('Deadline: 2 March 2027');
    expect(unwrapped(text)).toContain('Passed: 15 September 2026, 17:00 (Brussels), stage 1');
    expect(subject).toContain('closest deadline 2 March 2027');
  });

  it('says what is not stated, and when a forthcoming call opens', () => {
    const bare = { deadlines: [], budget: null, programme: null, typesOfAction: [], opensAt: '2026-09-01T00:00:00.000Z' };
    const { text, subject } = renderDigest(digest({ items: [item(bare)] }));
    for (const line of ['Deadline: none stated', 'Budget: not stated', 'Programme: not stated', 'Opens: 1 September 2026']) {
      expect(text).toContain(`   ${line}\n`);
    }
    expect(subject).toBe('Carnot 3BCAR: 1 open call that fits');
    const cascade = renderDigest(digest({ items: [item({ kind: 'cascade', typesOfAction: [] })] })).text;
    expect(cascade).toContain('Type of action: cascade funding');
  });

  it('is honest where no call fits, and refuses an empty digest that nobody meant', () => {
    const first = renderDigest(digest({ items: [] }));
    expect(first.subject).toBe('Carnot 3BCAR: no open call fits at the moment');
    expect(unwrapped(first.text)).toContain('No call that is open now fits the profile “Carnot 3BCAR”.');
    expect(() => renderDigest(digest({ kind: 'digest', items: [] }))).toThrow('nothing to tell');
    expect(renderDigest(digest({ kind: 'digest', items: [], nothing: true })).text).toContain('Nothing is new');
  });

  it('says loudly that a sample’s calls are invented', () => {
    for (const language of ['fr', 'en'] as const) {
      const { subject, html, text } = renderDigest(digest({ sample: true }, language));
      expect(subject).toMatch(/^\[SAMPLE\] Carnot 3BCAR/);
      expect(unwrapped(text)).toMatch(/^-+ (SAMPLE|EXEMPLE).*(invented|inventés)/);
      expect(load(html)('p').first().text()).toMatch(/invented|inventés/);
    }
    expect(renderDigest(digest()).html).not.toMatch(/SAMPLE/);
  });

  it('lets nothing from outside become markup, a second line or a link that is not one', () => {
    const evil = '<script>alert(1)</script>"\' onclick=x\r\nBcc: a@b.c';
    const hostile = digest({
      contact: { name: evil, email: 'a@b.fr', language: 'en' },
      profile: { id: 'x', name: evil },
      items: [item({ title: evil, identifier: evil, typesOfAction: [evil], url: 'javascript:alert(1)' }, [evil])],
      sources: [{ name: evil, lastGoodRunAt: null, state: 'broken' }],
    });
    hostile.items[0]!.call.sections = [{ kind: 'scope', title: '', text: `<img src=x onerror=y> enzymes <b>bold</b>` }];
    hostile.items[0]!.match.evidence[0]!.spans = [{ start: 22, end: 29 }];
    hostile.items[0]!.match.evidence[0]!.competence = evil;
    const { subject, html, text } = renderDigest(hostile);
    const page = load(html);
    expect(page('script, img, b, [onclick], [onerror]')).toHaveLength(0);
    expect(page('mark').text()).toBe('enzymes');
    expect(page('a').map((_, a) => page(a).attr('href')!).get().every((href) => href.startsWith('https://'))).toBe(true);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/javascript:|\r/);
  });

  it('refuses an address of our own that is no web address', () => {
    expect(() => renderDigest(digest({ unsubscribeUrl: 'javascript:alert(1)' }))).toThrow(TypeError);
  });

  it('is a page that mail programs and screen readers take, and a text of short lines', () => {
    const { html, text } = renderDigest(digest({ items: [item(), item()], sample: true }));
    const page = load(html);
    expect(page('link, style, img, script, [class]')).toHaveLength(0);
    expect(page('h1')).toHaveLength(1);
    expect(page('h2')).toHaveLength(3);
    expect(html).toContain('max-width:640px');
    expect(text.split('\n').filter((line) => line.length > 76)).toEqual([]);
  });
});
