import fc from 'fast-check';
import { claimsBy, unknownNames } from '../../../src/funded-projects/domain/claims.js';
import type { HistoryProject, Participant } from '../../../src/funded-projects/domain/history-project.js';
import { Claim, TrackRecord, type ClaimRule } from '../../../src/profiles/domain/track-record.js';

const [CEA, OWN] = ['999992401', '999000111'];
const part = (pic: string, over: Partial<Participant> = {}): Participant => ({
  pic,
  role: 'participant',
  country: 'FR',
  city: 'PARIS',
  name: pic,
  sme: null,
  activityType: null,
  nutsCode: null,
  ecContribution: null,
  netEcContribution: null,
  totalCost: null,
  ended: null,
  ...over,
});
const aProject = (id: string, over: Partial<HistoryProject> = {}): HistoryProject => ({
  id,
  acronym: `P${id}`,
  title: 'A title',
  objective: null,
  topics: [],
  programme: 'H2020',
  start: '2016-05-01',
  end: null,
  fundingScheme: 'RIA',
  status: null,
  totalCost: null,
  ecMaxContribution: null,
  subjects: [],
  participants: [part(CEA)],
  ...over,
});
const reasons = (record: object[], project: HistoryProject) =>
  [project].flatMap(claimsBy(TrackRecord.parse(record)))[0]?.why ?? [];
const byRule = (rule: Partial<ClaimRule>, project: HistoryProject) =>
  reasons([{ pic: CEA, rules: [rule] }], project).map((w) => (w.by === 'rule' ? w.found : w));

