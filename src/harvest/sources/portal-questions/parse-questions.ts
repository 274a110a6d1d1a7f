import { foldLine } from '../../../calls/domain/visible-text.js';
import { ShapeError } from '../../../kernel/errors.js';
import { canonicalJson, sha256 } from '../../../kernel/hash.js';
import { webAddress } from '../../../kernel/web-address.js';
import { ParsedQuestion, topicKey } from '../../domain/questions/question.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { htmlToText } from '../_kit/html-text.js';
import { readJson, SearchAnswer } from '../_kit/portal/answer.js';
import { portalDate } from '../_kit/portal/portal-date.js';
import { Fields, readInto, type Row } from '../_kit/portal/row.js';

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
  html === undefined ? '' : htmlToText(html).slice(0, longest).trim();

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
 * Parses a page of a search, or a question's own document, which is one row. Throws ShapeError if it, or
 * every row of it, is not in the known form.
 */
export function parseQuestions(document: RawDocument): ParsedPage {
  const json = readJson(document);
  const page: ParsedPage = { total: null, calls: [], unread: [], links: [], questions: [] };
  const answer = SearchAnswer.safeParse(json);
  if (answer.success) page.total = answer.data.totalResults;
  for (const row of answer.success ? answer.data.results : [json])
    readInto(page, row, (known) => page.questions!.push(questionOf(known, !answer.success)), numberOf);
  if (page.unread.length && !page.questions!.length)
    throw new ShapeError(
      `the portal's questions changed shape, none of ${page.unread.length} could be read: ${page.unread[0]!.why}`,
    );
  return page;
}
