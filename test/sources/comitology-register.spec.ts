import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { CommitteeDocument } from '../../src/harvest/domain/drafts/committee-document.js';
import type { ParsedPage, ReadDocument, SourceRequest } from '../../src/harvest/domain/source.js';
import { loadSources } from '../../src/harvest/source-registry.js';
import { source } from '../../src/harvest/sources/comitology-register/comitology-register.source.js';
import { normalise } from '../../src/calls/domain/normalise.js';
import { readWord } from '../../src/platform/documents/word.js';
import {
  deleted,
  heading,
  inserted,
  note,
  paragraph,
  row,
  run,
  table,
  wordFile,
} from '../support/harvest/word-file.js';

const HEADINGS = [
  'Topics',
  'Type of Action',
  'Budgets (EUR million) 2027',
  'Expected EU contribution per project (EUR million)',
  'Indicative number of projects expected to be funded',
];
const DATES = 'Opening: 02 Mar 2027 Deadline(s): 04 May 2027 (First Stage), 23 Nov 2027 (Second Stage)';

const topic = (title: string, ...after: string[]): string =>
  [
    heading(3, title),
    table(row(['Call: INVENTED 2027']), row(['Type of Action', 'Innovation Actions'])),
    paragraph(run('Expected Outcome: Projects are expected to show that it works.')),
    paragraph(run('Scope: Proposals should build it.')),
    ...after,
  ].join('');

const read = async (...body: string[]) => {
  const bytes = wordFile(...body);
  const word = await readWord(bytes);
  return source.parse({ key: 'file: 900003/2 910003', mediaType: '', bytes, word }).files![0]!;
};

const call = (...rows: string[]): string =>
  [
    heading(1, run('Call - INVENTED 2027')),
    heading(2, run('HORIZON-CL9-2027-01')),
    table(row(HEADINGS), ...rows),
  ].join('');

