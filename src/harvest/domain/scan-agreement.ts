import { HOUR_MS } from '../../kernel/durations.js';
import { sourceRecordKey } from '../../calls/domain/versions/identity.js';
import { canonicalJson } from '../../kernel/hash.js';
import type { ParsedCall } from '../../calls/domain/parsed-call.js';
import type { PortalProjectRow } from '../../funded-projects/domain/portal-project.js';
import { type CommitteeDocument, type CommitteeFile, documentKey } from './drafts/committee-document.js';
import type { ParsedQuestion } from './questions/question.js';
import {
  type ParsedPage,
  partOf,
  type QuickCheckTarget,
  type ReadDocument,
  type SourceDefinition,
} from './source.js';

/** The history of a source before a run is judged. */
export interface Past {
  /** The number of calls in each of its last good runs, newest first. */
  sizes: number[];
  /** The number of calls last shown that are still before their deadline, or have none. */
  running: number;
  /**
   * The runs since the last good one that were rejected because of their size, newest first, each with its
   * size.
   */
  refused: { at: Date; size: number }[];
  now: Date;
}

export interface SizeRules {
  /** A run smaller than expected by more than this share (0 to 1) is rejected. */
  maxShrink: number;
  /** A run larger than usual by more than this factor is rejected too. */
  maxGrowth: number;
  /** A size seen in this many runs in a row, over this many hours, is accepted in the end. */
  confirmAfterRuns: number;
  confirmAfterHours: number;
}

/**
 * In a small source so few calls are a large share but no sign of a problem: missing calls have their own
 * grace period. None at all is a sign, since an index may be lost.
 */
export const FEW_CALLS = 10;
/**
 * Two runs of a source that has really changed are nearly the same size: they differ at most by this share,
 * or by this many rows.
 */
const ALIKE = 0.05;
const ALIKE_ROWS = 2;

