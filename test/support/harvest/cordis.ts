import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The columns of the files as CORDIS publishes them. */
const COLUMNS = {
  'project.csv': [
    'id',
    'acronym',
    'status',
    'title',
    'startDate',
    'endDate',
    'totalCost',
    'ecMaxContribution',
    'legalBasis',
    'topics',
    'ecSignatureDate',
    'frameworkProgramme',
    'masterCall',
    'subCall',
    'fundingScheme',
    'nature',
    'objective',
    'contentUpdateDate',
    'rcn',
    'grantDoi',
    'keywords',
  ],
  'organization.csv': [
    'projectID',
    'projectAcronym',
    'organisationID',
    'vatNumber',
    'name',
    'shortName',
    'SME',
    'activityType',
    'street',
    'postCode',
    'city',
    'country',
    'nutsCode',
    'geolocation',
    'organizationURL',
    'contactForm',
    'contentUpdateDate',
    'rcn',
    'order',
    'role',
    'ecContribution',
    'netEcContribution',
    'totalCost',
    'endOfParticipation',
    'active',
  ],
  'topics.csv': ['projectID', 'topic', 'title'],
  'euroSciVoc.csv': [
    'projectID',
    'euroSciVocCode',
    'euroSciVocPath',
    'euroSciVocTitle',
    'euroSciVocDescription',
  ],
} as const;
export type CordisName = keyof typeof COLUMNS;
export type Row = Record<string, string>;
export type Rows = Partial<Record<CordisName, Row[]>>;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Returns a file in the published format: all cells quoted, separated by semicolons. */
export function cordisText(
  name: CordisName,
  rows: Row[],
  form: { columns?: readonly string[]; mark?: boolean; end?: string } = {},
): string {
  const { columns = COLUMNS[name], mark = false, end = '\n' } = form;
  const lines = [columns, ...rows.map((row) => columns.map((c) => row[c] ?? ''))].map(
    (cells) => cells.map(quoted).join(';') + end,
  );
  return `${mark ? '\ufeff' : ''}${lines.join('')}`;
}

/** A folder like an unpacked archive. */
export class CordisFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'carnot-europe-cordis-'));

  constructor(rows: Rows = {}) {
    for (const [name, all] of Object.entries(rows) as [CordisName, Row[]][])
      this.write(name, cordisText(name, all));
  }

  write(name: string, text: string | Buffer): void {
    writeFileSync(join(this.path, name), text);
  }
  drop(name: string): void {
    rmSync(join(this.path, name));
  }
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export const CEA = '999992401';
export const OWN = '999000111';

const project = (id: string, acronym: string, over: Row = {}): Row => ({
  id,
  acronym,
  status: 'SIGNED',
  title: `The project ${acronym}`,
  startDate: '2016-03-01',
  endDate: '2019-02-28',
  totalCost: '2500000',
  ecMaxContribution: '1999999,5',
  legalBasis: 'H2020-EU.3.3.',
  topics: 'FCH-01.2-2015',
  frameworkProgramme: 'H2020',
  fundingScheme: 'RIA',
  objective: `${acronym} has an objective.`,
  contentUpdateDate: '2022-08-16 00:44:17',
  rcn: `1${id}`,
  ...over,
});
const part = (projectID: string, organisationID: string, over: Row = {}): Row => ({
  projectID,
  organisationID,
  name: `Organisation ${organisationID}`,
  SME: 'false',
  activityType: 'REC',
  city: 'PARIS 15',
  country: 'FR',
  order: '1',
  role: 'participant',
  endOfParticipation: 'false',
  ...over,
});

/**
 * Eight invented projects of two programmes, with typical quotes, line breaks and umlauts, and an
 * organisation in two roles.
 */
