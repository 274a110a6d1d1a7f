import { type KnownQuestion, ParsedQuestion, topicKey } from '../../domain/questions/question.js';
import {
  defineSource,
  type ParsedPage,
  partOf,
  type PlanContext,
  type RawDocument,
  type ReadDocument,
  type SourceRequest,
} from '../../domain/source.js';
import { type ListPart, planParts } from '../_kit/plan-rounds.js';
import {
  Fields,
  PAGE_SIZE,
  portalDate,
  readInto,
  readJson,
  type Row,
  search,
  SearchAnswer,
} from '../_kit/portal/row.js';
import { batches } from '../../../kernel/collections.js';
import { storable } from '../../../kernel/storable.js';
import { get } from '../_kit/requests.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { ShapeError } from '../../../kernel/errors.js';
import { canonicalJson, sha256 } from '../../../kernel/hash.js';
import { webAddress } from '../../../kernel/web-address.js';
import { htmlToText } from '../_kit/html-text.js';
import { saveAndFix } from '../_kit/site-checks.js';
import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';

/** Questions have an index of their own in the portal's search service. */
const INDEX = 'SEDIA_FAQ';
/** The most topics per search, so that no search has more rows than can be reached. */
const TOPICS_AT_ONCE = 20;
/** The most own documents that a scan reads; the next run reads those left. */
const MOST_DOCUMENTS = 400;

/** Requests a page of the questions with one of these values in a field, in the order of their numbers. */
const searchRequest = (
  key: string,
  number: number,
  terms: Record<string, readonly string[]>,
  order: 'ASC' | 'DESC',
): SourceRequest =>
  search(
    key,
    { number, size: PAGE_SIZE },
    { query: { bool: { must: [{ terms }] } }, languages: ['en'], sort: { field: 'nid', order } },
    INDEX,
  );

/** Requests a question with all of its answer. A run goes on without one that cannot be had. */
const ownRequest = (id: string): SourceRequest => ({
  ...get(`question: ${id}`, `/search-api/prod/rest/document/${id}?apiKey=${INDEX}`),
  mayBeGone: true,
  aside: 'extra',
});

/** Returns a list of what has one of these values in a field. */
const listOf = (name: string, terms: Record<string, string[]>, scan: 1 | 2): ListPart => ({
  name,
  request: (number, round) =>
    searchRequest(`${name}: ${number + 1}.${round}`, number + 1, terms, scan === 1 ? 'ASC' : 'DESC'),
});

const listedIn = (done: ReadDocument[]): Map<string, ParsedQuestion> =>
  new Map(
    done.flatMap((d) => d.page.questions ?? []).flatMap((q) => (q.listedAs === null ? [] : [[q.id, q]])),
  );

/** New questions come first, then those whose row has changed, then those whose rows do not say all. */
function urgencyOf({ listedAs, answer }: ParsedQuestion, known: KnownQuestion | undefined): number | null {
  if (!known) return 0;
  if (known.listedAs !== listedAs) return 1;
  return known.cut || answer === null ? 2 : null;
}

/**
 * Returns the next requests of a scan: the questions on all topics, those known that are no longer among them
 * by their numbers (they may be on other topics now), then the own documents of all that may say something
 * else than before.
 */
function plan(done: ReadDocument[], context: PlanContext): SourceRequest[] {
  const { topics = [], questions: known = new Map<string, KnownQuestion>(), scan } = context;
  // Topics are written in other cases at times.
  const written = [...new Set(topics.flatMap((t) => [t.trim(), topicKey(t)]))].filter(Boolean).sort();
  const parts = batches(written, TOPICS_AT_ONCE).map((some, i) =>
    listOf(`topics-${i + 1}`, { keyword: some }, scan),
  );
  const byTopic = planParts(parts, PAGE_SIZE, done);
  if (byTopic !== 'whole') return byTopic;
  const named = listedIn(done.filter((d) => partOf(d.key).startsWith('topics-')));
  const missing = [...known.keys()].filter((id) => !named.has(id)).sort();
  const numbered = batches(missing, PAGE_SIZE).map((some, i) =>
    listOf(`numbers-${i + 1}`, { nid: some }, scan),
  );
  const byNumber = planParts(numbered, PAGE_SIZE, done);
  if (byNumber !== 'whole') return byNumber;
  const asked = new Set(done.map((d) => d.key));
  return [...listedIn(done).values()]
    .filter((q) => !q.archived)
    .map((q) => ({ id: q.id, urgency: urgencyOf(q, known.get(q.id)) }))
    .filter(({ urgency }) => urgency !== null)
    .sort((a, b) => a.urgency! - b.urgency! || a.id.localeCompare(b.id))
    .slice(0, MOST_DOCUMENTS)
    .map(({ id }) => ownRequest(id))
    .filter((r) => !asked.has(r.key));
}

