import { normalise } from '../../src/calls/domain/normalise.js';
import type { ParsedCall } from '../../src/calls/domain/parsed-call.js';
import { statusAt, statusFacts } from '../../src/calls/domain/status.js';
import { ShapeError } from '../../src/kernel/errors.js';
import { source } from '../../src/harvest/sources/eureka/eureka.source.js';
import { naming, scanning } from '../support/harvest/scanning.js';

const CALLS = 'https://www.eurekanetwork.org/programmes-and-calls';
const parse = (text: string, key = 'page') =>
  source.parse({ key, mediaType: 'text/html', bytes: Buffer.from(text) });
const page = (path: string | null, body: string): string =>
  `<!DOCTYPE html><html><head>${path === null ? '' : `<link rel="canonical" href="${CALLS}${path}">`}</head><body><header><a href="${CALLS}/eurostars/">Eurostars</a></header><main>${body}</main></body></html>`;

const call = (body: string, path = '/eurostars/x-2027/'): ParsedCall =>
  parse(page(path, `<h1 class="heading-xl">Call X</h1><div>Words.</div>${body}`)).calls[0]!;
const box = (from: string, to: string): string =>
  `<div><p>Start Date:</p><p>${from}</p><p>End Date:</p><p>${to}</p></div>`;
const timeline = (...lines: string[]): string =>
  `<h2 id="timeframe">Timeline</h2><div class="wysiwyg">${lines.map((l) => `<p>${l}</p>`).join('')}</div>`;
const brussels = (parsed: ParsedCall) =>
  normalise(parsed).deadlines.map((d) => [d.kind, d.brussels, d.timeTold]);

