import { CarnotError, ShapeError } from '../../src/kernel/errors.js';
import { htmlToText } from '../../src/harvest/sources/_kit/html-text.js';
import { budgetOf, sectionsOf } from '../../src/harvest/sources/funding-tenders/parse-row.js';
import { portalDate } from '../../src/harvest/sources/_kit/portal/row.js';
import { answer, call, CASCADE, GRANT, parse, rows, varied } from '../support/harvest/varied-rows.js';

function thrownBy(act: () => unknown): CarnotError {
  try {
    act();
  } catch (error) {
    return error as CarnotError;
  }
  throw new Error('nothing was thrown');
}

describe('an answer that is none', () => {
  it('cut off anywhere is to be asked again', () => {
    const text = varied.toString().trim();
    for (let cut = 1; cut < 60; cut += 1) {
      const error = thrownBy(() => parse(text.slice(0, Math.floor((text.length * cut) / 60))));
      expect([error.kind, error.retryPolicy]).toEqual(['Truncated', 'later']);
    }
    expect(thrownBy(() => parse('')).kind).toBe('Truncated');
  });

  it.each(['<!doctype html><title>One moment</title>', '\n  <html></html>', '\ufeff<html></html>'])(
    'a page for a browser, %j, is a challenge',
    (body) => {
      const error = thrownBy(() => parse(body, 'text/html'));
      expect([error.kind, error.retryPolicy]).toEqual(['Challenge', 'later']);
      expect(thrownBy(() => parse(body)).kind).toBe('Challenge');
    },
  );

  it('a byte order mark is no part of it', () => {
    expect(parse(`\ufeff${varied.toString()}`)).toEqual(parse(varied));
  });

  it.each([
    ['no total', { totalResults: undefined }],
    ['a total in words', { totalResults: 'many' }],
    ['a total below zero', { totalResults: -1 }],
    ['rows that are no list', { results: {} }],
    ['no rows at all', { results: undefined }],
  ])('another shape asks for a person: %s', (_, change) => {
    const error = thrownBy(() => parse(answer(change)));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.retryPolicy).toBe('person');
  });

  it('asks for a person where every row changed shape, and names the reason', () => {
    const renamed = rows()
      .filter((row) => row.metadata)
      .map(({ metadata, ...row }) => ({ ...row, meta: metadata }));
    const error = thrownBy(() => parse(answer({ results: renamed })));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.message).toMatch(/none of 9 could be read: metadata is missing/);
    // A page with a single row proves nothing: that row may be the only broken one.
    expect(parse(answer({ results: renamed.slice(0, 1) }))).toMatchObject({
      calls: [],
      unread: [{ reference: '91000001TOPICSen' }],
    });
  });
});

describe('HTML to text', () => {
  it.each([
    [
      'lists of lists',
      '<p>All of:</p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d',
      'All of:\na\nb\nc\nd',
    ],
    [
      'list items without white space',
      'outcomes:<ul><li>Shown</li><li>Told</li></ul>',
      'outcomes:\nShown\nTold',
    ],
    [
      'cells between bars',
      '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><p>2</p><p>3</p></td></tr></table>',
      'A | B\n1 | 2 3',
    ],
    ['empty cells', '<table><tr><td> </td><td>1</td></tr></table>', '1'],
    ['line breaks', 'a<br>b<br/><br/>c', 'a\nb\nc'],
    ['white space of the source as a blank', '<p>mend\n   them&nbsp;selves\t!</p>', 'mend them selves !'],
    ['words that are partly set otherwise', 'TR<b>L</b> <i>6</i>', 'TRL 6'],
    ['entities', '&lt;150&nbsp;&deg;C &amp; &euro;5 &#8211; &#x36;', '<150 °C & €5 – 6'],
    ['links as their words', 'see <a href="https://example.org">the plan</a>.', 'see the plan.'],
    ['nothing that is not shown', 'a<!-- b --><script>c</script><style>d</style>', 'a'],
    ['what stands behind a stray end tag', 'a</div><p>b</p>', 'a\nb'],
    ['what is not closed', '<p>a<p>b<ul><li>c', 'a\nb\nc'],
    ['plain text', 'a < b', 'a < b'],
    ['nothing', '', ''],
  ])('keeps %s', (_, html, expected) => expect(htmlToText(html)).toBe(expected));

  it.each([
    '<del>4 June</del>',
    '<s>4 June</s>',
    '<span style="text-decoration: line-through">4 June</span>',
  ])('leaves out what is struck: %s', (struck) =>
    expect(htmlToText(`<p>Deadline: ${struck} 18 June</p>`)).toBe('Deadline: 18 June'),
  );
});

