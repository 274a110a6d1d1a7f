import { z } from 'zod';

/** The files of a CORDIS archive that are read, in the order in which they are. */
export const KINDS = ['project', 'participant', 'topic', 'subject'] as const;
export type Kind = (typeof KINDS)[number];

export interface RowsOf {
  project: { id: string; acronym: string; title: string; objective: string | null; programme: string; startOn: string | null; endOn: string | null; fundingScheme: string | null; topicCodes: string[] };
  participant: { projectId: string; pic: string; role: string; country: string; city: string | null; name: string };
  topic: { projectId: string; code: string; title: string | null };
  subject: { projectId: string; title: string };
}

/** A row as it is stored, or why it is not. */
export type ReadRow<K extends Kind> = { row: RowsOf[K] } | { why: string };
/** The cell of a column. */
type Cells = (column: string) => string;

export interface CordisFile<K extends Kind = Kind> {
  kind: K;
  name: string;
  required: boolean;
  /** By the names of its header; the file may hold others, in any order. */
  columns: readonly string[];
  read: (cells: Cells) => ReadRow<K>;
}

const Day = z.iso.date();
const NUMBER = /^\d{1,15}$/;
const orNull = (text: string): string | null => text || null;

/** The first thing that is wrong. */
const wrong = (checks: [boolean, string][]): string | null => checks.find(([bad]) => bad)?.[1] ?? null;
const noNumber = (column: string, text: string): [boolean, string] => [!NUMBER.test(text), `${column} is "${text.slice(0, 40)}", which is no project number`];
const missing = (column: string, text: string): [boolean, string] => [text === '', `${column} is empty`];
const noDay = (column: string, text: string): [boolean, string] => [text !== '' && !Day.safeParse(text).success, `${column} is "${text.slice(0, 40)}", which is no day`];

/** A day, of which some editions tell the time too. */
const dayIn = (text: string): string => text.slice(0, 10);

function project(cells: Cells): ReadRow<'project'> {
  const [id, title, programme] = [cells('id'), cells('title'), cells('frameworkProgramme')];
  const [start, end] = [dayIn(cells('startDate')), dayIn(cells('endDate'))];
  const why = wrong([noNumber('id', id), missing('title', title), missing('frameworkProgramme', programme), noDay('startDate', start), noDay('endDate', end)]);
  if (why) return { why };
  const topicCodes = [...new Set(cells('topics').split(/[;,\s]+/).filter(Boolean))];
  return {
    row: {
      id, acronym: cells('acronym'), title, objective: orNull(cells('objective')), programme, startOn: orNull(start), endOn: orNull(end),
      fundingScheme: orNull(cells('fundingScheme')), topicCodes,
    },
  };
}

function participant(cells: Cells): ReadRow<'participant'> {
  const [projectId, pic, name] = [cells('projectID'), cells('organisationID'), cells('name')];
  const why = wrong([noNumber('projectID', projectId), [!NUMBER.test(pic), `organisationID is "${pic.slice(0, 40)}", which is no number`], missing('name', name)]);
  return why ? { why } : { row: { projectId, pic, role: cells('role'), country: cells('country'), city: orNull(cells('city')), name } };
}

function topic(cells: Cells): ReadRow<'topic'> {
  const [projectId, code] = [cells('projectID'), cells('topic')];
  const why = wrong([noNumber('projectID', projectId), missing('topic', code)]);
  return why ? { why } : { row: { projectId, code, title: orNull(cells('title')) } };
}

function subject(cells: Cells): ReadRow<'subject'> {
  const [projectId, title] = [cells('projectID'), cells('euroSciVocTitle')];
  const why = wrong([noNumber('projectID', projectId), missing('euroSciVocTitle', title)]);
  return why ? { why } : { row: { projectId, title } };
}

export const CORDIS_FILES: { [K in Kind]: CordisFile<K> } = {
  project: {
    kind: 'project', name: 'project.csv', required: true, read: project,
    columns: ['id', 'acronym', 'title', 'objective', 'startDate', 'endDate', 'frameworkProgramme', 'fundingScheme', 'topics'],
  },
  participant: {
    kind: 'participant', name: 'organization.csv', required: true, read: participant,
    columns: ['projectID', 'organisationID', 'name', 'city', 'country', 'role'],
  },
  topic: { kind: 'topic', name: 'topics.csv', required: false, read: topic, columns: ['projectID', 'topic', 'title'] },
  subject: { kind: 'subject', name: 'euroSciVoc.csv', required: false, read: subject, columns: ['projectID', 'euroSciVocTitle'] },
};

/** How a file's rows are read by its header: where each column stands. Names the columns that are missing. */
export function columnsIn(file: CordisFile, header: string[]): { places: Map<string, number> } | { missing: string[] } {
  const written = header.map((h) => h.trim().toLowerCase());
  const places = new Map(file.columns.map((c) => [c, written.indexOf(c.toLowerCase())]));
  const missing = file.columns.filter((c) => places.get(c) === -1);
  return missing.length ? { missing } : { places };
}

/** Reads a row of a file by its header. PostgreSQL takes no NUL. */
export function readRow<K extends Kind>(file: CordisFile<K>, places: Map<string, number>, width: number, cells: string[]): ReadRow<K> {
  if (cells.length !== width) return { why: `has ${cells.length} cells, and the header ${width}` };
  if (cells.some((c) => c.includes('\0'))) return { why: 'holds a character that is none (NUL)' };
  return file.read((column) => cells[places.get(column)!]!.trim());
}
