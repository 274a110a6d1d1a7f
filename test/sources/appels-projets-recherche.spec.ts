import { type CheckAnswer, judgeChecks, nextCheckRequests } from '../../src/harvest/domain/check.js';
import { judge, scanOf } from '../../src/harvest/domain/scan-agreement.js';
import type { ParsedPage, ReadDocument, SourceRequest } from '../../src/harvest/domain/source.js';
import { loadSources } from '../../src/harvest/source-registry.js';
import { source } from '../../src/harvest/sources/appels-projets-recherche/appels-projets-recherche.source.js';
import { zonedDate, zonedInstant } from '../../src/harvest/sources/_kit/dates.js';
import {
  callPageOf,
  csvOf,
  frenchCall,
  searchOf,
  type FrenchCall,
} from '../support/harvest/french-portal.js';

const ID = 'appels-projets-recherche';
const parsed = (key: string, text: string): ParsedPage =>
  source.parse({ key, mediaType: '', bytes: Buffer.from(text) });
const listed = (...calls: FrenchCall[]): ParsedPage => parsed('list', csvOf(calls));
const one = (told: Partial<FrenchCall>) => listed(frenchCall('1-a', told)).calls[0]!;

/** Returns what the portal answers a request, if it has these calls. */
function answer(calls: readonly FrenchCall[], { path, body }: SourceRequest): string {
  if (path === '/export-csv') return csvOf(calls);
  const call = calls.find((c) => path === `/appel/${c.slug}`);
  if (call) return callPageOf(call);
  const living = body!.includes('upcoming');
  return searchOf(
    calls.filter((c) => !living || c.status !== 'closed'),
    Number(/page=(\d+)/.exec(path)![1]),
  );
}

/** Scans the portal to the end, whose calls may differ from request to request, and pages from their form. */
function scanned(
  callsAt: (request: SourceRequest) => readonly FrenchCall[],
  dressed = (text: string): string => text,
): ReadDocument[] {
  const done: ReadDocument[] = [];
  for (;;) {
    const next = source.plan(done, { scan: 1, languages: ['fr'] });
    if (!next.length) return done;
    for (const request of next)
      done.push({ key: request.key, page: parsed(request.key, dressed(answer(callsAt(request), request))) });
  }
}
const RULES = {
  maxUnreadShare: 0.02,
  maxShrink: 0.5,
  maxGrowth: 2,
  confirmAfterRuns: 3,
  confirmAfterHours: 48,
};
const PAST = { sizes: [], doubted: [], running: 0, refused: [], now: new Date('2026-06-01T00:00:00Z') };

describe('the list of French funders', () => {
  it('has a call with its funder, its text with line breaks, and what it is worth in France', () => {
    const text = 'Un "appel".\n\nBudget indicatif pour la France (ANR) : 2.3 M€.';
    expect(one({ funder: 'Région; Ouest', text })).toMatchObject({
      funder: 'Région; Ouest',
      reference: '1-a',
      url: 'https://www.appelsprojetsrecherche.fr/appel/1-a',
      sections: [{ kind: 'summary', text }],
      budget: { currency: 'EUR', total: 2_300_000 },
      programme: null,
    });
  });

  it('has the time of Paris, in summer and in winter, and none where midnight stands', () => {
    const closing = (closes: string) => one({ closes }).deadlines;
    expect(closing('16/07/2026 17:00')).toEqual([{ at: '2026-07-16T17:00:00+02:00', timeTold: true }]);
    expect(closing('16/11/2026 13:00')).toEqual([{ at: '2026-11-16T13:00:00+01:00', timeTold: true }]);
    expect(closing('16/11/2026 00:00')).toEqual([{ at: '2026-11-16T00:00:00Z', timeTold: false }]);
    expect(closing('')).toEqual([]);
  });

  it('has rows that cannot be read, each with the reason, beside those that can', () => {
    const { calls, unread } = listed(
      frenchCall('1-a'),
      frenchCall('2-b', { closes: 'le 16 novembre' }),
      frenchCall('3-c', { title: ' ' }),
      frenchCall('4-d', { slug: '' }),
      frenchCall('5-e', { slug: '', title: 'Un autre' }),
    );
    expect(calls.map((c) => c.reference)).toEqual(['1-a']);
    expect(unread).toMatchObject([
      { reference: '2-b', why: expect.stringContaining('"le 16 novembre" is no date') },
      { reference: '3-c', why: 'it has no title' },
      { reference: null, why: expect.stringContaining('leads to no call') },
      { reference: null, why: expect.stringMatching(/"Un autre".* leads to no call/) },
    ]);
  });

  it.each([
    ['another column', csvOf([frenchCall('1-a')]).replace('Date de clôture', 'Fin'), 'ShapeError'],
    ['no row that can be read', csvOf([frenchCall('1-a', { closes: 'demain' })]), 'ShapeError'],
    [
      'a text without its end',
      csvOf([frenchCall('1-a')])
        .slice(0, -70)
        .replace(/"[^"]*$/, '"Un'),
      'Truncated',
    ],
    ['a last row without its end', csvOf([frenchCall('1-a')]).replace(/;[^;]*$/, ''), 'Truncated'],
    ['a page of the site', '<!doctype html><html><body><h1>Maintenance</h1></body></html>', 'PageInstead'],
  ])('is refused with %s', (_, text, kind) => {
    expect(() => parsed('list', text)).toThrow(expect.objectContaining({ kind }));
  });
});

