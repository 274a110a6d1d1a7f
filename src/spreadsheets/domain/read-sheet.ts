import { z } from 'zod';
import { nearest } from '../../kernel/nearest.js';
import type { Steps } from '../../kernel/time-slices.js';
import { CALL_COLUMNS } from './call-columns.js';
import { type Field, FIELD_NAMES, FIELDS } from './field-names.js';
import { MATCH_COLUMNS } from './match-columns.js';
import { holdsStages } from './pipeline-columns.js';
import { plain } from './table.js';
import { readLine, type SheetLine } from './line.js';

/** Fields that several columns may hold; all others take one column. */
const REPEATED: Field[] = ['note'];

const known = new Map(FIELDS.flatMap((field) => FIELD_NAMES[field].map((name) => [name, field] as const)));
/** Columns of our own exports that bring nothing new, even if they resemble one that does. */
const ours = new Set(
  [...MATCH_COLUMNS.inside, ...CALL_COLUMNS].flatMap(({ header }) => [plain(header.en), plain(header.fr)]),
);

/** No heading is longer; the texts below headings often are. */
const LONGEST_HEADING = 200;
/** Short names are near each other, and stand within other words. */
const [MISSPELT, WITHIN] = [5, 4].map((letters) =>
  [...known.keys()].filter((name) => name.length >= letters),
);
WITHIN!.sort((a, b) => b.length - a.length);

type Reading = { field: Field; sure: number } | null;

/** Returns how certainly a heading names a field: exact name, then a typo, then a name among other words. */
function reading(heading: string): Reading {
  if (heading.length > LONGEST_HEADING) return null;
  const text = plain(heading);
  const exact = known.get(text);
  if (exact) return { field: exact, sure: 3 };
  if (text === '' || ours.has(text)) return null;
  const slip = text.length >= 5 ? nearest(text, MISSPELT!) : undefined;
  if (slip) return { field: known.get(slip)!, sure: 2 };
  const within = WITHIN!.find((name) => ` ${text} `.includes(` ${name} `));
  return within ? { field: known.get(within)!, sure: 1 } : null;
}

/** One step per heading: each is compared with all names. */
function* readingsOf(headings: string[]): Steps<Reading[]> {
  const readings: Reading[] = [];
  for (const heading of headings) {
    readings.push(reading(heading));
    yield;
  }
  return readings;
}

/** Headings used for the stage of a bid, but also for other things. */
const OF_STAGES = new Set(['statut', 'status', 'etat', 'state', 'situation']);

/** A column with such a heading holds stages if its cells do. */
function withStages(readings: Reading[], headings: string[], cells: (column: number) => string[]): Reading[] {
  const at = headings.findIndex((heading, i) => OF_STAGES.has(plain(heading)) && holdsStages(cells(i)));
  return readings.map((r, i) => (i === at ? { field: 'stage', sure: 3 } : r));
}

/** Returns the field of each heading or null; of two for the same field, the more certain, then the first. */
export const fieldsOf = (
  headings: string[],
  cells: (column: number) => string[] = () => [],
): (Field | null)[] => fieldsIn(headings.map(reading), headings, cells);

function fieldsIn(
  named: Reading[],
  headings: string[],
  cells: (column: number) => string[] = () => [],
): (Field | null)[] {
  const readings = named.some((r) => r?.field === 'stage') ? named : withStages(named, headings, cells);
  const best = (field: Field): number => Math.max(...readings.map((r) => (r?.field === field ? r.sure : 0)));
  return readings.map((r, i) => {
    if (!r) return null;
    if (REPEATED.includes(r.field)) return r.field;
    const first = readings.findIndex((other) => other?.field === r.field && other.sure === best(r.field));
    return first === i ? r.field : null;
  });
}

/** Fields that identify the call of a line. */
const namesCall = (fields: (Field | null)[]): boolean =>
  (['key', 'identifier', 'title', 'link'] as Field[]).some((field) => fields.includes(field));

/** Many sheets have titles and legends above the headings. */
const MOST_LINES_ABOVE = 15;

/**
 * Returns the line of headings: among the first lines, the one with the most fields, including a call's; null
 * if there is none.
 */
export function* headingLine(rows: string[][]): Steps<number | null> {
  const scores: number[] = [];
  for (const row of rows.slice(0, MOST_LINES_ABOVE)) {
    const fields = fieldsIn(yield* readingsOf(row), row);
    scores.push(namesCall(fields) ? fields.filter((f) => f !== null).length : 0);
  }
  const best = Math.max(0, ...scores);
  return best === 0 ? null : scores.indexOf(best);
}

