import { NothingToSee, type CheckAnswers, type Seen, type SourceCheck } from '../../domain/check.js';
import type { ParsedPage, SourceRequest } from '../../domain/source.js';
import { parseDocument } from './parse-document.js';
import { callIn, cardsIn, COUNT, LIST, livingRequest, pageRequest } from './site.js';

const LIVING = livingRequest(1);
/** Enough to see whether the pages of calls have the expected form. */
const PAGES_LOOKED_AT = 3;

const pageIn = (seen: CheckAnswers, { key }: SourceRequest): ParsedPage => parseDocument(seen.document(key));

/** Returns what an answer has, if it can be read: another check says if not. */
function linksIn(seen: CheckAnswers, request: SourceRequest): string[] {
  try {
    return pageIn(seen, request).links;
  } catch {
    return [];
  }
}

const cards = (seen: CheckAnswers): string[] =>
  linksIn(seen, LIVING).filter((link) => cardsIn(link) === null);

function pages(seen: CheckAnswers): SourceRequest[] {
  const living = new Set(cards(seen).map(callIn));
  return linksIn(seen, LIST)
    .filter((link) => living.has(callIn(link)))
    .slice(0, PAGES_LOOKED_AT)
    .map((link) => pageRequest(link, 'open'));
}

function judgeList(seen: CheckAnswers): Seen {
  const { calls, unread, leftOut = [] } = pageIn(seen, LIST);
  const dated = calls.filter((c) => c.deadlines.length).length;
  return {
    seen: `${calls.length} calls, ${dated} with a deadline, ${leftOut.length} twice, ${unread.length} not read${unread[0] ? `: ${unread[0].why}` : ''}`,
    holds: dated > 0 && unread.length * 50 <= calls.length,
  };
}

function judgeTotal(seen: CheckAnswers): Seen {
  const { calls, unread, leftOut = [] } = pageIn(seen, LIST);
  const [rows, { total }] = [calls.length + leftOut.length + unread.length, pageIn(seen, COUNT)];
  return { seen: `${rows} rows, and a total of ${total}`, holds: rows === total };
}

function judgeCards(seen: CheckAnswers): Seen {
  pageIn(seen, LIVING);
  const [named, listed] = [cards(seen), new Set(linksIn(seen, LIST).map(callIn))];
  const there = named.filter((link) => listed.has(callIn(link))).length;
  return {
    seen: `${named.length} open or announced calls, ${there} of them in the list`,
    holds: named.length > 0 && there * 2 > named.length,
  };
}

function judgePages(seen: CheckAnswers): Seen {
  const asked = pages(seen);
  if (!asked.length) throw new NothingToSee('no card names a call of the list');
  const calls = asked.flatMap((request) => pageIn(seen, request).calls);
  const linked = calls.filter((call) => call.alsoAt.length).length;
  return {
    seen: `${calls.length} of ${asked.length} pages are read, ${linked} name the funder's page`,
    holds: calls.length === asked.length && linked > 0,
  };
}

const FIX = 'Save the answers as fixtures and fix';

/** The assumptions about the site; `fixtures/where.md` says where each was seen. */
export const checks: SourceCheck[] = [
  {
    id: 'list',
    assumption: 'The list is a CSV with the known columns, and dates as in 31/12/2026 13:00',
    otherwise: `No call is found, and harvests are not accepted. ${FIX} parse-list.ts.`,
    requests: () => [LIST],
    judge: judgeList,
  },
  {
    id: 'total',
    assumption: 'The search counts as many calls as the list has rows',
    otherwise: `Harvests are not accepted: the list may lack closed calls, or have others. ${FIX} plan.ts.`,
    requests: () => [LIST, COUNT],
    judge: judgeTotal,
  },
  {
    id: 'cards',
    assumption: 'The search by status shows the cards of open and announced calls',
    otherwise: `Calls without a date are shown as announced, and no page is read. ${FIX} parse-search.ts.`,
    requests: () => [LIST, LIVING],
    judge: judgeCards,
  },
  {
    id: 'pages',
    assumption: "A call's page has its text, and names the page at its funder",
    otherwise: `A call that its funder's site shows too may be told twice. ${FIX} parse-page.ts.`,
    requests: (seen) => [LIST, LIVING, ...pages(seen)],
    judge: judgePages,
  },
];