describe('a draft work programme', () => {
  it('is read with all tracked changes accepted, whatever its contents list says', async () => {
    const { topics } = await read(
      paragraph(run('HORIZON-CL9-2027-01-OLD-01: A topic of an earlier state'), { as: 'TOC1' }),
      call(
        row([DATES]),
        row(['HORIZON-CL9-2027-01-OLD-01: Dropped', 'RIA', '9.00', '3.00', '3'], true),
        row([
          paragraph(
            `${run('HORIZON-CL9-2027-01-NEW-02: A ')}${deleted('dull')}${inserted(run('good'))}${run(' topic')}`,
          ),
          'IA',
          paragraph(`${deleted('12.00')}${inserted(run('10.50'))}`),
          'Around 3.50',
          '3',
        ]),
      ),
      heading(1, run('Destination - Invented things')),
      paragraph(deleted('HORIZON-CL9-2027-01-OLD-01: Dropped'), { as: 'Heading3', gone: true }),
      topic(
        `${run('HORIZON-CL9-2027-01-NEW-02: A ')}${deleted('dull')}${inserted(run('good'))}${run(' topic')}`,
      ),
    );
    expect(topics).toHaveLength(1);
    expect(topics[0]).toMatchObject({
      identifier: 'HORIZON-CL9-2027-01-NEW-02',
      title: 'A good topic',
      callIdentifier: 'HORIZON-CL9-2027-01',
      callTitle: 'INVENTED 2027',
      destination: 'Invented things',
      sourceStatus: 'draft',
      typesOfAction: ['IA'],
      deadlineModel: 'two-stage',
      opensAt: '2027-03-02T00:00:00+01:00',
      budget: {
        total: 10_500_000,
        minContribution: 3_500_000,
        maxContribution: 3_500_000,
        expectedGrants: 3,
      },
    });
    const { deadlines } = normalise(topics[0]!);
    expect(deadlines.map((d) => d.brussels)).toEqual([
      '2027-05-04T17:00:00+02:00',
      '2027-11-23T17:00:00+01:00',
    ]);
  });

  it('joins what runs, line breaks, hyphens and footnotes tear apart', async () => {
    const { topics } = await read(
      call(row([DATES]), row(['HORIZON-CL9-2027-01-AB-03: Torn in two', 'RIA', '4.00', '2.00 to 4.00', '1'])),
      topic(
        `${run('HORI')}${run('ZON\u2011CL9\u20112027\u201101\u2011AB-')}<w:r><w:br/></w:r>${run('03: Torn\u00a0in ')}${note}<w:r><w:br/></w:r>${run('two')}`,
      ),
    );
    expect(topics).toMatchObject([
      { identifier: 'HORIZON-CL9-2027-01-AB-03', title: 'Torn in two', budget: { total: 4_000_000 } },
    ]);
    expect(topics[0]!.sections).toEqual([
      {
        kind: 'conditions',
        title: 'Specific conditions',
        text: 'Call: INVENTED 2027\nType of Action\nInnovation Actions',
      },
      {
        kind: 'expected-outcome',
        title: 'Expected Outcome',
        text: 'Projects are expected to show that it works.',
      },
      { kind: 'scope', title: 'Scope', text: 'Proposals should build it.' },
    ]);
  });

  it.each([
    ['04 May 2027, 23 Nov 2027', 'multiple-cut-off'],
    ['04 May 2027 (First Stage)', 'two-stage'],
    ['04 May 2027', 'single-stage'],
  ])('says by its deadlines, %s, how proposals are submitted: %s', async (deadlines, model) => {
    const { topics } = await read(
      call(
        row([`Opening: 02 Mar 2027 Deadline(s): ${deadlines}`]),
        row(['HORIZON-CL9-2027-01-AB-03: A topic', 'RIA', '4.00', '2.00', '2']),
      ),
      topic(run('HORIZON-CL9-2027-01-AB-03: A topic')),
    );
    expect(topics[0]!.deadlineModel).toBe(model);
  });

  it('has no topic that a text only mentions, and none in an empty file', async () => {
    const { topics } = await read(
      heading(1, run('Introduction')),
      paragraph(run('HORIZON-CL9-2025-01-XY-01: this topic of an earlier year is continued.')),
      topic(
        run('HORIZON-CL9-2027-01-AB-03: The only one'),
        paragraph(run('See also HORIZON-CL9-2027-01-ZZ-09: another.')),
      ),
    );
    expect(topics.map((t) => t.identifier)).toEqual(['HORIZON-CL9-2027-01-AB-03']);
    expect((await read(paragraph(run('Nothing.')))).topics).toEqual([]);
  });

  it.each([
    ['The total indicative budget for the topic is EUR 28.00 million.', 28_000_000],
    ['The total indicative budget for the topic in 2027 is EUR 28,5 million.', 28_500_000],
    ['For 2027 it depends on the outcome of the first call.', undefined],
  ])('says by its own table what the call has no row for: %s', async (text, total) => {
    const { topics } = await read(
      heading(3, run('HORIZON-CL9-2027-01-AB-03: A topic')),
      table(row(['Call: INVENTED 2027', '']), row(['Indicative budget', text])),
    );
    expect(topics[0]!.budget?.total).toBe(total);
  });

  it('adds up the budgets of several years', async () => {
    const { topics } = await read(
      heading(1, run('Call - INVENTED')),
      table(
        row([
          'Topics',
          'Type of Action',
          '2026',
          '2027',
          'Expected EU contribution per project',
          'Number of projects',
        ]),
        row(['HORIZON-CL9-2026-01-AB-01: Two years', 'CSA', '1.25', '2.50', '1.00', '3']),
      ),
      topic(run('HORIZON-CL9-2026-01-AB-01: Two years')),
    );
    expect(topics[0]!.budget!.total).toBe(3_750_000);
  });

  it('is read by its columns where cells are merged, in the head and below it', async () => {
    const merged = (how: string, text = '') => `<w:tcPr>${how}</w:tcPr>${paragraph(text && run(text))}`;
    const [begins, goesOn] = ['<w:vMerge w:val="restart"/>', '<w:vMerge/>'];
    const ids = ['HORIZON-CL9-2026-01-AB-01', 'HORIZON-CL9-2026-01-AB-02'];
    const { topics } = await read(
      heading(1, run('Call - INVENTED')),
      table(
        row([
          merged(begins, 'Topics'),
          merged(begins, 'Type of Action'),
          merged('<w:gridSpan w:val="2"/>', 'Budgets (EUR million)'),
          merged(begins, 'Expected EU contribution per project'),
          merged(begins, 'Number of projects'),
        ]),
        row([merged(goesOn), merged(goesOn), '2026', '2027', merged(goesOn), merged(goesOn)]),
        row([merged('<w:gridSpan w:val="6"/>', DATES)]),
        row([`${ids[0]}: One`, merged(begins, 'CSA'), '1.25', '2.50', '1.00', '3']),
        row([`${ids[1]}: Two`, merged(goesOn), '8.00', '', '4.00', '2']),
      ),
      ...ids.map((id, i) => topic(run(`${id}: ${['One', 'Two'][i]}`))),
    );
    expect(topics).toMatchObject([
      { typesOfAction: ['CSA'], budget: { total: 3_750_000, maxContribution: 1_000_000, expectedGrants: 3 } },
      { typesOfAction: ['CSA'], budget: { total: 8_000_000, maxContribution: 4_000_000, expectedGrants: 2 } },
    ]);
    expect(topics.map((t) => t.deadlines.length)).toEqual([2, 2]);
  });
});