export const SAMPLE: Rows = {
  'project.csv': [
    project('700001', 'HYPERION', {
      title: 'Fuel cells "made to last"; for ships',
      objective: 'We build fuel cells.\nAnd test them: "well".',
    }),
    project('700002', 'Sonnenöl', {
      title: 'Oil of the sun',
      objective: 'Photovoltaic modules.',
      topics: 'LCE-07-2016',
      startDate: '2021-01-01',
      endDate: '',
    }),
    project('700003', 'QUANTUM-DOT', {
      title: 'Dots',
      objective: 'Quantum dots in electrochemistry.',
      topics: 'FETOPEN-01-2016',
      startDate: '',
    }),
    project('700004', 'WATERWAY', { title: 'Clean rivers', objective: '', topics: '', fundingScheme: '' }),
    project('101050001', 'HYPERION', {
      title: 'A star of another kind',
      frameworkProgramme: 'HORIZON',
      topics: 'HORIZON-JTI-CLEANH2-2022-01',
      startDate: '2023-01-01',
    }),
    project('101050002', 'CELLO', {
      title: 'Hydrogen storage',
      frameworkProgramme: 'HORIZON',
      topics: 'HORIZON-CL5-2022-D2',
      startDate: '2023-06-01',
    }),
    project('101050003', 'MONK', { frameworkProgramme: 'HORIZON', topics: 'HORIZON-CL6-2022' }),
    project('101050004', 'ALONE', { frameworkProgramme: 'HORIZON', topics: 'ERC-2022-STG' }),
  ],
  'organization.csv': [
    part('700001', CEA, { role: 'coordinator', city: 'GRENOBLE CEDEX 9' }),
    part('700001', '999000222', { country: 'DE', city: 'Köln' }),
    part('700001', '999000222', { role: 'thirdParty', country: 'DE', city: '' }),
    part('700002', CEA),
    part('700002', OWN, { role: 'coordinator', city: 'LYON' }),
    part('700003', CEA, { city: 'Grenoble' }),
    part('700004', '999000333', { country: 'EL', city: 'ATHINA' }),
    part('101050001', CEA),
    part('101050001', '999000222', { country: 'DE', name: 'Organisation by another name' }),
    part('101050002', CEA, { city: 'Grenoble' }),
    part('101050002', OWN),
    part('101050003', OWN),
    part('101050004', CEA),
  ],
  'topics.csv': [
    { projectID: '700001', topic: 'FCH-01.2-2015', title: 'Cell and stack components' },
    { projectID: '700002', topic: 'LCE-07-2016', title: 'Renewable electricity' },
    { projectID: '101050001', topic: 'HORIZON-JTI-CLEANH2-2022-01', title: 'Clean hydrogen' },
    { projectID: '101050002', topic: 'HORIZON-CL5-2022-D2', title: '' },
  ],
  'euroSciVoc.csv': [
    {
      projectID: '700001',
      euroSciVocCode: '/25/1',
      euroSciVocPath: '/engineering and technology/fuel cells',
      euroSciVocTitle: 'fuel cells',
      euroSciVocDescription: '',
    },
    {
      projectID: '700003',
      euroSciVocCode: '/23/1',
      euroSciVocPath: '/natural sciences/electrochemistry',
      euroSciVocTitle: 'electrochemistry',
      euroSciVocDescription: '',
    },
    {
      projectID: '700003',
      euroSciVocCode: '/23/2',
      euroSciVocPath: '/natural sciences/quantum dots',
      euroSciVocTitle: 'quantum dots',
      euroSciVocDescription: '',
    },
  ],
};

/** Returns `count` invented projects with some participants each, always the same. */
export function manyRows(count: number, perProject: number): Rows {
  const ids = Array.from({ length: count }, (_, i) => String(600_000 + i));
  return {
    'project.csv': ids.map((id, i) =>
      project(id, `ACRO${i}`, {
        objective: `Objective ${i}: "fuel cells";\nand ${'more words '.repeat(i % 30)}`,
        topics: `TOPIC-${i % 50}`,
      }),
    ),
    'organization.csv': ids.flatMap((id, i) =>
      Array.from({ length: perProject }, (_, k) =>
        part(id, String(900_000_000 + ((i * 7 + k * 13) % 3_000)), {
          order: String(k),
          role: k ? 'participant' : 'coordinator',
        }),
      ),
    ),
    'topics.csv': ids.map((projectID, i) => ({
      projectID,
      topic: `TOPIC-${i % 50}`,
      title: `Title of topic ${i % 50}`,
    })),
    'euroSciVoc.csv': ids.map((projectID, i) => ({ projectID, euroSciVocTitle: `field ${i % 20}` })),
  };
}
