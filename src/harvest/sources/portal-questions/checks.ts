import { NothingToSee, type CheckAnswers, type Seen, type SourceCheck } from '../../domain/check.js';
import type { ParsedQuestion } from '../../domain/questions/question.js';
import type { ParsedPage, SourceRequest } from '../../domain/source.js';
import { PAGE_SIZE, search } from '../_kit/portal/portal-search.js';
import { parseQuestions } from './parse-questions.js';
import { INDEX, ownRequest, searchRequest } from './plan.js';

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

const FIX = 'Save the answers as fixtures and fix';

/** The assumptions about the questions; `fixtures/where.md` says where each was seen. */
export const checks: SourceCheck[] = [
  {
    id: 'form',
    assumption: 'A question has its known fields',
    otherwise: `Questions are missing, or none can be read. ${FIX} parse-questions.ts.`,
    requests: () => [NEWEST],
    judge: judgeForm,
  },
  {
    id: 'topic',
    assumption: 'A search by topic finds its questions alone',
    otherwise: `Questions are missing, or others' are read. ${FIX} plan.ts.`,
    requests: (seen) => [NEWEST, ...newest(seen).map(byTopic)],
    judge: (seen) => judgeSearch(seen, byTopic, (q, { topics }) => q.topics.includes(topics[0]!)),
  },
  {
    id: 'number',
    assumption: 'A search by number finds a question, whatever its topics are now',
    otherwise: `A question that moves to another topic is taken for withdrawn. ${FIX} plan.ts.`,
    requests: (seen) => [NEWEST, ...newest(seen).map(byNumber)],
    judge: (seen) => judgeSearch(seen, byNumber, (q, { id }) => q.id === id),
  },
  {
    id: 'own-document',
    assumption: "A question's own document is one row, with all of its answer",
    otherwise: `New questions and corrections are not read. ${FIX} parse-questions.ts.`,
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
