import { cascadePagesIn } from '../../calls/domain/cascade-number.js';
import { pageKey } from '../../calls/domain/versions/identity.js';
import type { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import type { Field } from './field-names.js';
import { dayIn } from './day-in.js';
import { readBid, type SheetBid } from './sheet-bid.js';
import { OTHER } from './table.js';
import { readReason, readVerdict, type ReadVerdict } from './verdict-words.js';

/** A line of an officer's sheet, as far as it was understood. */
export interface SheetLine {
  /** The sheet's own line number, from 1. */
  row: number;
  /** Our own key, if the sheet is one of our exports. */
  key: string | null;
  /** Topic identifiers in the line, in upper case. */
  identifiers: string[];
  link: string | null;
  /** The identity keys of the pages that the line links to. */
  pages: string[];
  title: string | null;
  /** The deadline, if it can be parsed as a day. */
  deadline: string | null;
  verdict: Verdict | null;
  reason: VerdictReason | null;
  /** The day the call is postponed to, if it is. */
  until: string | null;
  note: string | null;
  /** The bid as described by the line; null if the line says nothing about it. */
  bid: SheetBid | null;
  /** An unknown word in the verdict column; it is kept in the note. */
  unknown: string | null;
}

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/i;
/** A topic's identifier, also within a URL or sentence: capitals, dashes and at least one digit. */
const IDENTIFIER = /(?<![\p{L}\p{N}-])[A-Z][A-Z0-9]+(?:-[A-Z0-9]+){2,}(?![\p{L}\p{N}-])/giu;
/** A cascade call named by its project may have no digit: `MENDNET-CC-VOUCHERS`. */
const CASCADE = /-CC-/i;
/** What our own sheets write for a value that this version does not know: it says nothing to be stored. */
const OTHERS = new Set(Object.values(OTHER));
const LONGEST_IDENTIFIER = 120;
const OUR_PAGE = /\/calls\//;

/** Returns the strings in a text that look like identifiers. */
export const identifiersIn = (text: string): string[] => [
  ...new Set(
    (text.match(IDENTIFIER) ?? [])
      .filter((id) => (/\d/.test(id) || CASCADE.test(id)) && !UUID.test(id))
      .map((id) => id.toUpperCase()),
  ),
];

/** Finds the call that a line names, in any of its cells. */
function namedCall(
  told: (field: Field) => string,
): Pick<SheetLine, 'key' | 'identifiers' | 'link' | 'pages' | 'title' | 'deadline'> {
  const [cell, link, title] = [told('identifier'), told('link'), told('title')];
  const inCell = identifiersIn(cell);
  const own = inCell.length
    ? inCell
    : cell !== '' && cell.length <= LONGEST_IDENTIFIER && !/^https?:/.test(cell)
      ? [cell.toUpperCase()]
      : [];
  const elsewhere = [...identifiersIn(link), ...identifiersIn(title)];
  // The URL of our own page also ends in the key.
  const key = UUID.exec(told('key')) ?? (OUR_PAGE.test(link) ? UUID.exec(link) : null);
  const address = /https?:\/\/\S+/.exec(link || cell)?.[0] ?? null;
  const pages = [
    ...(address === null ? [] : [address]),
    ...cascadePagesIn(cell),
    ...cascadePagesIn(link),
  ].flatMap((page) => pageKey(page) ?? []);
  return {
    key: key?.[0].toLowerCase() ?? null,
    identifiers: own.length ? own : [...new Set(elsewhere)],
    link: address,
    pages: [...new Set(pages)],
    title: title || null,
    deadline: dayIn(told('deadline')),
  };
}

/** Reads a verdict; postponing needs a day, without which there is no verdict. */
function readDecision(cell: string): ReadVerdict & { until: string | null } {
  const read = readVerdict(cell);
  if (read.verdict !== 'later') return { ...read, until: null };
  const until = dayIn(read.rest ?? '');
  return until === null
    ? { verdict: null, rest: cell.trim(), unknown: false, until }
    : { ...read, rest: null, until };
}

/** Reads a line by the fields of its columns; null if it is blank. */
export function readLine(row: number, cells: string[], fields: (Field | null)[]): SheetLine | null {
  if (cells.every((cell) => cell.trim() === '')) return null;
  const all = (field: Field): string[] =>
    fields.flatMap((f, i) => {
      const cell = cells[i]?.trim();
      return f === field && cell && !OTHERS.has(cell) ? [cell] : [];
    });
  const told = (field: Field): string => all(field)[0] ?? '';
  const named = namedCall(told);
  const decided = readDecision(told('verdict'));
  const why = readReason(told('reason') || (decided.verdict === 'not' ? (decided.rest ?? '') : ''));
  const beside = told('reason') || decided.verdict !== 'not' ? decided.rest : null;
  // A reason belongs to a "not"; with any other verdict it is just another remark.
  const reason = decided.verdict === 'not' ? why.reason : null;
  const remark = decided.verdict === 'not' ? why.rest : told('reason');
  const bid = readBid(told);
  const note = [beside, remark, bid.rest, ...all('note')]
    .filter((part) => part !== null && part !== '')
    .join('\n');
  return {
    row,
    ...named,
    verdict: decided.verdict,
    reason,
    until: decided.until,
    note: note || null,
    bid: bid.bid,
    unknown: decided.unknown ? decided.rest : bid.unknown,
  };
}
