import { readAmount, readFlag } from './cordis-cells.js';
import {
  missing,
  noAmount,
  noDay,
  noFlag,
  noNumber,
  NUMBER,
  tooLong,
  wrong,
  type Check,
} from './cordis-checks.js';

/** The files of a CORDIS archive that are read, in import order. */
export const KINDS = ['project', 'participant', 'topic', 'subject'] as const;
export type Kind = (typeof KINDS)[number];

export interface RowsOf {
  project: {
    id: string;
    acronym: string;
    title: string;
    objective: string | null;
    programme: string;
    startOn: string | null;
    endOn: string | null;
    fundingScheme: string | null;
    topicCodes: string[];
    status: string | null;
    totalCost: number | null;
    ecMaxContribution: number | null;
  };
  participant: {
    projectId: string;
    pic: string;
    role: string;
    country: string;
    city: string | null;
    name: string;
    sme: boolean | null;
    activityType: string | null;
    nutsCode: string | null;
    ecContribution: number | null;
    netEcContribution: number | null;
    totalCost: number | null;
    ended: boolean | null;
  };
  topic: { projectId: string; code: string; title: string | null };
  subject: { projectId: string; title: string };
}

/** A row as stored, or why it is not. */
export type ReadRow<K extends Kind> = { row: RowsOf[K] } | { why: string };
/** Returns the cell of a column; empty if the file lacks the column. */
type Cells = (column: string) => string;

export interface CordisFile<K extends Kind = Kind> {
  kind: K;
  name: string;
  required: boolean;
  /** Columns by header name; the file may have others, in any order. */
  columns: readonly string[];
  /** Columns that not every edition has; if one is absent, its values are unknown. */
  optional: readonly string[];
  read: (cells: Cells) => ReadRow<K>;
}

const orNull = (text: string): string | null => text || null;

/** Reads several columns the same way and checks each value. */
function readAll<C extends string, T>(
  cells: Cells,
  columns: readonly C[],
  read: (text: string) => T | undefined,
  bad: (column: string, value: T | undefined, text: string) => Check,
) {
  const values = Object.fromEntries(columns.map((c) => [c, read(cells(c))])) as Record<C, T>;
  return { values, checks: columns.map((c) => bad(c, values[c], cells(c))) };
}

/** Returns the date; some editions append the time. */
const dayIn = (text: string): string => text.slice(0, 10);

const MONEY = {
  project: ['totalCost', 'ecMaxContribution'],
  participant: ['ecContribution', 'netEcContribution', 'totalCost'],
} as const;

function project(cells: Cells): ReadRow<'project'> {
  const [id, title, programme] = [cells('id'), cells('title'), cells('frameworkProgramme')];
  const [start, end] = [dayIn(cells('startDate')), dayIn(cells('endDate'))];
  const money = readAll(cells, MONEY.project, readAmount, noAmount);
  const why = wrong([
    noNumber('id', id),
    missing('title', title),
    missing('frameworkProgramme', programme),
    noDay('startDate', start),
    noDay('endDate', end),
    ...money.checks,
  ]);
  if (why) return { why };
  const topicCodes = [
    ...new Set(
      cells('topics')
        .split(/[;,\s]+/)
        .filter(Boolean),
    ),
  ];
  return {
    row: {
      id,
      acronym: cells('acronym'),
      title,
      objective: orNull(cells('objective')),
      programme,
      startOn: orNull(start),
      endOn: orNull(end),
      fundingScheme: orNull(cells('fundingScheme')),
      topicCodes,
      status: orNull(cells('status')),
      ...money.values,
    },
  };
}

function participant(cells: Cells): ReadRow<'participant'> {
  const [projectId, pic, name, role] = [
    cells('projectID'),
    cells('organisationID'),
    cells('name'),
    cells('role'),
  ];
  const money = readAll(cells, MONEY.participant, readAmount, noAmount);
  const flags = readAll(cells, ['SME', 'endOfParticipation'], readFlag, noFlag);
  const why = wrong([
    noNumber('projectID', projectId),
    [!NUMBER.test(pic), `organisationID is "${pic.slice(0, 40)}", which is no number`],
    missing('name', name),
    tooLong('role', role),
    ...money.checks,
    ...flags.checks,
  ]);
  if (why) return { why };
  const { SME: sme, endOfParticipation: ended } = flags.values;
  return {
    row: {
      projectId,
      pic,
      role,
      country: cells('country'),
      city: orNull(cells('city')),
      name,
      sme,
      activityType: orNull(cells('activityType')),
      nutsCode: orNull(cells('nutsCode')),
      ...money.values,
      ended,
    },
  };
}

function topic(cells: Cells): ReadRow<'topic'> {
  const [projectId, code] = [cells('projectID'), cells('topic')];
  const why = wrong([noNumber('projectID', projectId), missing('topic', code), tooLong('topic', code)]);
  return why ? { why } : { row: { projectId, code, title: orNull(cells('title')) } };
}

function subject(cells: Cells): ReadRow<'subject'> {
  const [projectId, title] = [cells('projectID'), cells('euroSciVocTitle')];
  const why = wrong([
    noNumber('projectID', projectId),
    missing('euroSciVocTitle', title),
    tooLong('euroSciVocTitle', title),
  ]);
  return why ? { why } : { row: { projectId, title } };
}

export const CORDIS_FILES: { [K in Kind]: CordisFile<K> } = {
  project: {
    kind: 'project',
    name: 'project.csv',
    required: true,
    read: project,
    columns: [
      'id',
      'acronym',
      'title',
      'objective',
      'startDate',
      'endDate',
      'frameworkProgramme',
      'fundingScheme',
      'topics',
    ],
    optional: ['status', ...MONEY.project],
  },
  participant: {
    kind: 'participant',
    name: 'organization.csv',
    required: true,
    read: participant,
    columns: ['projectID', 'organisationID', 'name', 'city', 'country', 'role'],
    optional: ['SME', 'activityType', 'nutsCode', ...MONEY.participant, 'endOfParticipation'],
  },
  topic: {
    kind: 'topic',
    name: 'topics.csv',
    required: false,
    read: topic,
    columns: ['projectID', 'topic', 'title'],
    optional: [],
  },
  subject: {
    kind: 'subject',
    name: 'euroSciVoc.csv',
    required: false,
    read: subject,
    columns: ['projectID', 'euroSciVocTitle'],
    optional: [],
  },
};

/** Returns the position of each column according to the header, or the names of missing columns. */
export function columnsIn(
  file: CordisFile,
  header: string[],
): { places: Map<string, number> } | { missing: string[] } {
  const written = header.map((h) => h.trim().toLowerCase());
  const missing = file.columns.filter((c) => !written.includes(c.toLowerCase()));
  if (missing.length) return { missing };
  const there = [...file.columns, ...file.optional].filter((c) => written.includes(c.toLowerCase()));
  return { places: new Map(there.map((c) => [c, written.indexOf(c.toLowerCase())])) };
}

/** Reads a row of a file. PostgreSQL does not accept NUL characters. */
export function readRow<K extends Kind>(
  file: CordisFile<K>,
  places: Map<string, number>,
  width: number,
  cells: string[],
): ReadRow<K> {
  if (cells.length !== width) return { why: `has ${cells.length} cells, and the header ${width}` };
  if (cells.some((c) => c.includes('\0'))) return { why: 'contains an invalid character (NUL)' };
  return file.read((column) => cells[places.get(column) ?? width]?.trim() ?? '');
}
