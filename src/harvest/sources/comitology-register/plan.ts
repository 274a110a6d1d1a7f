import { documentKey, isLegalAct, type CommitteeDocument } from '../../domain/drafts/committee-document.js';
import type { PlanContext, ReadDocument, SourceRequest } from '../../domain/source.js';
import {
  COMMITTEES,
  documentRequest,
  fileRequest,
  listPlace,
  listRequest,
  PAGE_SIZE,
} from './register-site.js';

/** How often the whole list is read at most until it has as many documents as it says. */
const MOST_ROUNDS = 6;

const isWord = (name: string): boolean => /\.docx$/i.test(name);

/**
 * Returns the next pages of the list; `whole` if it has as many different documents as its last page says.
 */
function planList(done: ReadDocument[], context: PlanContext): SourceRequest[] | 'whole' {
  const { committees = COMMITTEES, since = null } = context.register ?? {};
  const pages = done.filter((d) => listPlace(d.key) !== null);
  const total = pages.at(-1)?.page.total ?? null;
  const request = (number: number, round: number) =>
    listRequest(context.scan, number, round, { committees, since });
  if (total === null) return pages.length ? [] : [request(0, 1)];
  const numbers = Array.from({ length: Math.max(1, Math.ceil(total / PAGE_SIZE)) }, (_, i) => i);
  const asked = new Set(pages.map((d) => d.key));
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const missing: SourceRequest[] = numbers.map((n) => request(n, round)).filter((r) => !asked.has(r.key));
    if (missing.length) return missing;
    // Rows that tie come in another order each time: some on two pages, and others on none.
    const agreeing: ReadDocument[] = pages.filter((d) => d.page.total === total);
    if (new Set(agreeing.flatMap(rowsIn)).size === total) return 'whole';
  }
  return [];
}

const rowsIn = ({ page }: ReadDocument): string[] => [
  ...(page.documents ?? []).map(documentKey),
  ...page.unread.flatMap((row) => row.reference ?? []),
];

/**
 * Returns the next requests of a scan: the whole list, then the files of each document that is new there or
 * was updated since an accepted run read it, and what legal acts have attached as Word files.
 */
export function plan(done: ReadDocument[], context: PlanContext): SourceRequest[] {
  const list = planList(done, context);
  if (list !== 'whole') return list;
  const known = context.register?.known ?? new Map<string, string>();
  const asked = new Set(done.map((d) => d.key));
  const listed = documentsIn(done.filter((d) => listPlace(d.key) !== null));
  const updated = listed.filter((d) => known.get(documentKey(d)) !== d.updatedAt);
  const pages = updated.map((d) => documentRequest(documentKey(d))).filter((r) => !asked.has(r.key));
  if (pages.length) return pages;
  const detailed = documentsIn(done.filter((d) => listPlace(d.key) === null));
  return detailed
    .filter(isLegalAct)
    .flatMap((d) =>
      (d.files ?? []).filter(({ name }) => isWord(name)).map(({ id }) => fileRequest(documentKey(d), id)),
    )
    .filter((r) => !asked.has(r.key));
}

/** Returns each document once, in the order of its reference and version. */
function documentsIn(done: ReadDocument[]): CommitteeDocument[] {
  const all = new Map(done.flatMap((d) => d.page.documents ?? []).map((d) => [documentKey(d), d]));
  return [...all.values()].sort((a, b) => Number(a.reference) - Number(b.reference) || a.version - b.version);
}