/** Far longer than any that was seen; the rest is on the portal. */
const LONGEST_QUESTION = 4_000;
const LONGEST_ANSWER = 40_000;
/** Nobody asks on so many topics; a row that says so would fill every page. */
const MOST_TOPICS = 200;
/** Active, or archived. */
const STATUSES: Record<string, boolean> = { '0': false, '1': true };

/** What of a row changes when a question is edited: the rest is the search service's own. */
const EDITED = ['question', 'answer', 'keyword', 'status', 'lastModified'];

const textIn = (html: string | undefined, longest: number): string =>
  html === undefined ? '' : storable(htmlToText(html).slice(0, longest)).trim();

function archivedIn(fields: Fields): boolean {
  const status = fields.first('status') ?? '0';
  const archived = STATUSES[status];
  if (archived === undefined)
    throw new Error(`its status "${status}" is neither 0 (active) nor 1 (archived)`);
  return archived;
}

/** A question's own number, or else the row's name. */
const numberOf = ({ metadata, reference }: Row): string => metadata['nid']?.[0] ?? reference;

function questionOf({ metadata }: Row, own: boolean): ParsedQuestion {
  const fields = new Fields(metadata);
  const published = fields.first('publicationDate');
  const topics = [...new Set(fields.words('keyword').map((t) => topicKey(foldLine(t))))].filter(Boolean);
  if (topics.length > MOST_TOPICS) throw new Error(`it names ${topics.length} topics`);
  return ParsedQuestion.parse({
    id: fields.first('nid'),
    topics,
    question: textIn(fields.first('question'), LONGEST_QUESTION).replace(/\n/g, ' '),
    answer: textIn(fields.first('answer'), LONGEST_ANSWER) || null,
    archived: archivedIn(fields),
    publishedAt: published === undefined ? null : portalDate(published),
    url: webAddress(fields.first('url') ?? null),
    listedAs: own ? null : sha256(canonicalJson(EDITED.map((name) => fields.all(name)))),
  });
}

/**
 * Parses a page of a search, or a question's own document, which is one row. Throws ShapeError if that, or
 * every row of a page, is not in the known form; the page of a part may have a single row.
 */
function parseQuestions(document: RawDocument): ParsedPage {
  const json = readJson(document);
  const page: ParsedPage = { total: null, calls: [], unread: [], links: [], questions: [] };
  const answer = SearchAnswer.safeParse(json);
  if (answer.success) page.total = answer.data.totalResults;
  for (const row of answer.success ? answer.data.results : [json])
    readInto(page, row, (known) => page.questions!.push(questionOf(known, !answer.success)), numberOf);
  if (page.unread.length > (answer.success ? 1 : 0) && !page.questions!.length)
    throw new ShapeError(
      `the portal's questions changed shape, none of ${page.unread.length} could be read: ${page.unread[0]!.why}`,
    );
  return page;
}

/** The newest questions on single topics. */
const ON_TOPICS = { query: { bool: { must: [{ terms: { type: ['3'] } }] } }, languages: ['en'] };
const NEWEST = search(
  'newest',
  { number: 1, size: PAGE_SIZE },
  { ...ON_TOPICS, sort: { field: 'publicationDate', order: 'DESC' } },
  INDEX,
);
const UNSORTED = search('unsorted', { number: 1, size: 1 }, ON_TOPICS, INDEX);
const SORTED = search(
  'sorted',
  { number: 1, size: 1 },
  { ...ON_TOPICS, sort: { field: 'nid', order: 'ASC' } },
  INDEX,
);

const pageOf = (seen: CheckAnswers, { key }: SourceRequest): ParsedPage => parseQuestions(seen.document(key));
const questionsIn = (seen: CheckAnswers, request: SourceRequest): ParsedQuestion[] =>
  pageOf(seen, request).questions ?? [];

/** The newest question, if it can be read: another check says if not. */
function newest(seen: CheckAnswers): ParsedQuestion[] {
  try {
    return questionsIn(seen, NEWEST)
      .filter((q) => q.topics.length)
      .slice(0, 1);
  } catch {
    return [];
  }
}

