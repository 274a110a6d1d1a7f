import type { HistoryProject } from '../../../src/funded-projects/domain/history-project.js';
import { pastPartners } from '../../../src/network/domain/past-partners.js';

const organisation = (pic: string, ended = false) => ({
  ...{ pic, name: `Organisation ${pic}`, role: 'participant', country: 'DE', city: null, sme: null },
  ...{ activityType: null, nutsCode: null, ecContribution: null, netEcContribution: null, totalCost: null },
  ended,
});
const project = (
  id: string,
  objective: string,
  ...participants: HistoryProject['participants']
): HistoryProject => ({
  ...{
    id,
    acronym: `P${id}`,
    title: '',
    objective,
    topics: [],
    programme: 'HORIZON',
    start: null,
    end: null,
  },
  ...{ fundingScheme: null, status: null, totalCost: null, ecMaxContribution: null, subjects: [] },
  participants,
});

const NOISE = Array.from({ length: 40 }, (_, i) =>
  project(`9${i}`, `Projects about thing${i} and improved results in Europe`, organisation('noise')),
);
const PROJECTS = [
  project(
    '1',
    'Dockers are trained at schools of harbour logistics.',
    organisation('own'),
    organisation('a'),
  ),
  project(
    '2',
    'Training dockers: schools for harbour work.',
    organisation('b'),
    organisation('a'),
    organisation('left', true),
  ),
  project('3', 'Dockers.', organisation('c')),
  ...NOISE,
];

describe('past partners for what is missing', () => {
  const found = (statement: string) => pastPartners(statement, PROJECTS, new Set(['own']));

  it('were in projects about it, the most frequent first, without the members themselves and those who left', () => {
    expect(
      found('Dockers learn new trades in schools of the harbour').map((p) => [p.pic, p.projects]),
    ).toEqual([
      ['a', ['P1', 'P2']],
      ['b', ['P2']],
    ]);
  });

  it('are none where few words agree, or only words that all projects share', () => {
    expect(found('Dockers sing')).toEqual([]);
    expect(found('Improved results of projects in Europe')).toEqual([]);
    expect(pastPartners('Dockers in schools of the harbour', [], new Set())).toEqual([]);
  });
});
