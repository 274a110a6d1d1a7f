import { CALL_COLUMNS } from '../../../src/spreadsheets/domain/call-columns.js';
import { fieldsOf, headingLine, readSheet } from '../../../src/spreadsheets/domain/read-sheet.js';
import { dayIn } from '../../../src/spreadsheets/domain/table.js';
import { identifiersIn, readLine, readReason, readVerdict } from '../../../src/spreadsheets/domain/line.js';
import {
  MATCH_COLUMNS,
  REASON_WORDS,
  VERDICT_WORDS,
} from '../../../src/spreadsheets/domain/match-columns.js';
import { PIPELINE_COLUMNS } from '../../../src/spreadsheets/domain/pipeline-columns.js';
import { toEnd } from '../../../src/kernel/time-slices.js';
import { cpuSeconds } from '../../support/cpu-seconds.js';

describe('columns by their names', () => {
  it.each([
    [
      ['Référence', 'Titre', 'Décision', 'Motif', 'Commentaire'],
      ['identifier', 'title', 'verdict', 'reason', 'note'],
    ],
    [
      ['TOPIC ID', 'Call title', 'Go / No-Go', 'Remarks', 'Deadline'],
      ['identifier', 'title', 'verdict', 'note', 'deadline'],
    ],
    [
      ['Identifiant', 'Pertinent ?', 'Remarques', 'Observations', 'Budget (M€)'],
      ['identifier', 'verdict', 'note', 'note', null],
    ],
    // Typos, and headings with more words than the name.
    [
      ['Refrence', 'Intitulé de l’appel', 'Décison', 'Motif de rejet', 'Date limite de dépôt'],
      ['identifier', 'title', 'verdict', 'reason', 'deadline'],
    ],
    [
      ['Lien vers le portail', 'Avis du comité', 'Chef de projet'],
      ['link', 'verdict', null],
    ],
    // Of two columns for one field, the more certain one wins.
    [
      ['Appel (cluster)', 'Identifiant', 'Titre'],
      [null, 'identifier', 'title'],
    ],
  ])('reads %j', (headings, fields) => {
    expect(fieldsOf(headings)).toEqual(fields);
  });

  it('knows its own tables again in both languages, and takes no other column of them for a word of the officer', () => {
    const wanted: Record<string, string> = {
      call: 'key',
      identifier: 'identifier',
      title: 'title',
      'next-deadline': 'deadline',
      verdict: 'verdict',
      reason: 'reason',
      notes: 'note',
      'source-page': 'link',
      tasks: 'tasks',
      ...Object.fromEntries(PIPELINE_COLUMNS.map(({ key }) => [key, key])),
    };
    for (const columns of [MATCH_COLUMNS.inside, CALL_COLUMNS]) {
      for (const language of ['en', 'fr'] as const) {
        expect(fieldsOf(columns.map((c) => c.header[language]))).toEqual(
          columns.map((c) => wanted[c.key] ?? null),
        );
      }
    }
  });

  const lineOf = (rows: string[][]) => toEnd(headingLine(rows));
  const read = (rows: string[][]) => toEnd(readSheet('1', 'v.csv', [{ name: 'v', rows }]));

  it('finds the headings below a title and a legend, and none where no column names a call', () => {
    expect(
      lineOf([
        ['Veille Europe 2025', '', ''],
        [],
        ['Légende : x = oui', '', ''],
        ['Sujet', 'Avis', 'Remarques'],
        ['HORIZON-X', 'oui', ''],
      ]),
    ).toBe(3);
    expect(
      lineOf([
        ['Nom de famille', 'Prénom'],
        ['Durand', 'Anne'],
      ]),
    ).toBeNull();
    expect(lineOf([])).toBeNull();
  });

  it('are read as quickly where a heading is a book, or a line has thousands of them', async () => {
    const long = ['Référence', 'n'.repeat(190_000), 'Décison'];
    const wide = [...long, ...Array.from({ length: 12_000 }, (_, i) => `heading ${i}`)];
    const made: ReturnType<typeof read>[] = [];
    expect(
      await cpuSeconds(() => {
        for (const headings of [long, wide]) made.push(read([headings, ['HORIZON-X-2027-01']]));
      }),
    ).toBeLessThan(20);
    expect(made).toMatchObject([{ fields: ['identifier', null, 'verdict'] }, { headings: { length: 120 } }]);
  });

  it('are looked for among long texts and in a status of books as quickly, and others have their turn meanwhile', async () => {
    const book = 'mot '.repeat(2_200);
    const lines = Array.from({ length: 14 }, () => Array.from({ length: 60 }, () => book));
    const stages = Array.from({ length: 400 }, () => ['HORIZON-X-2027-01', 'é '.repeat(16_000)]);
    expect(
      await cpuSeconds(() => {
        expect(read([['Référence', 'Avis'], ...lines])).toMatchObject({ fields: ['identifier', 'verdict'] });
        expect(read([['Référence', 'Statut'], ...stages])).toMatchObject({ fields: ['identifier', null] });
      }),
    ).toBeLessThan(3);
    const words = Array.from({ length: 15 }, (_, row) =>
      Array.from({ length: 60 }, (_, i) => `mot ${row} ${i}`),
    );
    const steps = headingLine(words);
    let turns = 0;
    while (!steps.next().done) turns += 1;
    expect(turns).toBe(15 * 60);
  });
});

