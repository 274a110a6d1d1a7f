import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedCall } from '../../src/calls/domain/parsed-call.js';
import { normalise } from '../../src/calls/domain/normalise.js';
import { statusAt, statusFacts } from '../../src/calls/domain/status.js';
import { ShapeError } from '../../src/kernel/errors.js';
import { source } from '../../src/harvest/sources/anr/anr.source.js';
import { naming, scanning } from '../support/harvest/scanning.js';

const FIXTURES = join(__dirname, '../../src/harvest/sources/anr/fixtures');
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');
const parse = (text: string, key = 'page') =>
  source.parse({ key, mediaType: 'text/html', bytes: Buffer.from(text) });

/** A call page with this content, which states its own address. */
const page = (
  body: string,
  head = '<link rel="canonical" href="https://anr.fr/fr/detail/call/x-2027/">',
): string =>
  `<!DOCTYPE html><html lang="fr"><head>${head}</head><body><header><h1>ANR</h1></header><main><section class="content-style"><h1>Appel X 2027</h1>${body}</section></main></body></html>`;
const call = (body: string): ParsedCall => parse(page(`<p>Un texte.</p>${body}`)).calls[0]!;
const deadlines = (body: string) => call(body).deadlines;
const statusOn = (parsed: ParsedCall, day: string) => statusAt(statusFacts(normalise(parsed)), new Date(day));

describe('the feed', () => {
  const feed = (items: string, root = 'rss') =>
    parse(`<?xml version="1.0"?><${root}><channel>${items}</channel></${root}>`).links;
  const item = (link: string) => `<item><title>t</title><link>${link}</link></item>`;

  it('is empty where it holds nothing: that the source holds more is known elsewhere', () =>
    expect(feed('')).toEqual([]));

  it('names a call once, however its address is written', () => {
    const same = [
      'https://anr.fr/fr/detail/call/x/',
      'http://www.anr.fr/fr/detail/call/x',
      '/fr/detail/call/x/?cHash=1',
    ];
    expect(feed(same.map(item).join(''))).toEqual(['/fr/detail/call/x/?cHash=1']);
  });

  it('of RSS 1.0 and of Atom is read too', () => {
    expect(feed(item('https://anr.fr/fr/detail/call/x/'), 'rdf:RDF')).toEqual(['/fr/detail/call/x/']);
    expect(feed('<entry><link href="https://anr.fr/fr/detail/call/x/"/></entry>', 'feed')).toEqual([
      '/fr/detail/call/x/',
    ]);
  });

  it('that leads to no call at all has changed its form', () => {
    expect(() => feed(item('https://anr.fr/fr/actualites/1/'))).toThrow(ShapeError);
    expect(() =>
      feed(
        item('https://anr.fr/en/call-for-proposals-details/call/x/') + item('https://anr.fr/detail/call/x/'),
      ),
    ).toThrow(ShapeError);
    expect(() => feed(item('https://elsewhere.example/fr/detail/call/x/'))).toThrow(ShapeError);
    expect(() => feed('<item><title>t</title></item>')).toThrow(ShapeError);
  });
});