describe('a Word file', () => {
  it('that is cut off, or no Word file, may be read later', async () => {
    const whole = wordFile(paragraph(run('Words '.repeat(5_000))));
    for (const bytes of [
      whole.subarray(0, whole.length / 2),
      Buffer.from(zipSync({ 'other.txt': new Uint8Array(100) })),
    ])
      await expect(readWord(bytes)).rejects.toMatchObject({ kind: 'Truncated', retryPolicy: 'later' });
  });

  it('is read as it was measured, whatever its table of contents says is in it', async () => {
    const [shown, hidden] = [wordFile(paragraph(run('Shown.'))), wordFile(paragraph(run('Hidden.')))];
    const END = Buffer.from('PK\x05\x06');
    const CENTRAL = Buffer.from('PK\x01\x02');
    const begins = hidden.indexOf(CENTRAL);
    const files = shown.subarray(0, shown.indexOf(CENTRAL));
    // What is measured is a file named so that it covers the other archive, which the contents lead to.
    const cover = Buffer.alloc(34);
    cover.write('PK\x03\x04', 'latin1');
    cover.writeUInt32LE(begins, 18);
    cover.writeUInt32LE(begins, 22);
    cover.writeUInt16LE(4, 26);
    cover.write('cove', 30);
    const start = files.length + cover.length;
    const contents = Buffer.from(hidden.subarray(begins));
    for (let at = contents.indexOf(CENTRAL); at >= 0; at = contents.indexOf(CENTRAL, at + 4))
      contents.writeUInt32LE(contents.readUInt32LE(at + 42) + start, at + 42);
    const end = contents.indexOf(END);
    contents.writeUInt32LE(contents.readUInt32LE(end + 16) + start, end + 16);
    const both = Buffer.concat([files, cover, hidden.subarray(0, begins), contents]);
    expect(await readWord(both)).toEqual([{ kind: 'text', text: 'Shown.' }]);
  });

  it('makes no entities of its own', async () => {
    const files = unzipSync(wordFile(paragraph(run('Before &amp;own; after.'))));
    const text = strFromU8(files['word/document.xml']!)
      .replace('?>', '?><!DOCTYPE w [<!ENTITY own "made up"><!ENTITY file SYSTEM "file:///etc/passwd">]>')
      .replace('&amp;own;', '&own; &file;');
    const made = zipSync({ ...files, 'word/document.xml': strToU8(text) });
    const read = await readWord(Buffer.from(made)).catch((error: Error) => error.message);
    expect(JSON.stringify(read)).not.toMatch(/made up|root:/);
  });

  it('is refused beyond the limits of an upload, packed and unpacked', async () => {
    await expect(readWord(Buffer.alloc(20_000_001))).rejects.toThrow('larger than 20 MB');
    // What it says of its first part, which is where reading ends: `unpacked` is tested with what lies.
    const bomb = wordFile(paragraph(run('Words')));
    bomb.writeUInt32LE(200_000_001, 22);
    await expect(readWord(bomb)).rejects.toThrow('too-large');
  });
});

it('an annex of a decision gives its proposals, and an unknown table none', async () => {
  const columns = [
    'Proposal number',
    'Acronym',
    'Title',
    'Topic',
    'Coordinator (country)',
    'Maximum EU contribution (EUR)',
  ];
  const { proposals } = await read(
    table(
      row(columns),
      row(['101 234 567', 'GOOD', 'A title', 'HORIZON-CL9-2025-01', 'CEA (FR)', '1 653 131.50']),
      row(['Total', '', '', '', '', '1 653 131.50']),
    ),
    table(row(['Number', 'Name']), row(['101234568', 'OTHER'])),
  );
  expect(proposals).toEqual([
    {
      number: '101234567',
      acronym: 'GOOD',
      title: 'A title',
      topic: 'HORIZON-CL9-2025-01',
      coordinator: 'CEA (FR)',
      grant: 1_653_131.5,
    },
  ]);
});