describe('words of decisions', () => {
  it.each([
    ['Oui', 'relevant'],
    ['x', 'relevant'],
    ['GO', 'relevant'],
    ['à suivre', 'relevant'],
    ['Très pertinent', 'relevant'],
    ['✓', 'relevant'],
    ['true', 'relevant'],
    ['non', 'not'],
    ['No-Go', 'not'],
    ['NON PERTINENT', 'not'],
    ['Pas pertinent', 'not'],
    ['not relevant', 'not'],
    ['Not for us', 'not'],
    ['Non retenu', 'not'],
    ['Pas pour nous', 'not'],
    ['sans suite', 'not'],
    ['✗', 'not'],
    ['-', 'not'],
    ['peut-être', null],
    ['à discuter', null],
    ['?', null],
    ['', null],
    ['NC', null],
    ['non communiqué', null],
    ['Oui / Non', null],
    ['Go/No-go', null],
  ])('%j is %s', (cell, verdict) => {
    expect(readVerdict(cell)).toMatchObject({ verdict, unknown: false });
  });

  it.each([
    ...['0.8', '0,25', '1,5', '1/3', '10'],
    ...[
      'Not yet decided',
      'No decision yet',
      'No reply yet',
      'Non décidé',
      'Non encore étudié',
      'Non traité',
    ],
    ...['Pas encore vu', 'Go/No-go à décider', 'Oui/Non ?!'],
  ])('are not in %j, which stays a remark', (cell) => {
    expect(readVerdict(cell)).toMatchObject({ verdict: null, rest: cell });
  });

  it.each(['Non : décision du 12/03', 'No, see the reader', 'Non, vu le TRL'])(
    'are in %j as before',
    (cell) => expect(readVerdict(cell)).toMatchObject({ verdict: 'not' }),
  );

  it('keeps what stands beside the word, and says which word it does not know', () => {
    expect(readVerdict('Non : TRL trop bas')).toEqual({
      verdict: 'not',
      rest: 'TRL trop bas',
      unknown: false,
    });
    expect(readVerdict('Oui (voir avec Paul)')).toEqual({
      verdict: 'relevant',
      rest: 'voir avec Paul',
      unknown: false,
    });
    expect(readVerdict('à voir avec le labo')).toEqual({
      verdict: null,
      rest: 'à voir avec le labo',
      unknown: true,
    });
    expect(readVerdict('bof')).toEqual({ verdict: null, rest: 'bof', unknown: true });
    expect(readVerdict('Nonobstant')).toMatchObject({ verdict: null, unknown: true });
  });

  it('understands its own words', () => {
    for (const [verdict, words] of Object.entries(VERDICT_WORDS))
      for (const word of Object.values(words)) expect(readVerdict(word).verdict).toBe(verdict);
    for (const [reason, words] of Object.entries(REASON_WORDS))
      for (const word of Object.values(words)) expect(readReason(word)).toEqual({ reason, rest: null });
  });

  it.each([
    ['hors sujet', 'topic'],
    ['Thématique', 'topic'],
    ['TRL trop élevé', 'trl'],
    ['pas de coordinateur', 'role'],
    ['budget insuffisant', 'budget'],
    ['taux de financement', 'budget'],
    ['délai trop court', 'timing'],
    ['échéance passée', 'timing'],
    ['non éligible', 'eligibility'],
    ['plan de charge', 'capacity'],
    ['not enough staff', 'capacity'],
    ['because', null],
  ])('%j is the reason %s', (text, reason) => {
    expect(readReason(text).reason).toBe(reason);
  });
});