const byTopic = ({ topics }: ParsedQuestion): SourceRequest =>
  searchRequest('by topic', 1, { keyword: topics.slice(0, 1) }, 'ASC');
const byNumber = ({ id }: ParsedQuestion): SourceRequest =>
  searchRequest('by number', 1, { nid: [id] }, 'ASC');

/** Whether a search by one field of the newest question finds it, and none that lacks the value. */
function judgeSearch(
  seen: CheckAnswers,
  request: (q: ParsedQuestion) => SourceRequest,
  fits: (found: ParsedQuestion, wanted: ParsedQuestion) => boolean,
): Seen {
  const [wanted] = newest(seen);
  if (!wanted) throw new NothingToSee('no question names a topic');
  const found = questionsIn(seen, request(wanted));
  const strange = found.filter((q) => !fits(q, wanted)).length;
  return {
    seen: `${found.length} questions, ${strange} of others`,
    holds: found.some((q) => q.id === wanted.id) && strange === 0,
  };
}

function judgeForm(seen: CheckAnswers): Seen {
  const { questions = [], unread } = pageOf(seen, NEWEST);
  return {
    seen: `${questions.length} questions read, ${unread.length} not${unread[0] ? `: ${unread[0].why}` : ''}`,
    holds: questions.length > 0 && !unread.length,
  };
}

function judgeOwn(seen: CheckAnswers): Seen {
  const [wanted] = newest(seen);
  if (!wanted) throw new NothingToSee('no question names a topic');
  const [own] = questionsIn(seen, ownRequest(wanted.id));
  return {
    seen: own ? `question ${own.id}, ${own.answer?.length ?? 0} characters` : 'no question',
    holds: own?.id === wanted.id && own.listedAs === null,
  };
}

const FIX = saveAndFix('portal-questions.source.ts');

/** The assumptions about the questions; `fixtures/where.md` says where each was seen. */
const checks: SourceCheck[] = [
  {
    id: 'form',
    assumption: 'A question has its known fields',
    otherwise: `Questions are missing, or none can be read. ${FIX}`,
    requests: () => [NEWEST],
    judge: judgeForm,
  },
  {
    id: 'topic',
    assumption: 'A search by topic finds its questions alone',
    otherwise: `Questions are missing, or others' are read. ${FIX}`,
    requests: (seen) => [NEWEST, ...newest(seen).map(byTopic)],
    judge: (seen) => judgeSearch(seen, byTopic, (q, { topics }) => q.topics.includes(topics[0]!)),
  },
  {
    id: 'number',
    assumption: 'A search by number finds a question, whatever its topics are now',
    otherwise: `A question that moves to another topic is taken for withdrawn. ${FIX}`,
    requests: (seen) => [NEWEST, ...newest(seen).map(byNumber)],
    judge: (seen) => judgeSearch(seen, byNumber, (q, { id }) => q.id === id),
  },
  {
    id: 'own-document',
    assumption: "A question's own document is one row, with all of its answer",
    otherwise: `New questions and corrections are not read. ${FIX}`,
    requests: (seen) => [NEWEST, ...newest(seen).map(({ id }) => ownRequest(id))],
    judge: judgeOwn,
  },
  {
    id: 'order',
    assumption: 'Sorted by number, no question is left out',
    otherwise: 'Questions without a number are not read.',
    requests: () => [SORTED, UNSORTED],
    judge: (seen) => {
      const [sorted, unsorted] = [pageOf(seen, SORTED).total, pageOf(seen, UNSORTED).total];
      return { seen: `${sorted} sorted, ${unsorted} unsorted`, holds: sorted === unsorted };
    },
  },
];

/**
 * Questions and answers that the portal publishes on topics: those of topics that some institute studies. A
 * list may cut an answer off or lack it, so new and changed ones are read from their own documents.
 */
export const source = defineSource({
  id: 'portal-questions',
  name: 'Questions and answers of the EU Funding & Tenders Portal',
  frenchName: 'Questions et réponses du portail EU Funding & Tenders',
  homepage: 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/support/faq',
  origin: 'https://api.tech.ec.europa.eu',
  everyHours: 12,
  requestsPerMinute: 60,
  coverage: 'window',
  topics: [],
  questions: true,
  // Topics may have no question, and nobody may study any.
  expectsAtLeast: 0,
  quietAfterDays: 365,
  plan,
  parse: parseQuestions,
  checks,
});
