import { programmeOfCall } from '../../src/calls/domain/names-in.js';
import { ACTION, answer, call, CASCADE, GRANT, made, parse, rows } from '../support/harvest/varied-rows.js';

describe('a cascade call', () => {
  const PAGES = 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities';

  it('has its own title, and that of its parent beside it', () => {
    expect(call(CASCADE!)).toMatchObject({
      title: 'MendNet – vouchers for small workshops',
      callTitle: null,
      parentTopic: { title: 'Membranes that mend themselves, for cleaner rivers' },
    });
    expect(call(CASCADE!, { callTitle: undefined, caName: ['Named  elsewhere'] })).toMatchObject({
      title: 'Named elsewhere',
      parentTopic: { identifier: 'HORIZON-INVENT-2026-01-1' },
    });
    // Without a title of its own it uses the available one, and no parent topic is recorded.
    const alone = call(CASCADE!, { callTitle: [''], caName: [' '] });
    expect(alone.title).toBe('Membranes that mend themselves, for cleaner rivers');
    expect(alone).not.toHaveProperty('parentTopic');
  });

  it('has a page of its own number, wherever its parent is', () => {
    expect(call(CASCADE!).url).toBe(`${PAGES}/competitive-calls-cs/9101`);
    expect(call(CASCADE!, { url: undefined }).url).toBe(`${PAGES}/competitive-calls-cs/9101`);
    expect(call(CASCADE!, { callccm2Id: ['9/1'] }).url).toBe(`${PAGES}/competitive-calls-cs/9%2F1`);
    expect(call(CASCADE!, { url: ['https://mendnet.example/apply'] }).url).toBe(
      'https://mendnet.example/apply',
    );
    expect(call(CASCADE!, { url: undefined, callccm2Id: undefined }).url).toBeNull();
  });

  it('tells of its project what is known of it, and nothing where nothing is', () => {
    expect(call(CASCADE!, { projectName: undefined, projectId: [''] }).project).toEqual({
      acronym: 'MendNet',
      name: null,
      id: null,
    });
    expect(call(CASCADE!, { projectAcronym: undefined, projectName: undefined })).not.toHaveProperty(
      'project',
    );
    expect(call(CASCADE!, { duration: [' '] })).not.toHaveProperty('duration');
  });

  it('is read where its fields stand at the top of the row, and only there', () => {
    const flat = rows().find((row) => !row.metadata)!;
    const page = (row: object) => parse(answer({ results: [row] }));
    expect(page(flat).calls).toMatchObject([
      {
        dataSource: 'SEDIA',
        reference: '9102COMPETITIVE_CALLen',
        kind: 'cascade',
        title: 'MendNet – a second round',
      },
    ]);
    expect(page({ ...flat, metadata: null }).calls).toEqual(page(flat).calls);
    expect(page({ ...flat, datasource: ['SEDIA_PRD_CENTRICITY'] })).toMatchObject({
      calls: [],
      unread: [],
      leftOut: [{ key: 'SEDIA_PRD_CENTRICITY/9102COMPETITIVE_CALLen/en' }],
    });
    expect(page({ ...flat, type: undefined })).toMatchObject({
      calls: [],
      unread: [{ reference: '9102COMPETITIVE_CALLen' }],
    });
    // If there is metadata, top-level fields are ignored.
    expect(page({ ...flat, metadata: {} })).toMatchObject({
      calls: [],
      unread: [{ why: 'type is missing' }],
    });
  });
});

describe('the money of a cascade call or an external action', () => {
  const money = (budget: string | undefined, currency = 'EUR') =>
    call(ACTION!, { budget: budget === undefined ? undefined : [budget], currency: [currency] }).budget;

  it.each([
    ['60000', 60_000],
    ['1 250 000', 1_250_000],
    ['1,250,000', 1_250_000],
    ['1\u00a0250\u00a0000', 1_250_000],
    ['2500000.50', 2_500_000.5],
    ['5000', 5_000],
    ['2000000000', 2e9],
  ])('%j is an amount', (written, total) => expect(money(written)).toMatchObject({ total, currency: 'EUR' }));

  it.each([
    '1.2',
    '4999',
    '2000000001',
    '-60000',
    '1,2',
    '12,50',
    'EUR 60 000',
    '60k',
    '1e',
    'to be told',
    '0x10000g',
    'Infinity',
  ])('%j is none, and stays as it is written', (written) => {
    expect(money(written)).toEqual({
      currency: 'EUR',
      total: null,
      expectedGrants: null,
      minContribution: null,
      maxContribution: null,
      years: [],
      asWritten: written,
    });
  });

  it.each([undefined, '', ' ', '0', '0.0'])('%j is not stated', (written) =>
    expect(money(written)).toBeNull(),
  );

  it('is in the currency that is told', () => expect(money('60000', 'USD')?.currency).toBe('USD'));

  it.each(['', 'euro', '€'])(
    'is no amount of money without a currency (%j), and stays as it is written',
    (currency) => {
      expect(money('60000', currency)).toMatchObject({ currency: 'XXX', total: null, asWritten: '60000' });
    },
  );

  it('is not that of the whole call', () => {
    const overview = JSON.stringify({
      budgetTopicActionMap: {
        1: [{ action: 'HORIZON-INVENT-2026-01-1 - RIA', budgetYearMap: { 2026: 8e6 } }],
      },
    });
    expect(call(CASCADE!, { budget: undefined, budgetOverview: [overview] }).budget).toBeNull();
  });
});