describe('the projects that a track record claims', () => {
  it('are those that it names, by acronym in any case or by number, of that number of the register alone', () => {
    const projects = [
      aProject('1', { acronym: 'Hyperion' }),
      aProject('22'),
      aProject('3', { acronym: 'HYPERION', participants: [part(OWN)] }),
      aProject('4'),
    ];
    expect(
      projects.flatMap(claimsBy(TrackRecord.parse([{ pic: CEA, projects: ['HYPERION', '22'] }]))),
    ).toEqual([
      { project: projects[0], why: [{ by: 'project', pic: CEA, name: 'HYPERION' }], left: false },
      { project: projects[1], why: [{ by: 'project', pic: CEA, name: '22' }], left: false },
    ]);
  });

  it.each<[string, Partial<ClaimRule>, Partial<HistoryProject>, string | null]>([
    [
      'a city',
      { city: 'grenoble' },
      { participants: [part(CEA, { city: 'GRENOBLE CEDEX 9' })] },
      'GRENOBLE CEDEX 9',
    ],
    ['a city with its accents', { city: 'Évry' }, { participants: [part(CEA, { city: 'EVRY' })] }, 'EVRY'],
    ["no part of a city's word", { city: 'Gren' }, { participants: [part(CEA, { city: 'GRENOBLE' })] }, null],
    [
      'not the city of another',
      { city: 'Grenoble' },
      { participants: [part(CEA), part(OWN, { city: 'Grenoble' })] },
      null,
    ],
    ['no city where none is told', { city: 'Grenoble' }, { participants: [part(CEA, { city: null })] }, null],
    [
      'a word of the objective in another inflection',
      { words: ['turbine', 'fuel cell'] },
      { objective: 'Better Fuel Cells for ships' },
      'fuel cell',
    ],
    [
      "a word of a topic's title",
      { words: ['hydrogen'] },
      { topics: [{ code: 'X', title: 'Clean Hydrogen' }] },
      'hydrogen',
    ],
    [
      'no phrase across title and objective',
      { words: ['wind turbine'] },
      { title: 'Wind', objective: 'turbines' },
      null,
    ],
    ['no part of a word', { words: ['cell'] }, { title: 'Cellular networks' }, null],
    ['how a topic begins', { topics: ['fch-'] }, { topics: [{ code: 'FCH-01-2015', title: null }] }, 'fch-'],
    ['not how it ends', { topics: ['2015'] }, { topics: [{ code: 'FCH-01-2015', title: null }] }, null],
    ['a subject', { subjects: ['Fuel  Cells'] }, { subjects: ['fuel cells'] }, 'Fuel  Cells'],
    ['not a part of a subject', { subjects: ['fuel'] }, { subjects: ['fuel cells'] }, null],
    ['the day on which it began', { from: '2016-05-01', to: '2016-05-01' }, {}, '2016-05-01'],
    ['not before', { from: '2016-05-02' }, {}, null],
    ['not after', { to: '2016-04-30' }, {}, null],
    ['no day where none is told', { to: '2030-01-01' }, { start: null }, null],
  ])('are found by a rule: %s', (_, rule, over, found) =>
    expect(byRule(rule, aProject('1', over))).toEqual(found === null ? [] : [[found]]),
  );

  it('meet all of a rule, and of several rules one; all that claims them is told', () => {
    const project = aProject('1', { title: 'Hydrogen', topics: [{ code: 'FCH-1', title: null }] });
    expect(byRule({ words: ['hydrogen'], topics: ['LCE'] }, project)).toEqual([]);
    expect(byRule({ words: ['hydrogen'], topics: ['LCE', 'FCH'] }, project)).toEqual([['FCH', 'hydrogen']]);
    expect(
      reasons(
        [
          {
            pic: CEA,
            projects: ['1', 'p1'],
            rules: [{ words: ['helium'] }, { from: '2016-01-01' }],
            all: true,
          },
        ],
        project,
      ),
    ).toEqual([
      { by: 'project', pic: CEA, name: '1' },
      { by: 'project', pic: CEA, name: 'p1' },
      { by: 'rule', pic: CEA, rule: 2, found: ['2016-05-01'] },
      { by: 'all', pic: CEA },
    ]);
  });

  it('are not those that are excepted, unless another number has them', () => {
    const both = aProject('7', { participants: [part(CEA), part(OWN)] });
    expect(reasons([{ pic: CEA, all: true, except: ['p7'] }], both)).toEqual([]);
    expect(
      reasons(
        [
          { pic: CEA, all: true, except: ['7'] },
          { pic: OWN, all: true },
        ],
        both,
      ),
    ).toEqual([{ by: 'all', pic: OWN }]);
  });

  it('are left where every number that claims them has left, and stay where one part goes on', () => {
    const leftOf = (record: object[], participants: Participant[]) =>
      [aProject('1', { participants })].flatMap(claimsBy(TrackRecord.parse(record))).map((c) => c.left);
    const all = [{ pic: CEA, all: true }];
    expect(leftOf(all, [part(CEA, { ended: true })])).toEqual([true]);
    expect(leftOf(all, [part(CEA, { ended: false })])).toEqual([false]);
    expect(leftOf(all, [part(CEA)])).toEqual([false]);
    expect(leftOf(all, [part(CEA, { ended: true }), part(CEA, { role: 'thirdParty' })])).toEqual([false]);
    expect(leftOf(all, [part(CEA, { ended: true }), part(OWN)])).toEqual([true]);
    expect(leftOf([...all, { pic: OWN, all: true }], [part(CEA, { ended: true }), part(OWN)])).toEqual([
      false,
    ]);
    // A current participation sets the organisation's city; one it left has the city of that time.
    const parts = [
      part(CEA, { ended: true, city: 'GRENOBLE' }),
      part(CEA, { role: 'thirdParty', city: 'LYON' }),
    ];
    expect([
      byRule({ city: 'Grenoble' }, aProject('1', { participants: parts })),
      byRule({ city: 'Lyon' }, aProject('1', { participants: parts })),
    ]).toEqual([[], [['LYON']]]);
    expect(byRule({ city: 'Grenoble' }, aProject('1', { participants: parts.slice(0, 1) }))).toEqual([
      ['GRENOBLE'],
    ]);
  });

  it('leave the names that nothing bears', () => {
    const record = TrackRecord.parse([
      { pic: CEA, projects: ['P1', 'MISSPELT'] },
      { pic: OWN, projects: ['P1'] },
    ]);
    expect(unknownNames(record, [aProject('1')].flatMap(claimsBy(record)))).toEqual([
      { pic: CEA, name: 'MISSPELT' },
      { pic: OWN, name: 'P1' },
    ]);
  });

  const word = fc.constantFrom('fuel', 'cell', 'wind', 'turbines', 'hydrogen', 'of');
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((w) => w.join(' '));
  const project = fc
    .record({
      id: fc.integer({ min: 1, max: 30 }).map(String),
      title: text,
      objective: fc.option(text),
      start: fc.option(fc.constantFrom('2014-01-01', '2019-06-01')),
      pics: fc.subarray([CEA, OWN, '999000222']),
    })
    .map(({ pics, ...p }) => aProject(p.id, { ...p, participants: pics.map((pic) => part(pic)) }));
  const rule = fc
    .record(
      {
        words: fc.array(text, { minLength: 1, maxLength: 3 }),
        from: fc.constantFrom('2014-01-01', '2016-01-01'),
      },
      { requiredKeys: [] },
    )
    .filter((r) => Object.keys(r).length > 0);
  const claim = (pic: string) =>
    fc
      .record({
        projects: fc.subarray(['P1', '2', 'P3']),
        rules: fc.array(rule, { maxLength: 3 }),
        all: fc.boolean(),
        except: fc.subarray(['P4', '5']),
      })
      .map((c) => ({ pic, ...c }));
  const record = fc
    .tuple(claim(CEA), claim(OWN))
    .map((all) => all.filter((c) => Claim.safeParse(c).success))
    .map((all) => TrackRecord.parse(all));

  it('are each of a number that claims it, depend on no other project, and grow with each rule that is added', () => {
    fc.assert(
      fc.property(
        record,
        fc.uniqueArray(project, { selector: (p) => p.id, maxLength: 12 }),
        rule,
        (claims, projects, more) => {
          const claimed = projects.flatMap(claimsBy(claims));
          for (const { project: p, why } of claimed)
            for (const { pic } of why) expect(p.participants.map((x) => x.pic)).toContain(pic);
          expect(projects.flatMap((p) => [p].flatMap(claimsBy(claims)))).toEqual(claimed);
          const wider = projects
            .flatMap(claimsBy(claims.map((c) => ({ ...c, rules: [...c.rules, more as ClaimRule] }))))
            .map((c) => c.project.id);
          expect(wider).toEqual(expect.arrayContaining(claimed.map((c) => c.project.id)));
        },
      ),
    );
  });
});
