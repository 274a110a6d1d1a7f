import { type CommitteeDocument, documentKey, isLegalAct } from '../../domain/drafts/committee-document.js';
import {
  defineSource,
  type PlanContext,
  type ReadDocument,
  type SourceRequest,
} from '../../domain/source.js';
import { planRounds } from '../_kit/plan-rounds.js';
import {
  COMMITTEES,
  documentRequest,
  fileRequest,
  listPlace,
  listRequest,
  ORIGIN,
  PAGE_SIZE,
} from './register-site.js';
import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';
import { get } from '../_kit/requests.js';
import { parseDocument } from './parse-document.js';

const isWord = (name: string): boolean => /\.docx$/i.test(name);

/**
 * Returns the next requests of a scan: the whole list, then the files of each document that is new there or
 * was updated since an accepted run read it, and what legal acts have attached as Word files.
 */
function plan(done: ReadDocument[], context: PlanContext): SourceRequest[] {
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

const CODES = get('codes', '/transparency/comitology-register/core/api/front/committees/codes');
const list = listRequest(1, 0, 1, { committees: COMMITTEES, since: null });

const listed = (seen: CheckAnswers): { total: number | null; documents: CommitteeDocument[] } => {
  const { total, documents = [] } = parseDocument(seen.document(list.key));
  return { total, documents };
};

/** The newest draft legal act on the first page, if it can be read: another check says if not. */
function newestAct(seen: CheckAnswers): CommitteeDocument[] {
  try {
    return listed(seen).documents.filter(isLegalAct).slice(0, 1);
  } catch {
    return [];
  }
}

function judgeList(seen: CheckAnswers): Seen {
  const { total, documents } = listed(seen);
  const strange = documents.filter((d) => !COMMITTEES.includes(d.committee)).length;
  return {
    seen: `${documents.length} of ${total} documents, ${strange} of other committees`,
    holds: documents.length === Math.min(total ?? 0, PAGE_SIZE) && documents.length > 0 && !strange,
  };
}

function judgeVersions(seen: CheckAnswers): Seen {
  const { documents } = listed(seen);
  const references = new Set(documents.map((d) => d.reference));
  return { seen: `${documents.length} rows of ${references.size} references`, holds: documents.length > 0 };
}

function judgeDocument(seen: CheckAnswers): Seen {
  const [act] = newestAct(seen);
  if (!act) throw new NothingToSee('the first page has no draft legal act');
  const files =
    parseDocument(seen.document(documentRequest(documentKey(act)).key)).documents?.[0]?.files ?? [];
  return { seen: `${files.length} files: ${files.map((f) => f.name).join(', ')}`, holds: files.length > 0 };
}

function judgeCodes(seen: CheckAnswers): Seen {
  const codes: unknown = JSON.parse(seen.document(CODES.key).bytes.toString('utf8'));
  const there = COMMITTEES.filter((code) => Array.isArray(codes) && codes.includes(code));
  return {
    seen: `${there.length} of ${COMMITTEES.length} committees`,
    holds: there.length === COMMITTEES.length,
  };
}

const FIX = 'Save the answers as fixtures and fix';

/** The assumptions about the register; `fixtures/where.md` says where each was seen. */
const checks: SourceCheck[] = [
  {
    id: 'list',
    assumption: 'The list has the documents of the named committees alone, up to 100 a page',
    otherwise: `No document is found, or other committees' are. ${FIX} register-site.ts.`,
    requests: () => [list],
    judge: judgeList,
  },
  {
    id: 'versions',
    assumption: 'The list has the newest version of a document, or all of them',
    otherwise: `No document is found. ${FIX} parse-register.ts.`,
    requests: () => [list],
    judge: judgeVersions,
  },
  {
    id: 'document',
    assumption: 'A draft legal act names its files',
    otherwise: `Drafts and decisions are listed, and not read. ${FIX} parse-register.ts.`,
    requests: (seen) => newestAct(seen).map((act) => documentRequest(documentKey(act))),
    judge: judgeDocument,
  },
  {
    id: 'codes',
    assumption: 'The register knows the committees of Horizon Europe by these codes',
    otherwise: 'A configuration is not read. Set `committees` for the source in config/sources.yaml.',
    requests: () => [CODES],
    judge: judgeCodes,
  },
];

/**
 * The register of committees: what the Commission puts before the programme committee of Horizon Europe.
 * Drafts of work programmes are Word files, from which topics are read; the annexes of draft decisions list
 * the proposals to be funded. Documents are listed by reference and version, and updated days or weeks later.
 */
export const source = defineSource({
  id: 'comitology-register',
  name: 'Comitology Register',
  homepage: 'https://ec.europa.eu/transparency/comitology-register/',
  origin: ORIGIN,
  everyHours: 6,
  requestsPerMinute: 30,
  coverage: 'window',
  expectsAtLeast: 1,
  // August and the weeks around Christmas have no meetings.
  quietAfterDays: 60,
  committees: COMMITTEES,
  plan,
  parse: parseDocument,
  checks,
});
