import { z } from 'zod';

/** A row that was not stored, and why. */
export interface BadRow {
  line: number;
  why: string;
}

/** The most bad rows shown. All are counted, but nobody reads more. */
const MOST_SHOWN = 100;

/** Returns the first bad rows, by line, of those already known and the new ones. */
export const firstBad = (known: BadRow[], more: BadRow[]): BadRow[] =>
  [...known, ...more].sort((a, b) => a.line - b.line).slice(0, MOST_SHOWN);

/** Whether no row of a file could be read: those that lack their project alone may find it later. */
export const isUnreadable = ({ rows, bad, lost }: { rows: number; bad: number; lost: number }): boolean =>
  rows > 0 && bad - lost === rows;

/** PostgreSQL has no year 0. */
const Day = z.iso.date().refine((day) => day >= '1900');
const NUMBER = /^\d{1,15}$/;
/**
 * The maximum length of an indexed value. PostgreSQL rejects longer index entries, which would end the
 * import; no published value comes close.
 */
const LONGEST_KEY = 500;

/** Whether a row is invalid, and the reason. */
type Check = [boolean, string];

/** Returns the reason of the first failed check. */
const wrong = (checks: Check[]): string | null => checks.find(([bad]) => bad)?.[1] ?? null;
const noNumber = (column: string, text: string): Check => [
  !NUMBER.test(text),
  `${column} is "${text.slice(0, 40)}", which is no project number`,
];
const missing = (column: string, text: string): Check => [text === '', `${column} is empty`];
const noDay = (column: string, text: string): Check => [
  text !== '' && !Day.safeParse(text).success,
  `${column} is "${text.slice(0, 40)}", which is no day`,
];
const tooLong = (column: string, text: string): Check => [
  text.length > LONGEST_KEY,
  `${column} has ${text.length} characters, and ${LONGEST_KEY} is the most`,
];
const noAmount = (column: string, amount: number | null | undefined, text: string): Check => [
  amount === undefined,
  `${column} is "${text.slice(0, 40)}", which is no amount`,
];
const noFlag = (column: string, flag: boolean | null | undefined, text: string): Check => [
  flag === undefined,
  `${column} is "${text.slice(0, 40)}", which is neither true nor false`,
];

/**
 * How CORDIS writes amounts and flags, as seen in rows of its archives of July to October 2026 that public
 * projects keep as samples:
 * - Amounts are euros without a currency sign or thousands separator. In one row of organization.csv
 *   `totalCost` has a decimal comma ("960619,95") and both contributions a decimal point ("528340.97"); those
 *   of project.csv have a comma.
 * - An amount that is not stated is empty: `totalCost` of half of the projects of Horizon Europe,
 *   `ecContribution` of a "partner", `netEcContribution` of the 7th Framework Programme. "0" is a stated
 *   amount: a third party, or a participant that brings its own money.
 * - `SME` is "true", "false" or empty; `endOfParticipation` is "true" or "false".
 * - Some rows (166 of 84,000 projects, by one count) have their cells shifted by one column: an amount then
 *   holds text.
 */
const AMOUNT = /^-?\d{1,12}(?:[.,]\d{1,20})?$/;

/** Returns an amount to the cent; null if empty, undefined if the text is not an amount. */
function readAmount(text: string): number | null | undefined {
  if (text === '') return null;
  return AMOUNT.test(text) ? Math.round(Number(text.replace(',', '.')) * 100) / 100 : undefined;
}

/** Returns a flag; null if empty, undefined if the text is neither true nor false. */
function readFlag(text: string): boolean | null | undefined {
  const written = text.toLowerCase();
  if (written === '') return null;
  return written === 'true' ? true : written === 'false' ? false : undefined;
}

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
type ReadRow<K extends Kind> = { row: RowsOf[K] } | { why: string };
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

/** Returns the project of a row of another file that cannot be read; null if that cannot be read either. */
export function projectOf(places: Map<string, number>, cells: string[]): string | null {
  const id = cells[places.get('projectID') ?? cells.length]?.trim() ?? '';
  return NUMBER.test(id) ? id : null;
}