function median(sizes: number[]): number {
  const sorted = [...sizes].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Whether the source has had this size for so long that it is no accident. */
function confirms(
  size: number,
  { refused, now }: Past,
  { confirmAfterRuns, confirmAfterHours }: SizeRules,
): boolean {
  // A run of another size ends the series; earlier runs no longer count.
  const other = refused.findIndex((r) => Math.abs(r.size - size) > Math.max(ALIKE * size, ALIKE_ROWS));
  const alike = other === -1 ? refused : refused.slice(0, other);
  return (
    alike.length + 1 >= confirmAfterRuns &&
    now.getTime() - Math.min(...alike.map((r) => r.at.getTime())) >= confirmAfterHours * HOUR_MS
  );
}

/**
 * Returns why a run's size is not accepted; null if it is. Calls that have closed are no loss: fewer are
 * expected if fewer of the known ones are still before their deadline, e.g. after an outage of months.
 */
export function sizeDoubt(size: number, past: Past, rules: SizeRules): string | null {
  if (!past.sizes.length) return null;
  const usual = median(past.sizes);
  if (size > 0 && Math.abs(size - usual) < FEW_CALLS) return null;
  const least = Math.floor(Math.min(usual, past.running) * (1 - rules.maxShrink));
  if (size >= least && size <= usual * rules.maxGrowth) return null;
  if (confirms(size, past, rules)) return null;
  return size < least
    ? `it holds ${size} calls where its last good runs held about ${usual}, and ${past.running} of those are still before their deadline`
    : `it holds ${size} calls where its last good runs held about ${usual}`;
}

/** A part of a source: the number of rows it is stated to hold, null if not stated, and the number seen. */
interface ScannedPart {
  name: string;
  total: number | null;
  seen: number;
}

export interface Scan {
  calls: Map<string, ParsedCall>;
  /** The key of the request whose document shows a call, by the call's own key. */
  shownBy: Map<string, string>;
  /** A source without parts has one, with an empty name. */
  parts: ScannedPart[];
  unread: ParsedPage['unread'];
  /** Rows that exist but are not calls of the source, with the reason, by their own keys. */
  leftOut: Map<string, string>;
  /** Documents of committees and what their files say, by key. */
  documents: Map<string, CommitteeDocument>;
  files: Map<string, CommitteeFile>;
  /** Rows on funded projects, by their own keys. */
  projects: Map<string, PortalProjectRow>;
  /** Questions as lists have them, and as their own documents do, by number. */
  questions: Map<string, ParsedQuestion>;
  ownQuestions: Map<string, ParsedQuestion>;
}

/** `size` is the number of rows if it is the only reason: later runs may confirm it. */
export type Validation =
  { accepted: true; calls: ParsedCall[] } | { accepted: false; why: string; size: number | null };

export interface ValidationRules extends SizeRules {
  maxUnreadShare: number;
}

/** With this many rows, one bad row can be told from a changed form. */
const FEW_ROWS = 3;

/** The scan of one part, before it is merged with the others. */
function scanOfPart(documents: ReadDocument[]): Omit<Scan, 'parts'> & { total: number | null } {
  const total =
    documents
      .map((d) => d.page.total)
      .filter((t) => t !== null)
      .at(-1) ?? null;
  const scan = {
    calls: new Map<string, ParsedCall>(),
    shownBy: new Map<string, string>(),
    leftOut: new Map<string, string>(),
    documents: new Map<string, CommitteeDocument>(),
    files: new Map<string, CommitteeFile>(),
    projects: new Map<string, PortalProjectRow>(),
    questions: new Map<string, ParsedQuestion>(),
    ownQuestions: new Map<string, ParsedQuestion>(),
    total,
  };
  const unread = new Map<string, ParsedPage['unread'][number]>();
  for (const { key: shownBy, page } of documents) {
    if (page.total !== null && page.total !== total) continue;
    for (const call of page.calls) {
      const key = sourceRecordKey(call);
      scan.calls.set(key, call);
      scan.shownBy.set(key, shownBy);
    }
    for (const row of page.unread)
      unread.set(row.reference === null ? canonicalJson(row) : rowKey(row.reference, row.language), row);
    for (const { key, why } of page.leftOut ?? []) scan.leftOut.set(key, why);
    for (const found of page.documents ?? []) scan.documents.set(documentKey(found), found);
    for (const row of page.projects ?? []) {
      scan.projects.set(row.reference, row);
      scan.shownBy.set(row.reference, shownBy);
    }
    for (const file of page.files ?? []) {
      const key = `${file.document} ${file.id}`;
      scan.files.set(key, file);
      scan.shownBy.set(key, shownBy);
    }
    for (const question of page.questions ?? []) {
      (question.listedAs === null ? scan.ownQuestions : scan.questions).set(question.id, question);
      if (question.listedAs === null) scan.shownBy.set(question.id, shownBy);
    }
  }
  for (const { reference, language } of scan.calls.values())
    for (const key of [rowKey(reference), rowKey(reference, language)]) unread.delete(key);
  return { ...scan, unread: [...unread.values()] };
}

/**
 * Merges the pages of a scan, each part of the source separately. The last total stated for a part counts,
 * since it was requested after the pages; a page that stated another total shows another state of the source
 * and is dropped, so that its rows are not mixed in. A row that could be read in only one of two documents
 * counts as read; a row in another language is another row.
 */
export function scanOf(documents: ReadDocument[]): Scan {
  const names = [...new Set(documents.map((d) => partOf(d.key)))];
  const parts = names.map((name) => ({
    name,
    ...scanOfPart(documents.filter((d) => partOf(d.key) === name)),
  }));
  return {
    calls: new Map(parts.flatMap((p) => [...p.calls])),
    shownBy: new Map(parts.flatMap((p) => [...p.shownBy])),
    parts: parts.map((p) => ({
      name: p.name,
      total: p.total,
      seen: p.calls.size + present(p).length + p.leftOut.size + besideIn(p),
    })),
    unread: parts.flatMap((p) => p.unread),
    leftOut: new Map(parts.flatMap((p) => [...p.leftOut])),
    // A document's own page follows the list, and adds its files.
    documents: new Map(parts.flatMap((p) => [...p.documents])),
    files: new Map(parts.flatMap((p) => [...p.files])),
    projects: new Map(parts.flatMap((p) => [...p.projects])),
    questions: new Map(parts.flatMap((p) => [...p.questions])),
    ownQuestions: new Map(parts.flatMap((p) => [...p.ownQuestions])),
  };
}

/** Rows that are no calls. */
const besideIn = ({ documents, projects, questions }: Pick<Scan, 'documents' | 'projects' | 'questions'>) =>
  documents.size + projects.size + questions.size;

const rowKey = (reference: string, language = ''): string => `${reference}/${language}`;

/** The same for a quick check, where every page is a separate search with its own total. */
export const quickCheckScanOf = (documents: ReadDocument[]): Scan =>
  scanOf(documents.map(({ key, page }) => ({ key, page: { ...page, total: null } })));

const present = ({ unread }: Pick<Scan, 'unread'>): Scan['unread'] =>
  unread.filter((row) => !row.gone && !row.aside && !row.extra);
const seenIn = (scan: Scan): number => scan.calls.size + besideIn(scan) + present(scan).length;

function incomplete({ parts }: Scan, number: number): string | null {
  const lacking = parts.find(({ total, seen }) => total !== null && total !== seen);
  if (!lacking) return null;
  const { name, total, seen } = lacking;
  return `scan ${number} found ${seen} of the ${total} ${name ? `${name} ` : 'calls '}that the source says it holds`;
}

// Parsers cache rows, so both scans usually hold the same object.
type Row = ParsedCall | CommitteeDocument | CommitteeFile | PortalProjectRow | ParsedQuestion;
const same = <T extends Row>(a: T, b: T | undefined): boolean =>
  a === b || canonicalJson(a) === canonicalJson(b);

const differ = <T extends Row>(a: Map<string, T>, b: Map<string, T>): number =>
  [...new Set([...a.keys(), ...b.keys()])].filter((key) => !a.has(key) || !same(a.get(key)!, b.get(key)))
    .length;

function disagreement(a: Scan, b: Scan): string | null {
  const onlyA = [...a.calls.keys()].filter((k) => !b.calls.has(k)).length;
  const onlyB = [...b.calls.keys()].filter((k) => !a.calls.has(k)).length;
  if (onlyA || onlyB)
    return `two scans disagree: ${onlyA} calls only in the first, ${onlyB} only in the second`;
  const other = [...a.calls].filter(([k, call]) => !same(call, b.calls.get(k))).length;
  if (other) return `two scans disagree on what ${other} calls say`;
  const [documents, files] = [differ(a.documents, b.documents), differ(a.files, b.files)];
  if (documents || files) return `two scans disagree on ${documents} documents and what ${files} files say`;
  const projects = differ(a.projects, b.projects);
  if (projects) return `two scans disagree on ${projects} rows on funded projects`;
  const questions = differ(a.questions, b.questions) + differ(a.ownQuestions, b.ownQuestions);
  return questions ? `two scans disagree on ${questions} questions` : null;
}

function unreadable(scan: Scan, { maxUnreadShare }: { maxUnreadShare: number }): string | null {
  const [unread, seen] = [present(scan), seenIn(scan)];
  // In a small source one bad page exceeds any share, but is no sign of a changed form.
  if (unread.length <= Math.max(maxUnreadShare * seen, seen >= FEW_ROWS ? 1 : 0)) return null;
  return `${unread.length} of ${seen} rows could not be read, first of all: ${unread[0]!.why}`;
}

/**
 * Whether an accepted scan shows everything: only if no document outside the lists is missing that serves to
 * check them.
 */
export const isWhole = (
  { coverage }: Pick<SourceDefinition, 'coverage'>,
  { unread }: Pick<Scan, 'unread'>,
): boolean => coverage === 'full' && !unread.some((row) => row.aside);

/** A missing page only concerns itself; if most pages are gone, the site has moved. */
function mostlyGone(scan: Scan): string | null {
  const gone = scan.unread.filter((row) => row.gone);
  return gone.length > seenIn(scan)
    ? `${gone.length} of ${gone.length + seenIn(scan)} pages are gone, first of all: ${gone[0]!.why}`
    : null;
}

function validation(why: string | null, { calls }: Scan, size: number | null = null): Validation {
  return why === null ? { accepted: true, calls: [...calls.values()] } : { accepted: false, why, size };
}

/**
 * Whether a harvest may change anything: each scan holds as many calls as the source states before and after,
 * the two agree call by call, there are as many as the source is known to have and as its own recent runs
 * suggest, and nearly all rows were read.
 */
export function judge(
  first: Scan,
  second: Scan,
  source: Pick<SourceDefinition, 'expectsAtLeast' | 'coverage'>,
  rules: ValidationRules,
  past: Past,
): Validation {
  const few =
    first.calls.size + first.documents.size < source.expectsAtLeast
      ? `only ${first.calls.size + first.documents.size} calls, and this source is known to hold at least ${source.expectsAtLeast}`
      : null;
  const doubt =
    incomplete(first, 1) ?? incomplete(second, 2) ?? disagreement(first, second) ?? few ?? mostlyGone(first);
  if (doubt !== null) return validation(doubt, first);
  const size = source.coverage === 'full' ? sizeDoubt(seenIn(first), past, rules) : null;
  return size === null ? validation(unreadable(first, rules), first) : validation(size, first, seenIn(first));
}

/**
 * The same for a quick check: the two scans must agree. Only the requested calls count: sources are queried
 * by a call's name, which another call may share. An absent or unreadable call means nothing.
 */
export function judgeQuickCheck(first: Scan, second: Scan, targets: QuickCheckTarget[]): Validation {
  const asked = new Set(targets.map((t) => t.reference));
  const doubt = disagreement(first, second);
  return doubt === null
    ? { accepted: true, calls: [...first.calls.values()].filter((c) => asked.has(c.reference)) }
    : { accepted: false, why: doubt, size: null };
}

/**
 * Whether most of several topics' own files could not be had: their host is in trouble, and they are worth
 * requesting again soon. What was read, and the notes of the list, count in any case.
 */
export function mostlyWanting(unread: Scan['unread'], read: number): boolean {
  const wanting = unread.filter((row) => row.aside).length;
  return wanting >= FEW_ROWS && wanting > read;
}