describe('sections', () => {
  const head = (kind: string, tag = 'span') => `<${tag} class="topicdescriptionkind">${kind}</${tag}>`;
  const body = (html: string) => `:<div class="topicdescriptioncontent">${html}</div>`;
  const told = (html: string) => sectionsOf(html).map((s) => [s.kind, s.title, s.text]);

  it.each([
    ['ExpectedOutcome', 'expected-outcome', 'Expected Outcome'],
    ['Expected Outcome', 'expected-outcome', 'Expected Outcome'],
    ['Expected Outcomes:', 'expected-outcome', 'Expected Outcomes'],
    ['Scope', 'scope', 'Scope'],
    ['SCOPE', 'scope', 'SCOPE'],
    ['Objective', 'objective', 'Objective'],
    ['ExpectedImpact', 'expected-impact', 'Expected Impact'],
    ['Specific Challenge', 'specific-challenge', 'Specific Challenge'],
    ['Something else', 'other', 'Something else'],
    ['null', 'other', ''],
  ])('%s is %s', (kind, expected, title) =>
    expect(told(head(kind) + body('<p>x</p>'))).toEqual([[expected, title, 'x']]),
  );

  it('go to the next heading, held by a div or not', () => {
    expect(
      told(`<p>Before</p>${head('Scope', 'p')}<p>a</p>b${head('Objective')}${body('c')}<p>d</p>`),
    ).toEqual([
      ['summary', '', 'Before'],
      ['scope', 'Scope', 'a\nb'],
      ['objective', 'Objective', 'c\nd'],
    ]);
  });

  it('do not take the text of the next where their own is missing', () => {
    expect(told(head('Scope') + head('Objective') + body('c'))).toEqual([['objective', 'Objective', 'c']]);
  });

  it('are found however deep their headings stand', () => {
    expect(told(`<div><p>${head('Scope')}</p></div>${body('a')}`)).toEqual([['scope', 'Scope', 'a']]);
  });

  it.each([
    [
      '<ul><li>lifts in buildings;</li><li>Scope of the ramps</li></ul>',
      'lifts in buildings;\nScope of the ramps',
    ],
    ['lifts in buildings;Scope of the ramps', 'lifts in buildings;\nScope of the ramps'],
    ['for bus chargersDesign the tools', 'for bus chargers\nDesign the tools'],
    [
      'by 2050.However, it (in GWh/year)Reduction of use[1]Number of DSOsStrengthened',
      'by 2050.\nHowever, it (in GWh/year)\nReduction of use[1]\nNumber of DSOs\nStrengthened',
    ],
    [
      'IPCEI projects and EuroHPC.Technology across the EU;Improved',
      'IPCEI projects and EuroHPC.\nTechnology across the EU;\nImproved',
    ],
    ['of natural fibres);demonstrate them', 'of natural fibres);\ndemonstrate them'],
    [
      'Submission and evaluation processesdescribed section 8 of it',
      'Submission and evaluation processes\ndescribed section 8 of it',
    ],
    [
      'ageing, and what is related to ageingdemonstrate it',
      'ageing, and what is related to ageing\ndemonstrate it',
    ],
    ['are not biodegradable, orImprove it', 'are not biodegradable, or\nImprove it'],
    [
      'one of: Dengue VirusTick-borne Encephalitis VirusJapanese Encephalitis VirusZika Virus',
      'one of: Dengue Virus\nTick-borne Encephalitis Virus\nJapanese Encephalitis Virus\nZika Virus',
    ],
    ['nullActivities reach TRL 6', 'Activities reach TRL 6'],
    ['It is void.nullActivities reach TRL 6 or null', 'It is void.\nActivities reach TRL 6 or null'],
  ])('have a line for each item of a list, also where the portal ran them together: %s', (html, text) => {
    expect(told(head('Scope') + body(html))).toEqual([['scope', 'Scope', text]]);
  });

  it.each([
    '1.The first (a)',
    'bioRxiv, eHealth, DeepTech, openEHR, GenAI',
    'https://example.org/pageSize;Part?sortBy=x#AnnexTwo',
    'e.g. TRL 4:5',
    'H2O2(aq)',
    'MicroGrid, MicroFluidics and MicroArray, or Micro-grids',
    'VirusTotal finds a Virus',
    'U.S.Department',
    'ZMINA:Resilience',
    'to underdevelop is not under what photodemonstrate is',
  ])('keep what is one word: %s', (text) =>
    expect(told(head('Scope') + body(text))).toEqual([['scope', 'Scope', text]]),
  );

  it('are a summary where there is no heading, and none where there is nothing', () => {
    expect(told('<p>All of it</p>')).toEqual([['summary', '', 'All of it']]);
    expect(told('<p>&nbsp;</p>')).toEqual([]);
  });
});