/** A schema of hundreds of thousands of cells would hold the process for a quarter of a second. */
const areRows = (rows: unknown): boolean =>
  Array.isArray(rows) &&
  rows.every((row) => Array.isArray(row) && row.every((cell) => typeof cell === 'string'));

/** An officer's sheet with its headings, and the field assigned to each column. */
export const ReadSheet = z.object({
  /** Changes with each upload, so that an older form cannot be applied to another sheet. */
  id: z.string(),
  file: z.string(),
  sheet: z.string(),
  /** The workbook's other sheets, which are not read. */
  others: z.array(z.string()),
  headings: z.array(z.string()),
  fields: z.array(z.enum(FIELDS).nullable()),
  /** The sheet's own number of the first of `rows`. */
  firstRow: z.number().int(),
  rows: z.custom<string[][]>(areRows),
});
export type ReadSheet = z.infer<typeof ReadSheet>;

export interface NamedRows {
  name: string;
  rows: string[][];
}

/** Our own tables have sixty, and officers add theirs beside them. */
const MOST_COLUMNS = 120;

/**
 * Reads the first sheet whose headings name a call; if there is none, returns the cells of its first
 * non-empty line instead.
 */
export function* readSheet(
  id: string,
  file: string,
  sheets: NamedRows[],
): Steps<ReadSheet | { headings: string[] }> {
  for (const { name, rows } of sheets) {
    const at = yield* headingLine(rows.map((row) => row.slice(0, MOST_COLUMNS)));
    if (at === null) continue;
    const headings = rows[at]!.slice(0, MOST_COLUMNS);
    return {
      id,
      file,
      sheet: name,
      others: sheets.filter((s) => s.name !== name).map((s) => s.name),
      headings,
      fields: fieldsIn(yield* readingsOf(headings), headings, (column) =>
        rows.slice(at + 1).map((row) => row[column] ?? ''),
      ),
      firstRow: at + 2,
      rows: rows.slice(at + 1).map((row) => row.slice(0, headings.length)),
    };
  }
  const first = sheets[0]?.rows.find((row) => row.some((cell) => cell !== '')) ?? [];
  return { headings: first.filter((cell) => cell !== '').slice(0, MOST_COLUMNS) };
}

/** Reassigns the columns as a person specifies; null if none of them names a call any more. */
export function withFields(sheet: ReadSheet, fields: (Field | null)[]): ReadSheet | null {
  const told = sheet.headings.map((_, i) => fields[i] ?? null);
  return namesCall(told) ? { ...sheet, fields: told } : null;
}

/** Units that a heading states for the amounts below it: "Montant demandé (k€)", "en millions d'euros". */
const UNITS =
  /(?<!\p{L})(?:([mk])\s?(?:€|eur)|(?:(?:€|eur(?:os?)?),?\s+(?:[ei]n\s+)?)?(millions?|milliers|thousands?)(?!\p{L})(?:\s+(?:d['’]|of\s+)?(?:€|eur(?:os?)?))?|(?:€|eur(?:os?)?)(?!\p{L}))/giu;
const BARE_NUMBER = /^[\d\s.,']*\d$/;

/** Returns the unit of a heading, or %; empty for euros, or if it states several. */
function unitOf(heading: string): string {
  const units = [...heading.matchAll(UNITS)].map(([, short, word]) => {
    const said = short ?? word;
    return said === undefined ? '' : /^(?:k|milliers|t)/i.test(said) ? 'k€' : 'M€';
  });
  if (units.length === 0 && heading.includes('%')) return '%';
  return new Set(units).size === 1 ? units[0]! : '';
}

/** Returns the unit of each column of amounts; empty for none. */
const unitsOf = ({ headings, fields }: Pick<ReadSheet, 'headings' | 'fields'>): string[] =>
  headings.map((heading, i) => (fields[i] === 'requested' || fields[i] === 'share' ? unitOf(heading) : ''));

/** Returns the non-blank lines of a sheet; one step per line. */
export function* linesOf({ rows, firstRow, headings, fields }: ReadSheet): Generator<void, SheetLine[]> {
  const lines: SheetLine[] = [];
  const units = unitsOf({ headings, fields });
  const withUnit = (cell: string, column: number): string =>
    units[column] && BARE_NUMBER.test(cell.trim()) ? `${cell} ${units[column]}` : cell;
  for (const [i, cells] of rows.entries()) {
    const line = readLine(firstRow + i, cells.map(withUnit), fields);
    if (line) lines.push(line);
    yield;
  }
  return lines;
}
