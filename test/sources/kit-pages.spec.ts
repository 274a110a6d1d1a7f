import { load } from 'cheerio';
import { CarnotError } from '../../src/kernel/errors.js';
import type { SourceRequest } from '../../src/harvest/domain/source.js';
import { linkWith, ownPages, pathOn, textIn } from '../../src/harvest/sources/_kit/requests.js';
import { labelledBudget, soleEuroAmount } from '../../src/harvest/sources/_kit/money.js';
import { documentText, ownTopic, readFeed, readHtml, readJson } from '../../src/harvest/sources/_kit/page.js';
import { planControl, planWalk } from '../../src/harvest/sources/_kit/plan-walk.js';
import { naming, scanning } from '../support/harvest/scanning.js';

const ORIGIN = 'https://calls.example';

describe('a path on a site', () => {
  it.each([
    ['/a/b?c=1#d', '/a/b?c=1'],
    ['https://calls.example/a/', '/a/'],
    ['http://www.calls.example/a', '/a'],
    [' /a ', '/a'],
    ['a/b', '/a/b'],
    ['https://calls.example//elsewhere.example/x', '/elsewhere.example/x'],
  ])('%s is %s', (href, path) => expect(pathOn(ORIGIN, href)).toBe(path));

  it.each([
    'https://elsewhere.example/a',
    '//elsewhere.example/a',
    'mailto:a@calls.example',
    'javascript:void(0)',
    'https://',
    'https://calls.example.org/',
    undefined,
  ])('%s is none', (href) => expect(pathOn(ORIGIN, href)).toBeNull());
});

it.each(['02/04/2027 - 04/06/2027', 'Février 2027 # 100 %', ''])(
  'a link tells of its page, in its key: %j',
  (told) => {
    const link = linkWith('/fr/detail/call/x/?a=1', told);
    expect([textIn(link), pathOn(ORIGIN, link)]).toEqual([told, '/fr/detail/call/x/?a=1']);
    expect(link).not.toMatch(/\s/);
    expect(textIn('/fr/detail/call/x/')).toBe('');
  },
);

describe("a call's own page on another site", () => {
  const links = (html: string) => ownPages(load(html), 'body', ORIGIN);

  it('is found if its name is broken over two lines', () =>
    expect(links('<a href="https://x.example/c">Site<br>de l’appel</a>')).toEqual(['https://x.example/c']));

  const link = (words: string, href = 'https://partner.example/call-2027') =>
    links(`<p><a href="${href}">${words}</a></p>`);

  it.each([
    'Site de l’appel',
    "Page officielle de l'appel",
    'Site web de l’appel conjoint',
    'Call website',
    'Official call page',
    'Page of the call',
    'the call’s official webpage',
    'website for this call',
  ])('is the link "%s"', (words) => expect(link(words)).toEqual(['https://partner.example/call-2027']));

  it.each([
    'Partenaire',
    'Site dédié',
    'Le site de notre partenaire',
    'Site de soumission de l’appel',
    'Site de l’appel de l’édition précédente',
    'Résultats sur la page de l’appel',
    'Submission site of the call',
    'website of Xecs',
    'Appel à projets',
    'Portail de l’appel',
    'ici',
    '',
  ])('is not the link "%s"', (words) => expect(link(words)).toEqual([]));

  it('is no file, no page of the site itself and no mail address', () => {
    for (const href of [
      'https://partner.example/call.pdf',
      '/calls/x/',
      'https://www.calls.example/x/',
      'mailto:call@partner.example',
      'https://',
    ]) {
      expect(link('Call website', href)).toEqual([]);
    }
    expect(
      links('<a href="https://a.example/1">Call website</a> <a href="https://a.example/1">Call page</a>'),
    ).toEqual(['https://a.example/1']);
  });
});