describe('a row of another system', () => {
  it('is left out under a name of its own, whatever stands in it', () => {
    for (const source of ['SEDIA_PRD_CENTRICITY', 'SEDIA_FAQ', 'NEXT']) {
      expect(made(GRANT!, { DATASOURCE: [source], title: undefined })).toMatchObject({
        calls: [],
        unread: [],
        leftOut: [{ key: `${source}/${GRANT}/en`, why: `it comes from ${source} and not from SEDIA` }],
      });
    }
  });

  it('is not one where no system is told', () =>
    expect(made(GRANT!, { DATASOURCE: undefined })).toMatchObject({
      calls: [{ dataSource: 'SEDIA' }],
      leftOut: [],
    }));
});

describe('what more a topic tells', () => {
  it.each([
    ['43298203', 'Mécanisme de protection civile de l’Union'],
    ['43298664', 'Promotion des produits agricoles'],
    ['43251842', 'Programme de l’Union pour la lutte antifraude'],
    ['43254037', 'Corps européen de solidarité'],
    ['43697167', 'Parlement européen'],
    ['43252433', 'Pericles IV'],
  ])('is the name of its programme, before the search has told any: %s', (code, french) => {
    const { programme } = call(GRANT, { frameworkProgramme: [code] });
    expect(programmeOfCall(programme!, 'fr')).toBe(french);
  });

  const mga = (...all: (string | null)[]) =>
    call(GRANT!, {
      actions: [JSON.stringify([{ types: all.map((abbreviation) => ({ typeOfMGA: [{ abbreviation }] })) }])],
    }).lumpSum;

  it('a lump sum, or none, where all of its agreements say the same', () => {
    expect([mga('HORIZON-AG-LS'), mga('HORIZON-AG'), mga('ERC-LS', 'HORIZON-AG-LS')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([mga('HORIZON-AG', 'HORIZON-AG-LS'), mga(), call(GRANT!, { actions: undefined }).lumpSum]).toEqual(
      [undefined, undefined, undefined],
    );
    expect(
      call(GRANT!, {
        actions: [JSON.stringify([{ types: [{ typeOfMGA: [{ description: 'A Lump Sum grant' }] }] }])],
      }).lumpSum,
    ).toBe(true);
    // An agreement in an unexpected form is treated as unknown and does not drop the topic.
    expect(
      call(GRANT!, { actions: [JSON.stringify([{ types: [{ typeOfMGA: 'HORIZON-AG-LS' }] }])] }),
    ).not.toHaveProperty('lumpSum');
  });

  it.each<[string, string | undefined]>([
    ['not JSON', 'no'],
    ['no list', '{"url":"https://example.org/a.pdf"}'],
    ['an empty list', '[]'],
    ['nothing', undefined],
    ['links of other forms', '[1,null,{"name":1,"url":"https://example.org/a.pdf"},{"title":"A"}]'],
  ])('no documents where the links are %s', (_, links) => {
    const page = made(GRANT!, { links: links === undefined ? undefined : [links] });
    expect(page.unread).toEqual([]);
    expect(page.calls[0]).not.toHaveProperty('documents');
  });

  it('words, each by itself', () => {
    expect(
      call(GRANT!, { keywords: ['["Heat", "Peat"]', '[Bogs', '[1]', 'Fens'], tags: undefined }).keywords,
    ).toEqual(['Heat', 'Peat', '[Bogs', '[1]', 'Fens']);
  });

  it('nothing where nothing is told', () => {
    const bare = call(GRANT!, {
      missionDescription: ['<p>&nbsp;</p>'],
      crossCuttingPriorities: undefined,
      allowPartnerSearch: ['maybe'],
    });
    for (const field of ['mission', 'crossCutting', 'partnerSearch']) expect(bare).not.toHaveProperty(field);
    expect(call(GRANT!, { missionDescription: undefined, missionDetails: ['Soils'] }).mission).toBe('Soils');
  });
});

/** What PostgreSQL stores neither in text nor in jsonb, as JSON says it. */
const UNSTORABLE = /\\u(0000|d[89a-f])/;

describe('a row whose texts are cut in the middle of an emoji, or hold NUL', () => {
  it('is stored without that, and whole emoji are kept', () => {
    const read = call(GRANT!, {
      identifier: ['HORIZON-\0X'],
      title: ['Rockets 🚀\ud83d'],
      tags: ['["launch\\u0000er \\ud83d\\ude80 \\ud83d"]'],
      descriptionByte: ['<p>Reusable stages \ud83d</p>'],
    });
    expect(read).toMatchObject({ identifier: 'HORIZON-X', title: 'Rockets 🚀' });
    expect(read.keywords).toContain('launcher 🚀 ');
    expect(JSON.stringify(read)).not.toMatch(UNSTORABLE);
    expect(JSON.stringify(call(CASCADE!, { projectAcronym: ['Mend\0Net\ud83d'] }))).not.toMatch(UNSTORABLE);
  });
});