describe('the list', () => {
  const list = (body: string, head = '<link rel="canonical" href="https://anr.fr/fr/appels-a-projets/">') =>
    parse(`<!DOCTYPE html><html><head>${head}</head><body><article>${body}</article></body></html>`);
  const card = (href: string, date = '', title = 'Appel') =>
    `<div class="card appel"><span class="tag-type">Appel</span><div class="date">${date}</div><h2><a href="${href}">${title}</a></h2><div class="abstract"><a href="/fr/detail/call/autre/">autre</a></div></div>`;
  const SEARCH = '<div class="accordion accordion--search"></div>';
  const pager = (...hrefs: string[]) =>
    `<ul class="pagination">${hrefs.map((href) => `<li><a class="page-link" href="${href}">2</a></li>`).join('')}</ul>`;

  it('names the calls of its cards with the dates that these tell, and no other', () => {
    expect(
      list(
        `<a href="/fr/detail/call/menu/">menu</a>${card('/fr/detail/call/x/', '02/04/2026\n   - 04/06/2026')}${card('https://www.anr.fr/fr/detail/call/y/', 'Avril 2026 - Juin 2026')}`,
      ).links,
    ).toEqual(['/fr/detail/call/x/#02%2F04%2F2026%20-%2004%2F06%2F2026', '/fr/detail/call/y/']);
  });

  it('is read where its calls are headings without cards too', () => {
    const title = (name: string) => `<h2>\n <a href="https://anr.fr/fr/detail/call/${name}/">Appel</a></h2>`;
    expect(
      list(`<div class="date">01/01/2026 - 02/02/2026</div>${title('x')}${title('y')}<h2>Abonnement</h2>`)
        .links,
    ).toEqual(['/fr/detail/call/x/', '/fr/detail/call/y/']);
  });

  it.each([
    '/fr/appels-a-projets/?tx_solr%5Bpage%5D=2',
    'https://anr.fr/fr/appels/?tx_solr[page]=2',
    '/fr/appels-a-projets/?cHash=0&tx_solr%5Bpage%5D=11',
    '/fr/appels-a-projets/page/2/',
  ])('goes on at %s', (href) => {
    const { links } = list(card('/fr/detail/call/x/') + pager('#', '/fr/appels-a-projets/', href));
    expect(links).toHaveLength(2);
    expect(
      scanning(
        (done) => source.plan(done, { scan: 1, languages: [] }),
        ({ key }) => naming(/^list/.test(key) ? links : []),
      ).map((r) => r.path),
    ).toContain(links[1]);
  });

  it('whose pager leads elsewhere has changed its form: its first page must not pass for the whole', () => {
    expect(() => list(card('/fr/detail/call/x/') + pager('/fr/recherche/?p=2'))).toThrow(
      /leads to no page of it, but to \/fr\/recherche/,
    );
  });

  it('may be empty, where it is the list', () => {
    expect(list(SEARCH)).toEqual(naming());
    expect(() => list('<h1>Appels à projets</h1><p>Rien de ce qui était ici.</p>')).toThrow(
      /neither a call nor the search/,
    );
    expect(() => list(`${SEARCH}<div class="card appel"><h2>Un appel</h2></div>`)).toThrow(
      /of the list's 1 cards 0 lead/,
    );
  });

  it('tells of a card that leads to pages of another kind, and is none where most do', () => {
    const [x, other, away] = [
      card('/fr/detail/call/x/'),
      card('/fr/aapg-2027/', '', 'AAPG'),
      card('https://france2030.example/', '', 'Ailleurs'),
    ];
    expect(list(x + other)).toMatchObject({
      links: ['/fr/detail/call/x/'],
      unread: [
        {
          reference: null,
          why: 'the card "AAPG" leads to /fr/aapg-2027/ and to no page of a call',
          aside: true,
        },
      ],
    });
    expect(() => list(x + other + away)).toThrow(ShapeError);
  });

  it('is known by the address that was asked for, where it names none, and in the place of a call that is gone holds no call', () => {
    const page = `<html><body>${SEARCH}</body></html>`;
    expect(parse(page, 'list.1 /fr/appels-a-projets/?tx_solr%5Bpage%5D=2')).toEqual(naming());
    expect(() => parse(page, 'list.1 /fr/recherche/')).toThrow(ShapeError);
    expect(
      parse(
        page.replace('<body>', '<head><link rel="canonical" href="https://anr.fr/fr/appels/"></head><body>'),
        '/fr/detail/call/x/',
      ),
    ).toEqual(naming());
  });

  it('is asked first, and the feed beside it', () => {
    for (const scan of [1, 2] as const) {
      expect(source.plan([], { scan, languages: [] }).map(({ key, aside }) => [key, aside])).toEqual([
        ['list.1 /fr/appels-a-projets/', undefined],
        ['hint /rss/?aap', 'control'],
      ]);
    }
  });
});