describe('a line', () => {
  const fields = fieldsOf([
    'Référence',
    'Titre',
    'Lien',
    'Décision',
    'Motif',
    'Commentaire',
    'Remarques',
    'Échéance',
  ]);

  it('names its call by an identifier in whatever cell', () => {
    expect(identifiersIn('voir horizon-cl5-2027-d3-01-05 et HORIZON-CL4-2026-01')).toEqual([
      'HORIZON-CL5-2027-D3-01-05',
      'HORIZON-CL4-2026-01',
    ]);
    expect(
      identifiersIn(
        'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/horizon-cl5-2027-d3-01-05?x=1',
      ),
    ).toEqual(['HORIZON-CL5-2027-D3-01-05']);
    expect(identifiersIn('appel-à-projets générique, 3 rendez-vous-clés')).toEqual([]);
    expect(readLine(4, ['horizon-x-2027-01', 'T', '', '', '', '', '', '15/09/2026'], fields)).toMatchObject({
      row: 4,
      identifiers: ['HORIZON-X-2027-01'],
      title: 'T',
      deadline: '2026-09-15',
    });
    expect(
      readLine(4, ['', '', 'https://x.eu/topic-details/HORIZON-X-2027-01', '', '', '', '', ''], fields),
    ).toMatchObject({
      identifiers: ['HORIZON-X-2027-01'],
      link: 'https://x.eu/topic-details/HORIZON-X-2027-01',
    });
    expect(readLine(4, ['ERC-ADV', '', '', '', '', '', '', ''], fields)).toMatchObject({
      identifiers: ['ERC-ADV'],
    });
    expect(identifiersIn('voir MENDNET-CC-VOUCHERS, fin-cc')).toEqual(['MENDNET-CC-VOUCHERS']);
    expect(readLine(4, ['', '', ' ', ''], fields)).toBeNull();
  });

  it('names a cascade call by the portal’s number, however it is written: its identifier is its parent’s', () => {
    const page =
      'page ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/competitive-calls-cs/8123';
    const portal = 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities';
    for (const cell of [
      '8123COMPETITIVE_CALLen',
      'voir 8123competitive_call',
      '8123',
      `${portal}/competitive-calls-cs/8123?isExactMatch=true`,
      'competitive-calls-cs/8123',
    ]) {
      expect([cell, readLine(4, [cell, '', '', '', '', '', '', ''], fields)?.pages]).toEqual([cell, [page]]);
    }
    expect(
      readLine(4, ['', '', `${portal}/competitive-calls-cs/8123/`, '', '', '', '', ''], fields)?.pages,
    ).toEqual([page]);
    for (const cell of ['12', 'vu le 8123 fois', 'HORIZON-X-2027-01', '1234567'])
      expect([cell, readLine(4, [cell, '', '', '', '', '', '', ''], fields)?.pages]).toEqual([cell, []]);
  });

  it('loses nothing of what it says', () => {
    expect(
      readLine(
        2,
        ['A-B-1', '', '', 'Non', 'budget trop faible pour nous', 'Vu en 2024', 'Relancer', ''],
        fields,
      ),
    ).toMatchObject({
      verdict: 'not',
      reason: 'budget',
      note: 'budget trop faible pour nous\nVu en 2024\nRelancer',
      unknown: null,
    });
    expect(readLine(2, ['A-B-1', '', '', 'Non - hors sujet', '', '', '', ''], fields)).toMatchObject({
      verdict: 'not',
      reason: 'topic',
      note: null,
    });
    expect(readLine(2, ['A-B-1', '', '', 'Non, car Paul est parti', '', '', '', ''], fields)).toMatchObject({
      verdict: 'not',
      reason: null,
      note: 'car Paul est parti',
    });
    expect(readLine(2, ['A-B-1', '', '', 'bof', 'budget', '', '', ''], fields)).toMatchObject({
      verdict: null,
      reason: null,
      note: 'bof\nbudget',
      unknown: 'bof',
    });
  });

  it.each([
    ['2026-09-15', '2026-09-15'],
    ['15/09/2026 17:00', '2026-09-15'],
    ['1.9.26', '2026-09-01'],
    ['31/02/2026', null],
    ['septembre', null],
    ['09/15/2026', null],
  ])('reads %j as the day %s', (text, day) => {
    expect(dayIn(text)).toBe(day);
  });
});
