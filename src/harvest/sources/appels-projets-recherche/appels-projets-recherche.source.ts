import { linksOf, textIn } from '../_kit/requests.js';
import { defineSource, type ParsedPage, type ReadDocument, type SourceRequest } from '../../domain/source.js';
import {
  callIn,
  cardsIn,
  COUNT,
  LIST,
  livingRequest,
  ORIGIN,
  pageRequest,
  parseDocument,
} from './parse-document.js';
import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';

/** There are some fifty open calls; a list that says far more of itself is not walked to its end. */
const MOST_PAGES = 400;
const MOST_CARDS = 20;

/**
 * Returns the next requests of a scan: the list and the cards of living calls, then the pages of those calls,
 * and of those that do not say when they close, since only the cards tell whether they have; then the count.
 */
function plan(done: readonly ReadDocument[]): SourceRequest[] {
  const asked = new Set(done.map((d) => d.key));
  const fresh = (requests: SourceRequest[]): SourceRequest[] => requests.filter((r) => !asked.has(r.key));
  const cards = linksOf(done.filter((d) => d.key.startsWith('living ')));
  const further = cards.flatMap((link) => cardsIn(link) ?? []).filter((number) => number <= MOST_CARDS);
  const lists = fresh([LIST, ...[1, ...further].map(livingRequest)]);
  if (lists.length) return lists;

  const statuses = new Map(cards.flatMap((link) => (callIn(link) ? [[callIn(link)!, textIn(link)]] : [])));
  const list = done.filter((d) => d.key === LIST.key);
  const undated = new Set(
    list.flatMap((d) => d.page.calls).flatMap((call) => (call.deadlines.length ? [] : [call.reference])),
  );
  const pages = linksOf(list).flatMap((link) => {
    const status = statuses.get(callIn(link)!) ?? (undated.has(callIn(link)!) ? 'closed' : null);
    return status === null ? [] : [pageRequest(link, status)];
  });
  const next = fresh(pages.slice(0, MOST_PAGES));
  // Counted last, so that a call published meanwhile is noticed.
  return next.length ? next : fresh([COUNT]);
}

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
const checks: SourceCheck[] = [
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

/**
 * The State's portal of French funders of research: ANR, ADEME, INCa, Inserm, Anses, regions, foundations …,
 * and with them the national part of European partnerships. Its list is one file; the total of its search
 * says how many rows that must have, since a file that lacks some looks whole.
 */
export const source = defineSource({
  id: 'appels-projets-recherche',
  name: 'appelsprojetsrecherche.fr',
  homepage: ORIGIN,
  origin: ORIGIN,
  enabled: false,
  everyHours: 12,
  requestsPerMinute: 30,
  coverage: 'full',
  // On 14 September 2026 it had 28 open calls, and the list has closed ones too.
  expectsAtLeast: 10,
  // In August and around New Year nothing is published for weeks.
  quietAfterDays: 45,
  plan,
  parse: parseDocument,
  checks,
});
