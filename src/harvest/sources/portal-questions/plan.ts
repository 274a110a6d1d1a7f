import { type KnownQuestion, type ParsedQuestion, topicKey } from '../../domain/questions/question.js';
import { partOf, type PlanContext, type ReadDocument, type SourceRequest } from '../../domain/source.js';
import { type ListPart, planParts } from '../_kit/plan-rounds.js';
import { PAGE_SIZE, search } from '../_kit/portal/portal-search.js';
import { batches } from '../../../kernel/collections.js';
import { get } from '../_kit/requests.js';

/** Questions have an index of their own in the portal's search service. */
export const INDEX = 'SEDIA_FAQ';
/** The most topics per search, so that no search has more rows than can be reached. */
const TOPICS_AT_ONCE = 20;
/** The most own documents that a scan reads; the next run reads those left. */
const MOST_DOCUMENTS = 400;

/** Requests a page of the questions with one of these values in a field, in the order of their numbers. */
export const searchRequest = (
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
export const ownRequest = (id: string): SourceRequest => ({
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
export function plan(done: ReadDocument[], context: PlanContext): SourceRequest[] {
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
