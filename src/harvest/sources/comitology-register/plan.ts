import { documentKey, isLegalAct, type CommitteeDocument } from '../../domain/drafts/committee-document.js';
import type { PlanContext, ReadDocument, SourceRequest } from '../../domain/source.js';
import { planRounds } from '../_kit/plan-rounds.js';
import {
  COMMITTEES,
  documentRequest,
  fileRequest,
  listPlace,
  listRequest,
  PAGE_SIZE,
} from './register-site.js';

const isWord = (name: string): boolean => /\.docx$/i.test(name);

/**
 * Returns the next requests of a scan: the whole list, then the files of each document that is new there or
 * was updated since an accepted run read it, and what legal acts have attached as Word files.
 */
export function plan(done: ReadDocument[], context: PlanContext): SourceRequest[] {
  const { committees = COMMITTEES, since = null } = context.register ?? {};
  const list = planRounds(
    done.filter((d) => listPlace(d.key) !== null),
    PAGE_SIZE,
    (number, round) => listRequest(context.scan, number, round, { committees, since }),
  );
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