describe('a call that stands twice', () => {
  const first = frenchCall('9-z', { title: 'Appel à projets SOLAR 2026 « Fours et étuves »' });
  it.each([
    'Appel à projets SOLAR 2026 "Fours et étuves"',
    'SOLAR 2026 – Fours et étuves',
    'Fours et étuves (SOLAR 2026)',
    'AAP SOLAR : fours et étuves',
    'SOLAR 2026 – Fours et étuves (appel national)',
    'Fours et étuves (SOLAR 2026) – édition prolongée',
  ])('is one, however its title is dressed: %s', (title) => {
    const again = frenchCall('1-a', { title, published: '12/06/2026 09:00' });
    for (const rows of [
      [first, again],
      [again, first],
    ]) {
      const { calls, leftOut, links } = listed(...rows);
      expect(calls.map((c) => c.reference)).toEqual(['9-z']);
      expect(leftOut).toEqual([{ key: '1-a', why: 'is the same call as 9-z' }]);
      expect(links).toHaveLength(1);
    }
  });

  it('is one where one row alone says that it closes later, or does not say when', () => {
    for (const closes of ['23/11/2026 13:00', '']) {
      const { text } = first;
      const again = frenchCall('1-a', {
        title: 'SOLAR 2026 – Fours et étuves',
        text,
        closes,
        published: '12/06/2026 09:00',
      });
      expect(listed(first, again).calls.map((c) => c.reference)).toEqual(['9-z']);
    }
  });

  it.each<[string, Partial<FrenchCall>]>([
    ['closes at another time, and says something else', { closes: '16/09/2027 17:00' }],
    ['is of another session', { closes: '16/09/2027 17:00', opens: '02/03/2027 10:00', text: first.text }],
    ['is another funder’s', { funder: 'Une autre agence' }],
    ['is on something else', { title: 'SOLAR 2026 – Fours et séchoirs' }],
    ['does not say when it closes', { closes: '' }],
  ])('is two where the other %s', (_, told) => {
    const { calls } = listed(first, frenchCall('1-a', { title: 'SOLAR 2026 – Fours et étuves', ...told }));
    expect(calls).toHaveLength(2);
  });
});