describe('dates', () => {
  it.each([
    ['2026-09-15T00:00:00.000+0000', '2026-09-15T00:00:00.000Z'],
    ['2026-09-15T17:00:00+02:00', '2026-09-15T15:00:00.000Z'],
    ['2026-09-15T10:00:07Z', '2026-09-15T10:00:07.000Z'],
    ['2026-09-15', '2026-09-15T00:00:00.000Z'],
    ['9 September 2026', '2026-09-09T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    // The day stays as written, in summer and winter time.
    ['2024-09-27+02:00 Europe/Brussels', '2024-09-27T00:00:00.000Z'],
    ['2024-12-27+01:00', '2024-12-27T00:00:00.000Z'],
    ['1789430400000', '2026-09-15T00:00:00.000Z'],
    ['999999999999', '2001-09-09T01:46:39.999Z'],
  ])('%s is read', (text, expected) => expect(portalDate(text)).toBe(expected));

  // Date.parse accepts most of these, some in the machine's own time zone.
  it.each([
    '',
    'soon',
    'Topic 1',
    '2026',
    '15/09/2026',
    '2026-02-29',
    '2026-02-30T00:00:00Z',
    '31 June 2026',
    '1 Smarch 2026',
    '2026-09-15T17:00:00',
    '09-15-2026',
    '17894304000',
    '17894304000000',
    '-1789430400000',
    '2024-02-30+01:00',
    '2024-09-27+02:00 Brussels, Belgium',
  ])('%j is none', (text) => expect(() => portalDate(text)).toThrow('is not a date'));
});

describe('the deadline of a cascade call', () => {
  const read = (written: string) => call(CASCADE!, { deadlineDate: [written] }).deadlines;

  it.each([
    ['in summer', '2026-06-30T17:00:00.000+0000', '2026-06-30T15:00:00.000Z', true],
    ['in winter', '2027-01-19T17:00:00.000+0000', '2027-01-19T16:00:00.000Z', true],
    [
      'at the end of a day, which stays that day',
      '2026-07-06T23:59:00.000+0000',
      '2026-07-06T21:59:00.000Z',
      true,
    ],
    ['without a time', '2026-07-06T00:00:00.000+0000', '2026-07-06T00:00:00.000Z', false],
  ])('is that of a clock in Brussels, %s', (_, written, at, timeTold) =>
    expect(read(written)).toEqual([{ at, timeTold }]),
  );
});

describe('the deadline of a topic whose field gives only the day', () => {
  const read = (line: string, days = ['2026-09-17T00:00:00.000+0000']) =>
    call(GRANT!, {
      deadlineDate: days,
      descriptionByte: [`<p>Expected Outcome: more of it.</p><p>${line}</p>`],
    }).deadlines;

  it.each([
    [
      'Deadline for submitting applications: 17 September 2026, 17:00 (Brussels time)',
      '2026-09-17T17:00:00+02:00',
    ],
    ['Deadline for submission: 17/09/2026 – 12:00:00 CET (Brussels)', '2026-09-17T12:00:00+02:00'],
  ])('has the time that its text states for that day: %s', (line, at) =>
    expect(read(line)).toEqual([{ at, timeTold: true }]),
  );

  it.each([
    'Deadline for submitting applications: 3 September 2026, 17:00 (Brussels time)',
    'The information day on 17 September 2026, 10:00 (Brussels time) is online.',
    'Deadline for submitting applications: 17 September 2026',
  ])('has none from a line about another day, or another event, or without a time: %s', (line) =>
    expect(read(line)).toEqual([{ at: '2026-09-17T00:00:00.000Z', timeTold: false }]),
  );
});

describe('the budget of a topic', () => {
  const line = (action: string, change: object = {}) => ({
    action,
    expectedGrants: 0,
    minContribution: 0,
    maxContribution: 0,
    budgetYearMap: {},
    ...change,
  });
  const of = (identifier: string, ...lines: object[]) =>
    budgetOf(
      JSON.stringify({
        budgetTopicActionMap: Object.fromEntries(lines.map((l, i) => [String(i), [l]])),
        budgetYearsColumns: [],
      }),
      identifier,
    );
  const total = (year: string, amount: unknown) => ({ budgetYearMap: { [year]: amount } });
  const nothing = {
    currency: 'EUR',
    total: null,
    expectedGrants: null,
    minContribution: null,
    maxContribution: null,
    years: [],
  };

  it('is that of its own line, not of one that begins alike', () => {
    const lines = [
      line('TOPIC-10 - RIA', total('2026', 9e6)),
      line('TOPIC-1 - RIA', total('2026', 2e6)),
      line('TOPIC-1-x - RIA', total('2026', 7e6)),
    ];
    expect(of('TOPIC-1', ...lines)).toEqual({ ...nothing, total: 2e6, years: ['2026'] });
    expect(of('TOPIC-10', ...lines)).toEqual({ ...nothing, total: 9e6, years: ['2026'] });
    expect(of('TOPIC', ...lines)).toBeNull();
    expect(of('topic-1', ...lines)?.total).toBe(2e6);
  });

  it('takes a zero for not stated', () => {
    expect(of('T', line('T - RIA', { ...total('2026', 0), maxContribution: 4e6 }))).toEqual({
      ...nothing,
      maxContribution: 4e6,
    });
    expect(of('T', line('T - RIA', total('2026', 0)))).toBeNull();
    expect(of('T', { action: 'T' })).toBeNull();
    expect(of('T')).toBeNull();
  });

  it('adds several lines up, with the least and the most that one project gets', () => {
    const a = line('T - RIA', {
      expectedGrants: 2,
      minContribution: 3e6,
      maxContribution: 4e6,
      budgetYearMap: { '2026': 6e6, '2027': 1e6 },
    });
    const b = line('T - IA', {
      expectedGrants: 1,
      minContribution: 0,
      maxContribution: 9e6,
      budgetYearMap: { '2027': 8e6 },
    });
    expect(of('T', a, b)).toMatchObject({
      total: 15e6,
      expectedGrants: 3,
      minContribution: 3e6,
      maxContribution: 9e6,
      years: ['2026', '2027', '2027'],
    });
  });

  it('reads amounts that are written as text', () =>
    expect(of('T', line('T - RIA', total('2026', '2500000')))?.total).toBe(2.5e6));

  it('throws where the overview is not in its form, so that the row counts as unread', () => {
    expect(() => budgetOf('{"budgetTopicActionMap":[{}]}', 'T')).toThrow();
    expect(() => budgetOf('{', 'T')).toThrow();
    expect(() => of('T', line('T - RIA', total('2026', 'much')))).toThrow();
  });
});