describe('an amount in euro', () => {
  it.each([
    ['4,5 millions d’euros', 4_500_000],
    ['12 M€', 12_000_000],
    ['1.5 million euro', 1_500_000],
    ['€2 million', 2_000_000],
    ['30,000 euro', 30_000],
    ['1 500 000 €', 1_500_000],
    ['EUR 750.000', 750_000],
    ['500 k€', 500_000],
    ['4.2 million euro to fund 70 projects', 4_200_000],
    ['2 milliards d’euros', 2_000_000_000],
    ['€2 million, that is 2 M€', 2_000_000],
    ['0,750 M€', 750_000],
    ['EUR 2.375 million', 2_375_000],
    ['1 500 k€', 1_500_000],
    ['1 200 millions d’euros', 1_200_000_000],
  ])('%s', (text, amount) => expect(soleEuroAmount(text)).toBe(amount));

  it.each([
    '1 M€ à 3 M€',
    '€1.2 to 1.5 million',
    'entre 5 et 10 M€',
    '€5-10 million',
    '2,125 million euro',
    '500,000 Canadian dollars',
    '2 million',
    '70 projects',
    '0 €',
    '£3 million',
    '',
  ])('%j is none, or none alone', (text) => expect(soleEuroAmount(text)).toBeNull());

  it('is the budget of a call under its label alone', () => {
    const budget = (text: string) => labelledBudget(text, /^ *budget *(:|$)/i)?.total ?? null;
    expect(budget('Budget : 3 M€')).toBe(3_000_000);
    expect(budget('Budget\n3 M€')).toBe(3_000_000);
    expect(budget('A grant of 3 M€ for each')).toBeNull();
    expect(budget('Budget : 3 M€\nBudget : 4 M€')).toBeNull();
    expect(budget('Budget : voir le texte')).toBeNull();
    expect(budget('Budget : 3 M€ financés par l’agence')).toBe(3_000_000);
    expect(budget('Budget : 500 000 € par projet')).toBeNull();
    expect(budget('Budget: up to €2 million per partner')).toBeNull();
    expect(budget('Budget : 5 M€/an')).toBeNull();
    expect(budget('Budget : 500 k€/partenaire')).toBeNull();
    expect(budget('Budget : 500 000 euros / équipe')).toBeNull();
    expect(budget('Budget : 300 k€ par laboratoire')).toBeNull();
    expect(budget('Budget : 120 k€ par thèse')).toBeNull();
    expect(budget('Budget : aide maximale de 500 k€')).toBeNull();
    expect(budget('Budget : plafond de 500 000 €')).toBeNull();
    expect(budget('Budget : subvention de l’agence, 300 k€ maximum')).toBeNull();
    expect(budget('Budget : 300 k€ pour un projet')).toBeNull();
    expect(budget('Budget: a maximum of €2 million for a single project')).toBeNull();
    expect(budget('Budget: maximum EU grant €2 million')).toBeNull();
    expect(budget('Budget : 3 M€ maximum')).toBe(3_000_000);
    expect(budget('Budget: €3 million for projects')).toBe(3_000_000);
    expect(budget('Budget : 5 M€. Aide maximale de 500 k€.')).toBe(5_000_000);
    expect(budget('Budget : 3 M€ (ANR/partenaires)')).toBe(3_000_000);
    expect(budget('Budget: €5 million. Each project may receive up to €1 million.')).toBe(5_000_000);
    expect(budget('Budget : 5 M€. L’aide est de 500 k€ par projet au plus.')).toBe(5_000_000);
    expect(budget('Budget: €1 million. This is the most that each project may receive.')).toBeNull();
    expect(budget(`Budget: €1 million.${' € 1 million'.repeat(10_000)}`)).toBeNull();
    expect(budget('Budget: €1 million per project. Each lasts for 3 years.')).toBeNull();
  });
});

it.each([
  ['in its title', 'HORIZON-CL9-2027-X-01: a title', 'See HORIZON-CL9-2027-X-02.', 'HORIZON-CL9-2027-X-01'],
  ['under a label', 'A title', 'Topic identifier: HORIZON-CL9-2027-X-01', 'HORIZON-CL9-2027-X-01'],
  [
    'under a French one',
    'Un titre',
    'Référence : HORIZON-MISS-2027-OCEAN-01-two-stage',
    'HORIZON-MISS-2027-OCEAN-01-two-stage',
  ],
  ['as the grant of the partnership', 'A title', 'Co-funded under HORIZON-CL9-2021-X-01.', null],
  ['beside another', 'A title', 'Topic: HORIZON-CL9-2027-X-01 or HORIZON-CL9-2027-X-02', null],
  ['nowhere', 'A title', 'Horizon Europe', null],
])('a topic that a page names %s', (_, title, text, topic) => expect(ownTopic(title, text)).toBe(topic));