describe('a list', () => {
  const card = (href: string): string =>
    `<div class="shadow-lg group"><h3>Call</h3><a href="${href}" aria-label="Call"></a></div>`;
  const list = (body: string) => parse(page('/', body)).links;
  const FILTER = '<select name="status"><option>open</option></select>';

  it('names the calls of its cards, and no other page of the site', () => {
    const menu = `<a href="${CALLS}/eurostars/eurostars-resource-library/">Library</a>`;
    expect(
      list(`${menu}${card(`${CALLS}/eurostars/x-2027/`)}${card('/programmes-and-calls/y-2027/#apply')}`),
    ).toEqual(['/programmes-and-calls/eurostars/x-2027/', '/programmes-and-calls/y-2027/']);
    expect(list(`<div class="bg-white group"><h2>Call</h2><a href="${CALLS}/x/">Read</a></div>`)).toEqual([
      '/programmes-and-calls/x/',
    ]);
  });

  it.each([
    ['/programmes-and-calls/page/2/?status=open', true],
    ['/programmes-and-calls/?status=upcoming&paged=3', true],
    ['/programmes-and-calls/?paged=2&status=open', true],
    ['/programmes-and-calls/page/2/?status=closed', false],
    ['/programmes-and-calls/page/2/', false],
    ['/programmes-and-calls/?status=open', false],
    ['/news/page/2/?status=open', false],
  ])('goes on to %s: %s', (href, goesOn) => {
    expect(list(`${card(`${CALLS}/x/`)}<a href="${href}">2</a>`)).toHaveLength(goesOn ? 2 : 1);
  });

  it('may be empty, where it is the list', () => {
    expect(list(`<h1>Calls</h1>${FILTER}`)).toEqual([]);
    expect(() => list('<h1>Calls</h1><p>Nothing of what was here.</p>')).toThrow(ShapeError);
    expect(() => list(`${FILTER}${card('/news/1/')}`)).toThrow(/none of the list's 1 cards/);
  });

  it('is known by the address that was asked for, where it names none', () => {
    expect(parse(page(null, card(`${CALLS}/x/`)), 'list.1 /programmes-and-calls/?status=open').links).toEqual(
      ['/programmes-and-calls/x/'],
    );
    expect(() => parse(page(null, card(`${CALLS}/x/`)))).toThrow(ShapeError);
  });

  it('in the place of a call that is gone holds no call', () => {
    expect(parse(page('/', FILTER), '/programmes-and-calls/eurostars/x-2027/')).toMatchObject({
      calls: [],
      unread: [],
    });
  });
});

it("does not read the page of a programme, or another, that answers for a call's", () => {
  expect(
    parse(page('/eurostars/', '<h1>Eurostars</h1><p>Words.</p>'), '/programmes-and-calls/eurostars/x-2027/'),
  ).toMatchObject({
    calls: [],
    unread: [
      {
        reference: 'eurostars/x-2027',
        why: 'its address is answered with another page (/programmes-and-calls/eurostars/)',
        gone: true,
      },
    ],
  });
});

describe('the control', () => {
  const FIRST = '/wp-json/wp/v2/programmes?per_page=100';
  const post = (path: string) => ({
    id: 1,
    link: `${CALLS}${path}`,
    slug: 'x',
    title: { rendered: 'X' },
    'programmes-type': [5],
  });
  const control = (body: unknown, path = FIRST) =>
    parse(typeof body === 'string' ? body : JSON.stringify(body), `control ${path}`);
  const posts = (n: number, from = 0) =>
    Array.from({ length: n }, (_, i) => post(`/eurostars/x-${from + i}/`));

  it("names calls, and neither the programmes' own pages nor pages of another site", () => {
    expect(
      control([
        post('/eurostars/x-2027/'),
        post('/eurostars/'),
        post('/y/'),
        { ...post(''), link: 'https://elsewhere.example/programmes-and-calls/z/' },
      ]),
    ).toEqual(naming(['/programmes-and-calls/eurostars/x-2027/', '/programmes-and-calls/y/']));
  });

  it('goes on until a page of it is not full', () => {
    expect(control(posts(99)).links).toHaveLength(99);
    expect(control(posts(100)).links.at(-1)).toBe(`${FIRST}&offset=100`);
    expect(control(posts(100, 100), `${FIRST}&offset=100`).links.at(-1)).toBe(`${FIRST}&offset=200`);
    expect(control([], `${FIRST}&offset=100`)).toEqual(naming());
  });

  it.each<[string, unknown]>([
    ['nothing', []],
    ['pages that are no calls', [post('/eurostars/')]],
    ['an error', { code: 'rest_forbidden', message: 'No.', data: { status: 401 } }],
    ['a page without its address', [{ ...post('/x/'), link: undefined }]],
    ['a page without a title', [{ ...post('/x/'), title: { rendered: '' } }]],
    ['HTML', page('/', '<h1>Calls</h1>')],
  ])('that holds %s is none', (_, body) => expect(() => control(body)).toThrow(ShapeError));

  describe('of a page that no list names', () => {
    const stray = (body: string, path: string | null = '/eurostars/x-2027/') =>
      parse(page(path, body), 'stray /programmes-and-calls/eurostars/x-2027/');

    it('finds a call where it tells a date', () => {
      expect(stray(`<h1>Call X</h1>${box('9 July 2027', '10 September 2027')}`).calls).toEqual([
        expect.objectContaining({ reference: 'eurostars/x-2027', sourceStatus: 'open' }),
      ]);
      expect(
        stray(`<h1>Call X</h1><div>Words.</div>${box('1 January 2027', '1 January 2125')}`).calls,
      ).toHaveLength(1);
      expect(stray(`<h1>Call X</h1>${box('9 July 2027', '10 September 2027')}`, null).calls).toHaveLength(1);
    });

    it('finds nothing where it is a library, an event of another form, or leads elsewhere by now', () => {
      expect(stray('<h1>Resource library</h1><h2>Guides</h2><p>Read them.</p>')).toEqual(naming());
      expect(stray(`<h2>An event</h2>${box('9 July 2027', '10 September 2027')}`)).toEqual(naming());
      expect(stray(`<h1>Eurostars</h1>${box('9 July 2027', '10 September 2027')}`, '/eurostars/')).toEqual(
        naming(),
      );
    });
  });

  it('is held against all three lists, and no closed call is read', () => {
    const [OPEN, OVER] = ['/programmes-and-calls/?status=open', '/programmes-and-calls/?status=closed'];
    const site: Record<string, string[]> = {
      [OPEN]: ['/programmes-and-calls/eurostars/a/'],
      [FIRST]: ['a', 'b', 'c', 'd'].map((x) => `/programmes-and-calls/eurostars/${x}/`),
      [OVER]: ['/programmes-and-calls/eurostars/b', `${OVER}&paged=2`],
      [`${OVER}&paged=2`]: ['/programmes-and-calls/eurostars/c/'],
    };
    for (const scan of [1, 2] as const) {
      const asked = scanning(
        (done) => source.plan(done, { scan, languages: [] }),
        ({ path }) => naming(site[path]),
      );
      expect(asked.map((r) => r.key).slice(-4)).toEqual([
        `control ${FIRST}`,
        `over ${OVER}`,
        `over ${OVER}&paged=2`,
        'stray /programmes-and-calls/eurostars/d/',
      ]);
      expect(asked.filter((r) => r.aside).map((r) => r.key)).toEqual(asked.map((r) => r.key).slice(-4));
    }
  });

  it("reads the closed calls' list to its end", () => {
    const card = `<div class="shadow-lg group"><h3>Call</h3><a href="${CALLS}/eurostars/b/" aria-label="Call"></a></div>`;
    const pager =
      '<a href="/programmes-and-calls/page/2/?status=closed">2</a><a href="/programmes-and-calls/page/2/?status=open">2</a>';
    expect(parse(page('/', card + pager), 'over /programmes-and-calls/?status=closed').links).toEqual([
      '/programmes-and-calls/eurostars/b/',
      '/programmes-and-calls/page/2/?status=closed',
    ]);
  });
});

describe("a call's page", () => {
  it.each([
    ['/eurostars/x-2027/', 'eurostars/x-2027', ['Eurostars']],
    ['/eureka-clusters/x/', 'eureka-clusters/x', ['Eureka Clusters']],
    ['/x-2027/', 'x-2027', []],
    ['/new-programme/x/', 'new-programme/x', []],
  ])('at %s', (path, reference, divisions) =>
    expect(call('', path)).toMatchObject({ reference, divisions, url: `${CALLS}${path}` }),
  );

  it('of a programme is none', () => expect(() => call('', '/eurostars/')).toThrow(ShapeError));

  it('keeps words apart that a line break separates in its title', () =>
    expect(
      parse(
        page(
          '/eurostars/x-2027/',
          `<h1>Call X<br>2027</h1><div>Words.</div>${box('1 May 2027', '1 June 2027')}`,
        ),
      ).calls[0]!.title,
    ).toBe('Call X 2027'));

  it('without a title is not read, and keeps no other call from being read', () =>
    expect(parse(page('/x/', '<h2>Call</h2>'))).toMatchObject({
      calls: [],
      unread: [{ reference: 'x', why: expect.stringContaining('has no title') }],
    }));

  it('tells opening and deadline in its box', () => {
    const told = call(box('9 July 2027, 12:00 AM CEST', '10 September 2027, 2:00 PM CEST'));
    expect(told.opensAt).toBe('2027-07-09T00:00:00+02:00');
    expect(brussels(told)).toEqual([['single', '2027-09-10T14:00:00+02:00', true]]);
    expect(brussels(call('<p>Apply from</p><p>9 July 2027</p><p>Until</p><p>10 September 2027</p>'))).toEqual(
      [['single', '2027-09-10T17:00:00+02:00', false]],
    );
  });

  it('has one deadline where the box and the timeline tell the same, and the box wins where they do not', () => {
    const end = box('9 July 2027', '10 September 2027, 2:00 PM CEST');
    expect(brussels(call(end + timeline('10 September 2027: Call for projects deadline')))).toHaveLength(1);
    expect(brussels(call(end + timeline('3 September 2027: Call for projects deadline')))).toEqual([
      ['single', '2027-09-10T14:00:00+02:00', true],
    ]);
  });

  it('has two stages where the timeline says so', () => {
    const staged = call(
      box('16 June 2027', '13 January 2028, 5:00 PM CET') +
        timeline(
          '14 October 2027, 17:00 CEST: Projects outline deadline',
          '13 January 2028: Full project proposal deadline',
        ),
    );
    expect(staged.deadlineModel).toBe('two-stage');
    expect(brussels(staged)).toEqual([
      ['stage-1', '2027-10-14T17:00:00+02:00', true],
      ['stage-2', '2028-01-13T17:00:00+01:00', true],
    ]);
  });

  it('is not closed by the deadline of a country', () => {
    const national =
      '<h2>Country information</h2><div><button>France</button><p>Deadline: 8 July 2027</p></div>';
    expect(call(national).deadlines).toEqual([]);
    expect(
      call(timeline('National application deadline: 8 July 2027', 'By 30 November 2027: National evaluation'))
        .deadlines,
    ).toEqual([]);
  });

  it('that never ends has no deadline', () => {
    const always = call(box('1 January 2027, 12:00 AM CEST', '1 January 2125, 12:00 AM CEST'));
    expect(always).toMatchObject({
      deadlines: [],
      sourceStatus: 'open',
      opensAt: '2027-01-01T00:00:00+01:00',
    });
    expect(statusAt(statusFacts(normalise(always)), new Date('2031-01-01T00:00:00Z'))).toBe('open');
  });

  it('without any date has only been announced', () => expect(call('').sourceStatus).toBe('forthcoming'));

  it('keeps the text of its fold-out rows without their signs, and no card of another call', () => {
    const text = JSON.stringify(
      call(`<h2>Country information</h2><div class="group"><button>Austria 🇦🇹 <span>＋</span><span>−</span></button><div>Up to 50%.</div></div>
      <div class="shadow-lg group"><h3>Another call</h3><a href="${CALLS}/y/">Read</a></div>`).sections,
    );
    expect(text).toContain('Austria\\nUp to 50%.');
    expect(text).not.toContain('Another call');
  });

  it("tells the call's budget, not that of a country", () => {
    expect(call('<h2>Call budget</h2><div>4.2 million euro to fund 70 projects</div>').budget).toMatchObject({
      total: 4_200_000,
      currency: 'EUR',
    });
    expect(call('<h2>Country information</h2><p>Budget of the call: 500,000 euro</p>').budget).toBeNull();
  });
});