describe('the walk over the register', () => {
  const document = (
    reference: string,
    version = 1,
    updatedAt = '2027-03-01T00:00:00Z',
  ): CommitteeDocument => ({
    reference,
    version,
    title: 'Invented',
    committee: 'C70408',
    committeeTitle: null,
    type: 'D',
    meeting: null,
    meetingStarts: null,
    meetingEnds: null,
    createdAt: '2027-03-01T00:00:00Z',
    updatedAt,
  });
  const NOTHING: ParsedPage = { total: null, calls: [], unread: [], links: [] };
  /** Answers requests until none follow, and returns their keys. */
  const walk = (
    answer: (request: SourceRequest, number: number) => Partial<ParsedPage>,
    known = new Map<string, string>(),
  ) => {
    const done: ReadDocument[] = [];
    for (;;) {
      const next = source.plan(done, {
        scan: 1,
        languages: ['en'],
        register: { committees: ['C70408'], since: '2026-03-01T00:00:00.000Z', known },
      });
      if (!next.length || done.length > 100) return done.map((d) => d.key);
      for (const request of next)
        done.push({ key: request.key, page: { ...NOTHING, ...answer(request, done.length) } });
    }
  };

  it('goes on until it has seen as many documents as the list says', () => {
    const page = (request: SourceRequest): Partial<ParsedPage> => {
      if (!request.key.startsWith('list')) return {};
      const [, number, round] = /(\d+)\.(\d+)/.exec(request.key)!;
      // In the first round a row that ties stands on both pages, and another on none.
      const last = number === '1' ? (round === '1' ? '99' : '100') : null;
      const rows = last ? [last] : Array.from({ length: 100 }, (_, i) => String(i));
      return { total: 101, documents: rows.map((r) => document(r)) };
    };
    expect(walk(page).filter((key) => key.startsWith('list'))).toEqual([
      'list: 0.1',
      'list: 1.1',
      'list: 0.2',
      'list: 1.2',
    ]);
    expect(
      walk((request) => ({ ...page(request), total: 102 })).filter((k) => !k.startsWith('list')),
    ).toEqual([]);
  });

  it('asks for the files of those alone that are new or updated', () => {
    const rows = [document('1'), document('2'), document('2', 2), document('3', 1, '2027-03-05T00:00:00Z')];
    const known = new Map([
      ['1/1', '2027-03-01T00:00:00Z'],
      ['2/1', '2027-03-01T00:00:00Z'],
      ['3/1', '2027-03-01T00:00:00Z'],
    ]);
    const answer = ({ key }: SourceRequest): Partial<ParsedPage> => {
      if (key.startsWith('list')) return { total: 4, documents: rows };
      if (key === 'document: 2/2')
        return {
          documents: [
            {
              ...rows[2]!,
              files: [
                { id: 7, name: 'Draft.docx' },
                { id: 8, name: 'Vote.pdf' },
              ],
            },
          ],
        };
      return key.startsWith('document')
        ? { documents: [{ ...rows[3]!, type: 'V', files: [{ id: 9, name: 'V.docx' }] }] }
        : {};
    };
    expect(walk(answer, known)).toEqual(['list: 0.1', 'document: 2/2', 'document: 3/1', 'file: 2/2 7']);
  });
});

it("a document's own page in another form is not read, and keeps no other document from being read", () => {
  const bytes = Buffer.from(JSON.stringify({ documentReference: '2', version: 2, documentsAttached: null }));
  expect(source.parse({ key: 'document: 2/2', mediaType: '', bytes })).toMatchObject({
    unread: [{ reference: '2/2', why: expect.stringContaining('documentsAttached') }],
  });
});

it('no source but a register of committees has committees to be chosen', async () => {
  const chosen = { 'comitology-register': { committees: ['C70408'] } };
  const [register] = (await loadSources(chosen)).filter((s) => s.id === 'comitology-register');
  expect(register!.committees).toEqual(['C70408']);
  await expect(loadSources({ anr: { committees: ['C70408'] } })).rejects.toThrow(/anr\.committees/);
});

it('the day of a meeting is the one that begins at midnight in Brussels', () => {
  const row = {
    documentReference: '9',
    version: 1,
    title: 'Invented ',
    committeeCode: 'C70408',
    creationDate: '2027-01-01T00:00:00.123456Z',
    updateDate: '2027-01-01T00:00:00.123Z',
    meetingStartDate: '2027-07-14T22:00:00Z',
    meetingEndDate: '2027-12-01T23:00:00Z',
    documentType: { letter: 'A' },
  };
  const bytes = Buffer.from(JSON.stringify({ content: [row], totalElements: 1 }));
  const [parsed] = source.parse({ key: 'list: 0.1', mediaType: 'application/json', bytes }).documents!;
  expect(parsed).toMatchObject({ meetingStarts: '2027-07-15', meetingEnds: '2027-12-02', title: 'Invented' });
});