describe('a scan of the portal', () => {
  const calls = [
    frenchCall('1-a', { page: 'https://agence.example/appels/fours/' }),
    frenchCall('2-b', { status: 'closed', closes: '16/01/2026 17:00' }),
    frenchCall('3-c', { status: 'upcoming', opens: '', closes: '' }),
    frenchCall('4-d', { status: 'closed', closes: '' }),
  ];

  it('reads the list, the pages of living calls and of those without a date, and counts last', () => {
    const paths = scanned(() => calls).map((d) => d.key.replace(/#.*/, ''));
    expect(paths).toEqual([
      'list',
      'living 1',
      'open /appel/1-a',
      'forthcoming /appel/3-c',
      'closed /appel/4-d',
      'count',
    ]);
  });

  it('has what the site says of a call without dates, and the page at its funder', () => {
    const scan = scanOf(scanned(() => calls));
    const told = [...scan.calls.values()].map((c) => [c.reference, c.sourceStatus, c.alsoAt]);
    expect(told).toEqual([
      ['1-a', 'open', ['https://agence.example/appels/fours/']],
      ['2-b', 'open', []],
      ['3-c', 'forthcoming', []],
      ['4-d', 'closed', []],
    ]);
    expect(scan.parts).toEqual([{ name: '', total: 4, seen: 4 }]);
  });

  it('does not take another text for that of the call, which stands as the list has it', () => {
    const [link] = listed(calls[0]!).links;
    const page = (text: string) => parsed(`open ${link}`, callPageOf({ ...calls[0]!, text }));
    expect(page(calls[0]!.text).calls).toHaveLength(1);
    expect(() => page('Qui sommes-nous ?')).toThrow(expect.objectContaining({ kind: 'ShapeError' }));
  });

  it('takes a page for that of the call that it was asked for, whatever name it gives itself', () => {
    const twice = [
      calls[0]!,
      frenchCall('9-z', { ...calls[0]!, slug: '9-z', published: '12/06/2026 09:00' }),
    ];
    const canonical = '<link rel="canonical" href="https://www.appelsprojetsrecherche.fr/appel/9-z"></head>';
    const scan = scanOf(
      scanned(
        () => twice,
        (text) => text.replace('</head>', canonical),
      ),
    );
    expect([...scan.calls.values()].map((c) => [c.reference, c.alsoAt.length])).toEqual([['1-a', 1]]);
    expect(scan.parts).toEqual([{ name: '', total: 2, seen: 2 }]);
  });

  it('reads the pages of living calls before those that need them least', () => {
    const old = Array.from({ length: 450 }, (_, i) =>
      frenchCall(`${i}-x`, { title: `Four ${i} à bois`, status: 'closed', closes: '' }),
    );
    const keys = scanned(() => [...old, calls[0]!]).map((d) => d.key.split(' ', 1)[0]);
    expect(keys.filter((key) => key === 'open')).toHaveLength(1);
    expect(keys.filter((key) => key === 'closed')).toHaveLength(399);
  });

  it('says of a call the same with its page and without', () => {
    const [withPage, without] = [scanOf(scanned(() => calls)), listed(...calls)];
    const text = (call: { sections: { text: string }[] }) => call.sections[0]!.text.replace(/\n+/g, '\n');
    for (const call of without.calls) {
      const read = [...withPage.calls.values()].find((c) => c.reference === call.reference)!;
      expect({ ...read, alsoAt: [], sourceStatus: '', sections: text(read) }).toEqual({
        ...call,
        alsoAt: [],
        sourceStatus: '',
        sections: text(call),
      });
    }
  });

  it('walks all pages of cards', () => {
    const many = Array.from({ length: 120 }, (_, i) => frenchCall(`${i}-x`, { title: `Four ${i} à bois` }));
    const keys = scanned(() => many).map((d) => d.key);
    expect(keys.filter((key) => key.startsWith('living'))).toEqual(['living 1', 'living 2', 'living 3']);
    expect(keys.filter((key) => key.startsWith('open'))).toHaveLength(120);
  });

  it('is not believed if the list lacks rows that the search counts, although both scans agree', () => {
    const half = scanOf(scanned((r) => (r.path === '/export-csv' ? calls.slice(0, 2) : calls)));
    expect(judge(half, half, { expectsAtLeast: 1, coverage: 'full' }, RULES, PAST)).toMatchObject({
      accepted: false,
      why: expect.stringContaining('2 of the 4 calls'),
    });
    const whole = scanOf(scanned(() => calls));
    expect(judge(whole, whole, { expectsAtLeast: 1, coverage: 'full' }, RULES, PAST)).toMatchObject({
      accepted: true,
    });
  });

  it('does not take a part of the cards for all', () => {
    const cut = JSON.parse(searchOf(calls)) as { pagination: { total: number } };
    cut.pagination.total = 5;
    expect(() => parsed('living 1', JSON.stringify(cut))).toThrow(
      expect.objectContaining({ kind: 'Truncated' }),
    );
    const strange = searchOf(calls).replaceAll('card-call-for-proposal', 'carte');
    expect(() => parsed('living 1', strange)).toThrow(expect.objectContaining({ kind: 'ShapeError' }));
  });

  it('closes no call without a date when the search shows none that is open or announced', () => {
    expect(parsed('count', searchOf([]))).toMatchObject({ total: 0 });
    expect(() => parsed('living 1', searchOf([]))).toThrow(/no call that is open or announced/);
  });
});

describe('what is assumed of the portal', () => {
  function seen(change: (text: string, request: SourceRequest) => string): Record<string, boolean | null> {
    const calls = [frenchCall('1-a', { page: 'https://agence.example/appels/fours/' }), frenchCall('2-b')];
    const answers: CheckAnswer[] = [];
    for (
      let next = nextCheckRequests(source.checks!, answers);
      next.length;
      next = nextCheckRequests(source.checks!, answers)
    )
      answers.push(
        ...next.map((request) => ({
          key: request.key,
          status: 200,
          mediaType: '',
          bytes: Buffer.from(change(answer(calls, request), request)),
          etag: null,
          error: null,
          passing: false,
        })),
      );
    return Object.fromEntries(judgeChecks(source.checks!, answers).map((r) => [r.id, r.holds]));
  }

  it('holds for the known form', () => {
    expect(seen((text) => text)).toEqual({ list: true, total: true, cards: true, pages: true });
  });

  it.each<[string, (text: string, request: SourceRequest) => string]>([
    ['list', (text) => text.replace('Partenaire', 'Qui')],
    ['total', (text, { key }) => (key === 'count' ? text.replace('"total":2', '"total":3') : text)],
    ['cards', (text) => text.replaceAll('card-call-for-proposal', 'carte')],
    ['pages', (text) => text.replace('class="description"', 'class="texte"')],
  ])('is seen not to hold: %s', (id, change) => {
    expect(seen(change)[id]).toBe(false);
  });
});

describe('a source that is off until somebody switches it on', () => {
  const has = async (...args: Parameters<typeof loadSources>) =>
    (await loadSources(...args)).some((s) => s.id === ID);

  it('is read where the operator says so, or names it', async () => {
    expect(await has({}, {})).toBe(false);
    expect(await has({ [ID]: { everyHours: 6 } }, {})).toBe(false);
    expect(await has({ [ID]: { enabled: true } }, {})).toBe(true);
    expect(await has({}, {}, [ID])).toBe(true);
    expect(await has({ [ID]: { enabled: false } }, {}, [ID])).toBe(false);
  });
});

describe('a date that a program wrote', () => {
  it.each([
    ['02/07/2026 11:00', '2026-07-02T11:00:00+02:00', true],
    ['2026-07-02', '2026-07-02T00:00:00Z', false],
    ['02/07/2026', '2026-07-02T00:00:00Z', false],
    ['2026-07-01T22:00:00+00:00', '2026-07-02T00:00:00Z', false],
    ['2026-07-02T15:00:00Z', '2026-07-02T17:00:00+02:00', true],
    ['2026-12-02 09:30', '2026-12-02T09:30:00+01:00', true],
  ])('is read in its time zone: %s', (text, at, timeTold) => {
    expect(zonedDate(text, 'Europe/Paris')).toEqual({ at, timeTold });
  });

  it('is that of its own zone, and a moment where a day begins', () => {
    expect(zonedDate('02/07/2026 11:00', 'Indian/Reunion')!.at).toBe('2026-07-02T11:00:00+04:00');
    expect(zonedInstant('02/07/2026', 'Europe/Paris')).toBe('2026-07-02T00:00:00+02:00');
    expect(zonedInstant(' ', 'Europe/Paris')).toBeNull();
  });

  it.each(['07/14/2026', 'bientôt', '31/02/2026', '2027', '2027-03', '13:00'])(
    'is none in no known form: %s',
    (text) => {
      expect(() => zonedDate(text, 'Europe/Paris')).toThrow('is no date in a known form');
    },
  );
});