describe('a document', () => {
  const document = (text: string | Buffer, mediaType = 'text/html') => ({
    key: 'page',
    mediaType,
    bytes: Buffer.from(text),
  });
  const html = (body: string) =>
    `<!DOCTYPE html><html><head><title>Calls</title></head><body>${body}</body></html>`;

  it('with a captcha in a form or a script of Cloudflare is a page', () => {
    const words = 'A call for projects. '.repeat(40);
    const page = html(
      `<h1>Call</h1><p>${words}</p><div class="g-recaptcha"></div><style>#px-captcha { margin: 0 }</style><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`,
    );
    expect(readHtml(document(page))('h1').text()).toBe('Call');
    expect(readHtml(document(html('<h1>Accès refusé aux PME ?</h1>')))('h1').text()).toBe(
      'Accès refusé aux PME ?',
    );
  });

  it.each(['Attention Required! | Cloudflare', 'Un instant…', 'Vérification de sécurité', 'Access denied'])(
    'under the title "%s" is none, however much it says',
    (title) => {
      const page = `<html><head><title>${title}</title></head><body><h1>anr.fr</h1><p>${'You have been stopped. '.repeat(60)}</p></body></html>`;
      expect(() => readHtml(document(page))).toThrow(/check of the browser/);
    },
  );

  it('is read in the characters that it names', () => {
    const latin = Buffer.from(
      '<html><head><meta charset="iso-8859-1"></head><body><h1>Clôture</h1></body></html>',
      'latin1',
    );
    expect(readHtml(document(latin))('h1').text()).toBe('Clôture');
    expect(
      readHtml(
        document(Buffer.from('<html><h1>Clôture</h1></html>', 'latin1'), 'text/html; charset=ISO-8859-1'),
      )('h1').text(),
    ).toBe('Clôture');
    expect(
      readFeed(
        document(
          Buffer.from('<?xml version="1.0" encoding="iso-8859-15"?><rss><title>été</title></rss>', 'latin1'),
        ),
      )('title').text(),
    ).toBe('été');
    // A sheet saved by Excel says nothing of its characters.
    expect(documentText(document(Buffer.from('intitulé;clôture', 'latin1'), 'text/csv'))).toBe(
      'intitulé;clôture',
    );
    expect(
      readHtml(document('<html><head><meta charset="no-such"></head><body><h1>Clôture</h1></body></html>'))(
        'h1',
      ).text(),
    ).toBe('Clôture');
  });

  it('may be followed by what a cache or a counter puts behind it, but has its end', () => {
    expect(readHtml(document(`${html('<h1>x</h1>')}\n<!-- cached at 10:00 -->\n`))('h1').text()).toBe('x');
    expect(readHtml(document(`${html('<h1>x</h1>')}<script>count()</script>`))('h1').text()).toBe('x');
    expect(() => readHtml(document('<html><body><h1>x</h1>'))).toThrow(CarnotError);
  });
});

it('JSON is read whole, or not at all', () => {
  const json = (text: string) =>
    readJson({ key: 'x', mediaType: 'application/json', bytes: Buffer.from(text) });
  expect(json('\ufeff [{"a": 1}] \n')).toEqual([{ a: 1 }]);
  expect(json('["cut\\u0000 \\ud83d\\ude80\\ud83d"]')).toEqual(['cut 🚀']);
  expect(() => json('[{"a": 1}')).toThrow(/no JSON/);
  expect(() => json('[{"a": ')).toThrow(/no end/);
  expect(() => json('<html><body>Not here</body></html>')).toThrow(/no JSON/);
  expect(() => json('<html><head><title>Just a moment...</title></head></html>')).toThrow(
    /check of the browser/,
  );
  expect(() => json('')).toThrow(/empty/);
});