describe("a call's page", () => {
  it('is known by the address that it names, else by the one that was asked for', () => {
    expect(parse(page('<p>t</p>'), '/fr/detail/call/y/').calls[0]!.reference).toBe('x-2027');
    expect(
      parse(page('<p>t</p>', ''), '/fr/detail/call/y-2027/?tx_anrprojects_request%5Baction%5D=show&cHash=1')
        .calls[0],
    ).toMatchObject({
      reference: 'y-2027',
      url: 'https://anr.fr/fr/detail/call/y-2027/',
    });
    expect(() => parse(page('<p>t</p>', ''))).toThrow(/not that of a call/);
    expect(() => parse(page('<p>t</p>', '<link rel="canonical" href="https://anr.fr/fr/">'))).toThrow(
      ShapeError,
    );
  });

  it('is not read from the home page or another that answers for it, however it came there', () => {
    const own = (href: string) =>
      parse(
        page('<p>Un texte.</p>', `<link rel="canonical" href="https://anr.fr${href}">`),
        '/fr/detail/call/y/',
      );
    for (const href of ['/', '/fr/', '/fr/actualites/detail/y/'])
      expect(own(href)).toEqual({
        total: null,
        calls: [],
        unread: [{ reference: 'y', why: `its address is answered with another page (${href})`, gone: true }],
        links: [],
      });
    // The template's own address, or that of the translation, say nothing against it.
    for (const href of ['/fr/detail/', '/en/call-for-proposals-details/call/y/'])
      expect(own(href).calls[0]!.reference).toBe('y');
  });

  it('keeps words apart that a line break separates, in its title and in its kinds', () => {
    const parsed = parse(
      page('<p class="tag-type">Appel<br>clos</p><p>Un texte.</p>').replace(
        'Appel X 2027',
        'Appel X<br>2027 : <br/>eau et <b>sol</b>s',
      ),
    ).calls[0]!;
    expect([parsed.title, parsed.typesOfAction, parsed.sourceStatus]).toEqual([
      'Appel X 2027 : eau et sols',
      ['Appel clos'],
      'closed',
    ]);
  });

  it('without its title where it was is not read, and keeps no other call from being read', () => {
    for (const odd of [
      page('').replace('class="content-style"', 'class="new-style"'),
      page('').replace('Appel X 2027', ' '),
    ])
      expect(parse(odd)).toMatchObject({
        calls: [],
        unread: [{ reference: 'x-2027', why: expect.stringContaining('has no title') }],
      });
  });

  it('is unread without a text and a date, and says why', () => {
    expect(parse(page(''))).toMatchObject({
      calls: [],
      unread: [{ reference: 'x-2027', why: 'its page has neither a text nor a deadline' }],
    });
    expect(parse(page('<div class="date">01/03/2027 - 15/06/2027</div>')).calls).toHaveLength(1);
  });

  it.each([
    [
      '<div class="date">01/03/2027\n   - 15/06/2027</div>',
      [{ at: '2027-06-15T00:00:00Z', timeTold: false }],
    ],
    ['<div class="date">Mars 2027\n   - Juin 2027</div>', []],
    ['<div class="date">15/06/2027</div>', []],
    [
      '<ul><li><strong>Date limite de soumission :</strong> 15 juin 2027 à 13h00</li></ul>',
      [{ at: '2027-06-15T13:00:00+02:00', timeTold: true }],
    ],
    [
      '<dl><dt>Clôture</dt><dd>15 juin 2027, 13:00 (CEST)</dd></dl>',
      [{ at: '2027-06-15T13:00:00+02:00', timeTold: true }],
    ],
    [
      '<p>Clôture&nbsp;: 15&nbsp;juin&nbsp;2027 à&nbsp;13h</p>',
      [{ at: '2027-06-15T13:00:00+02:00', timeTold: true }],
    ],
    [
      '<p>Pour mémoire, la clôture de 2025 avait été fixée bien plus tôt, en mars, soit le 3 mars 2025.</p>',
      [],
    ],
  ])('tells its deadline: %s', (body, expected) => expect(deadlines(body)).toEqual(expected));

  it('closes at 17:00 in Brussels where it tells no time, and says that it does not', () => {
    const [deadline] = normalise(call('<div class="date">01/03/2027 - 15/06/2027</div>')).deadlines;
    expect(deadline).toMatchObject({
      kind: 'single',
      brussels: '2027-06-15T17:00:00+02:00',
      timeTold: false,
    });
  });

  it('that tells no deadline has the one of its card, and else its own alone', () => {
    const key = '/fr/detail/call/x-2027/#01%2F03%2F2027%20-%2015%2F06%2F2027';
    const dates = (body: string) => {
      const { opensAt, deadlines: told } = parse(page(`<p>Un texte.</p>${body}`), key).calls[0]!;
      return [opensAt, told.map((d) => d.at)];
    };
    expect(dates('')).toEqual(['2027-03-01T00:00:00+01:00', ['2027-06-15T00:00:00Z']]);
    expect(dates('<p>Ouverture : 8 mars 2027</p>')).toEqual([
      '2027-03-08T00:00:00+01:00',
      ['2027-06-15T00:00:00Z'],
    ]);
    expect(dates('<p>Clôture : 18 juin 2027</p>')).toEqual([null, ['2027-06-18T00:00:00Z']]);
    expect(parse(page(''), key).calls).toHaveLength(1);
  });

  it('that is looked at without the list says nothing where it tells no deadline, as its card may', () => {
    const [request] = source.quickCheck!(
      [
        {
          reference: 'x-2027',
          url: 'https://anr.fr/fr/detail/call/x-2027/',
          kind: 'grant',
          identifier: null,
          callIdentifier: null,
        },
      ],
      { scan: 1, languages: [] },
    );
    expect(request).toMatchObject({ path: '/fr/detail/call/x-2027/', mayBeGone: true });
    expect(parse(page('<p>Un texte.</p>'), request!.key)).toMatchObject({
      calls: [],
      unread: [{ reference: 'x-2027', why: 'its page tells no deadline' }],
    });
    expect(
      parse(page('<p>Un texte.</p><p>Clôture : 18 juin 2027</p>'), request!.key).calls[0]!.deadlines,
    ).toHaveLength(1);
  });

  it('of two stages keeps both', () => {
    const staged = call(
      '<p>Clôture des pré-propositions : 15 juin 2027 à 13h</p><p>Clôture des propositions complètes : 2 novembre 2027 à 13h</p>',
    );
    expect(normalise(staged).deadlines.map((d) => [d.kind, d.brussels])).toEqual([
      ['stage-1', '2027-06-15T13:00:00+02:00'],
      ['stage-2', '2027-11-02T13:00:00+01:00'],
    ]);
    expect(statusOn(staged, '2027-08-01T00:00:00Z')).toBe('open');
    expect(statusOn(staged, '2027-12-01T00:00:00Z')).toBe('closed');
  });

  it('is open, forthcoming or closed as it says, until a date tells it', () => {
    const tagged = (tag: string, body = '') =>
      call(`<div class="categories"><span class="tag-type">${tag}</span></div>${body}`);
    expect(statusOn(tagged('Appel à projets spécifique'), '2027-01-01T00:00:00Z')).toBe('open');
    expect(statusOn(tagged('Pré-annonce'), '2027-01-01T00:00:00Z')).toBe('forthcoming');
    expect(statusOn(tagged('Appel clos'), '2027-01-01T00:00:00Z')).toBe('closed');
    expect(tagged('Appel à projets pour une ferme expérimentale').sourceStatus).toBe('open');
    expect(statusOn(tagged('Appel clos', '<p>Clôture : 15 juin 2027</p>'), '2027-01-01T00:00:00Z')).toBe(
      'open',
    );
  });

  it('names its own page elsewhere, and only that', () => {
    expect(parse(fixture('appel-transnational-invente-eaux-grises-2027.html')).calls[0]!.alsoAt).toEqual([
      'https://www.eaux-grises.example/joint-activities/grey-water-2027-joint-call?utm=anr',
    ]);
    expect(call('<a href="https://partner.example/">Notre partenaire</a>').alsoAt).toEqual([]);
  });

  it('leaves the persons behind a call out of its text', () => {
    const text = JSON.stringify(
      call('<h2>Contacts</h2><p>Anne Exemple, anne@example.org</p><h2>Objectifs</h2><p>Un but.</p>').sections,
    );
    expect(text).not.toContain('anne@example.org');
    expect(text).toContain('Un but.');
  });
});