describe('a walk', () => {
  const walk = { lists: ['/open', '/soon'], isList: (path: string) => path.includes('page=') };

  /** The paths requested from a site, in order; `site` answers by path and number of documents so far. */
  function asked(site: (path: string, n: number) => string[], scan: 1 | 2 = 1): string[] {
    return scanning(
      (done) => planWalk(done, scan, walk),
      ({ path }, n) => naming(site(path, n)),
    ).map((r) => r.path);
  }
  const SITE: Record<string, string[]> = {
    '/open': ['/call/a', '/open?page=2'],
    '/open?page=2': ['/call/b', '/open'],
    '/soon': ['/call/c', '/call/a'],
  };

  it('reads the lists to their end, the calls once, and the lists again', () => {
    const lists = ['/open', '/soon', '/open?page=2'];
    expect(asked((path) => SITE[path] ?? [])).toEqual([
      ...lists,
      '/call/a',
      '/call/c',
      '/call/b',
      '/open',
      '/soon',
      '/open?page=2',
    ]);
  });

  it('begins with the last list in the second scan', () =>
    expect(asked((path) => SITE[path] ?? [], 2).slice(0, 2)).toEqual(['/soon', '/open']));

  it('goes on where a list has changed meanwhile, and reads what is new', () => {
    const paths = asked((path, n) => (path === '/soon' && n > 3 ? ['/call/new'] : (SITE[path] ?? [])));
    expect(paths).toContain('/call/new');
    expect(paths.filter((p) => p === '/soon')).toHaveLength(3);
    expect(paths.filter((p) => p === '/call/a')).toHaveLength(1);
  });

  it('ends where the lists never do, and where they are never the same', () => {
    expect(asked((path) => [`/open?page=${Number(/\d+/.exec(path)?.[0] ?? 1) + 1}`]).length).toBeLessThan(
      300,
    );
    expect(asked((_, n) => [`/call/${n}`]).filter((p) => p === '/open')).toHaveLength(4);
  });

  describe('with a hint', () => {
    const hinted = {
      ...walk,
      hints: ['/feed'],
      nameOf: (path: string) => /^\/call\/(\w+)/.exec(path)?.[1] ?? null,
    };
    const asked = (site: Record<string, string[]>, scan: 1 | 2 = 1): SourceRequest[] =>
      scanning(
        (done) => planWalk(done, scan, hinted),
        ({ path }) => naming(site[path]),
      );

    it('reads what it names besides, asks it once, and may do without it', () => {
      const requests = asked({ ...SITE, '/feed': ['/call/d', '/call/a/?from=feed'] });
      expect(requests.filter((r) => r.path === '/feed')).toEqual([
        expect.objectContaining({ key: 'hint /feed', aside: 'control' }),
      ]);
      expect(
        requests
          .map((r) => r.path)
          .filter((p) => p.startsWith('/call'))
          .sort(),
      ).toEqual(['/call/a', '/call/b', '/call/c', '/call/d']);
      expect(requests.filter((r) => r.path !== '/feed').some((r) => r.aside)).toBe(false);
      expect(
        asked(SITE)
          .map((r) => r.path)
          .filter((p) => p.startsWith('/call'))
          .sort(),
      ).toEqual(['/call/a', '/call/b', '/call/c']);
    });

    it('asks a page once, under the link that tells something of it, whichever list is read first', () => {
      const site = {
        '/open': ['/call/a', '/call/b'],
        '/soon': ['/call/a/#told'],
        '/feed': ['/call/a?from=feed', '/call/b/'],
      };
      for (const scan of [1, 2] as const) {
        const calls = asked(site, scan).filter((r) => r.path.startsWith('/call'));
        expect(calls.map((r) => [r.key, r.path, r.mayBeGone]).sort()).toEqual([
          ['/call/a/#told', '/call/a/', true],
          ['/call/b', '/call/b', true],
        ]);
      }
    });
  });
});

describe('a control', () => {
  const plan = {
    control: '/all',
    isControl: (path: string) => path.startsWith('/all?'),
    over: '/over',
    isOver: (path: string) => path.startsWith('/over?'),
    nameOf: (path: string) => /^\/call\/(\w+)/.exec(path)?.[1] ?? null,
  };
  const LISTS: Record<string, string[]> = { '/open': ['/call/a', '/open?2'], '/open?2': ['/call/b/'] };
  /** The requests made once the lists have been read. */
  function asked(site: Record<string, string[]>, wanting: string[] = []): SourceRequest[] {
    const walked = Object.entries(LISTS).map(([path, links]) => ({
      key: `list.1 ${path}`,
      page: naming(links),
    }));
    const why = { reference: null, why: 'could not be had', aside: true };
    return scanning(
      (done) => planControl([...walked, ...done], plan),
      ({ path }) => (wanting.includes(path) ? naming([], [why]) : naming(site[path])),
    );
  }
  const paths = (...args: Parameters<typeof asked>) => asked(...args).map((r) => r.path);

  it('that names what the lists name is all that is asked', () => {
    expect(asked({ '/all': ['/call/b', '/call/a/'] })).toEqual([
      expect.objectContaining({ key: 'control /all', path: '/all', aside: 'control' }),
    ]);
  });

  it('is read to its end, and so is the list of what is over; the pages that neither these nor the lists name are read by themselves', () => {
    const site = {
      '/all': ['/call/a', '/call/old', '/all?2'],
      '/all?2': ['/call/stray', '/call/older', '/call/stray/'],
      '/over': ['/call/old/', '/over?2'],
      '/over?2': ['/call/older'],
    };
    expect(paths(site)).toEqual(['/all', '/all?2', '/over', '/over?2', '/call/stray']);
    expect(asked(site).at(-1)).toMatchObject({ key: 'stray /call/stray', aside: 'control', mayBeGone: true });
  });

  it('that cannot be had asks for nothing more', () => expect(paths({}, ['/all'])).toEqual(['/all']));

  it('reads no page by itself where the list of what is over cannot be had, as most of them are', () => {
    const site = { '/all': ['/call/old', '/call/stray'], '/over': ['/over?2'] };
    expect(paths(site, ['/over'])).toEqual(['/all', '/over']);
    expect(paths(site, ['/over?2'])).toEqual(['/all', '/over', '/over?2']);
  });

  it('that never ends is left', () => {
    expect(
      scanning(
        (done) => planControl(done, plan),
        ({ path }) => naming([`/all?${Number(/\d+/.exec(path)?.[0] ?? 1) + 1}`]),
      ).length,
    ).toBeLessThan(20);
  });
});
