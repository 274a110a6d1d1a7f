import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import {
  defineSource,
  type ParsedPage,
  type RawDocument,
  type ReadDocument,
  type SourceRequest,
} from '../../domain/source.js';
import { get, linksOf, linkWith, ownPages, pathOn, textIn } from '../_kit/requests.js';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { wordsOnly } from '../../../calls/domain/searched-text.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { CarnotError, ShapeError } from '../../../kernel/errors.js';
import { readCsv } from '../_kit/csv.js';
import { plain, zonedDate, zonedInstant } from '../_kit/dates.js';
import { enteredText, layOut, lineOf, loadBounded, narrow, type TextNode } from '../_kit/html-text.js';
import { labelledBudget } from '../_kit/money.js';
import { isJson, ownTopic, readHtml, readJson, refusePage } from '../_kit/page.js';
import { saveAndFix } from '../_kit/site-checks.js';
import { webAddress } from '../../../kernel/web-address.js';
import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';

const ORIGIN = 'https://www.appelsprojetsrecherche.fr';

/** Its deadlines are in the time of Paris, which the file does not say. */
const ZONE = 'Europe/Paris';

/** The whole list, closed calls included. */
const LIST: SourceRequest = { ...get('list', '/export-csv'), headers: { accept: 'text/csv' } };

const SEARCH = '/ajax/search-call-for-proposals';
const CARDS = 50;

const search = (number: number, statuses: string[]): Omit<SourceRequest, 'key'> => ({
  path: `${SEARCH}?page=${number}&nbElementsPerPage=${CARDS}`,
  method: 'POST',
  headers: {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'x-requested-with': 'XMLHttpRequest',
  },
  body: new URLSearchParams([
    ['call_for_proposal_search[terms]', ''],
    ['call_for_proposal_search[sort]', 'publicationBeginDate-desc'],
    ...statuses.map((status) => ['call_for_proposal_search[status][]', status]),
  ]).toString(),
});

/** The site's own search over all calls: its total says how many rows the list must have. */
const COUNT: SourceRequest = { key: 'count', ...search(1, []) };

/** A page of the cards of calls that are open or announced, counted from 1. */
const livingRequest = (number: number): SourceRequest => ({
  key: `living ${number}`,
  ...search(number, ['open', 'upcoming']),
});

/** The link by which a page of cards names the next one. */
const nextCards = (number: number): string => `${SEARCH}?page=${number + 1}`;
const cardsIn = (link: string): number | null => {
  const [, number] = /^\/ajax\/search-call-for-proposals\?page=(\d+)$/.exec(link) ?? [];
  return number === undefined ? null : Number(number);
};

/** Returns the name of a call in the path of its page, null for any other path. It is the call's key. */
const callIn = (path: string): string | null => /^\/appel\/([^/?#]+)\/?(?:[?#]|$)/.exec(path)?.[1] ?? null;

const callAt = (address: string | undefined): string | null => {
  const path = pathOn(ORIGIN, address);
  return path === null ? null : callIn(path);
};

const pageOf = (reference: string): string => `/appel/${reference}`;

/**
 * Requests a call's page. Its link has what the list says of the call, and `status` what its card does. The
 * list stands without it.
 */
const pageRequest = (link: string, status: string): SourceRequest => ({
  ...get(`${status} ${link}`, link.split('#', 1)[0]!),
  aside: 'extra',
  mayBeGone: true,
});

const [FUNDER, TITLE, TEXT, PUBLISHED, OPENS, CLOSES, LINK] = [
  'partenaire',
  'titre',
  'description',
  'date de publication',
  "date d'ouverture",
  'date de cloture',
  "lien de l'appel a projets",
] as const;

/** What the list says of a call besides its text, and how that begins: what its page's link carries. */
interface Facts {
  reference: string;
  begins: string;
  funder: string;
  title: string;
  opens: string;
  closes: string;
}

const BUDGET =
  /^ *(budget|enveloppe)( (total|globale?|indicati(f|ve)|previsionnel(le)?|national))*( pour la france)?( \([^()]{1,60}\))? *:/i;

/** Enough of a text to know it again, however it is laid out. */
const BEGINNING = 80;

/** Returns a call from what the list says of it, its text, and what else its page says. */
function callOf(
  { reference, funder, title, opens, closes }: Omit<Facts, 'begins'>,
  text: string,
  { alsoAt, status }: { alsoAt: string[]; status: ParsedCall['sourceStatus'] | null },
): ParsedCall {
  const [opensAt, deadline] = [zonedInstant(opens, ZONE), zonedDate(closes, ZONE)];
  return {
    dataSource: 'APPELSPROJETSRECHERCHE',
    reference,
    language: 'fr',
    title,
    kind: 'grant',
    identifier: ownTopic(title, text),
    callIdentifier: null,
    callTitle: null,
    programme: null,
    divisions: [],
    typesOfAction: [],
    // A call without any date has been announced, as far as the list alone can say.
    sourceStatus: status ?? (opensAt || deadline ? 'open' : 'forthcoming'),
    opensAt,
    deadlineModel: null,
    deadlines: deadline ? [deadline] : [],
    budget: /budget|enveloppe/i.test(text) ? labelledBudget(text, BUDGET) : null,
    destination: null,
    keywords: [],
    sections: text ? [{ kind: 'summary', title: '', text }] : [],
    url: `${ORIGIN}${pageOf(reference)}`,
    alsoAt,
    ...(funder && { funder }),
  };
}

interface Row extends Facts {
  published: string;
  text: string;
  call: ParsedCall;
}

function rowOf(cells: Record<string, string>): Row {
  const reference = callAt(cells[LINK]);
  if (!reference)
    throw new Error(
      `the link of ${JSON.stringify([cells[TITLE], cells[LINK]]).slice(0, 200)} leads to no call`,
    );
  const text = enteredText(cells[TEXT]!);
  const facts = {
    reference,
    begins: wordsOnly(text.slice(0, 5 * BEGINNING)).slice(0, BEGINNING),
    funder: foldLine(cells[FUNDER]!),
    title: foldLine(cells[TITLE]!),
    opens: cells[OPENS]!.trim(),
    closes: cells[CLOSES]!.trim(),
  };
  if (!facts.title) throw new Error('it has no title');
  return {
    ...facts,
    text: text.replace(/\s+/g, ' '),
    published: zonedInstant(cells[PUBLISHED]!, ZONE) ?? '',
    call: callOf(facts, text, { alsoAt: [], status: null }),
  };
}

/**
 * Words that dress a title: "Appel à projets X 2026 « Y »", "X : Y", "Y (X 2026)" and
 * "X – Y (appel national)" are one call.
 */
const DRESS = new Set(
  'aap ami appel appels a projet projets offre offres d de l manifestation interet national edition prolongee'.split(
    ' ',
  ),
);

/**
 * Returns what two rows of one call may share: who pays and the words of its title, however they are dressed,
 * with the date on which it closes, or with its text and the date on which it opens, where one row alone says
 * that it closes later. Another edition has other dates.
 */
function samenesses({ funder, title, opens, closes, text }: Row): string[] {
  const words = (
    plain(title)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => !DRESS.has(word) && !/^20\d\d$/.test(word));
  const call = [funder, [...new Set(words)].sort()];
  return [
    ...(words.length && closes ? [JSON.stringify(['closes', ...call, closes])] : []),
    ...(words.length && opens && text ? [JSON.stringify(['opens', ...call, opens, text])] : []),
  ];
}

/** Returns the rows that repeat another, which was published before, each with that one's name. */
function repeated(rows: Row[]): Map<string, string> {
  const [first, again] = [new Map<string, string>(), new Map<string, string>()];
  const order = [...rows].sort(
    (a, b) => a.published.localeCompare(b.published) || a.reference.localeCompare(b.reference),
  );
  for (const row of order) {
    const same = samenesses(row);
    const lead = same.map((key) => first.get(key)).find((found) => found !== undefined);
    if (lead !== undefined) again.set(row.reference, lead);
    for (const key of same) if (!first.has(key)) first.set(key, lead ?? row.reference);
  }
  return again;
}

/** A row's name is part of the key under which its page is stored, whose index takes no longer ones. */
const LONGEST_LINK = 1_500;

function linkOf({ reference, funder, title, opens, closes, begins }: Facts): string[] {
  const link = linkWith(pageOf(reference), JSON.stringify([funder, title, opens, closes, begins]));
  return link.length > LONGEST_LINK ? [] : [link];
}

/** Returns what a link says of its call: the reverse of that. Its page may name itself otherwise. */
function factsIn(link: string): Facts | null {
  const [reference, told] = [callIn(link), textIn(link)];
  if (!reference || !told) return null;
  const [funder = '', title = '', opens = '', closes = '', begins = ''] = JSON.parse(told) as string[];
  return { reference, funder, title, opens, closes, begins };
}

/** Parses the whole list. Throws ShapeError if it, or every row of it, is in another form. */
function parseList(document: RawDocument): ParsedPage {
  const page: ParsedPage = { total: null, calls: [], unread: [], links: [] };
  const read: Row[] = [];
  for (const row of readCsv(document, ';', [FUNDER, TITLE, TEXT, PUBLISHED, OPENS, CLOSES, LINK])) {
    try {
      if ('why' in row) throw new Error(row.why);
      read.push(rowOf(row.cells));
    } catch (error) {
      const reference = 'why' in row ? null : callAt(row.cells[LINK]);
      page.unread.push({ reference, why: (error as Error).message });
    }
  }
  if (page.unread.length && !read.length)
    throw new ShapeError(`none of the list's ${page.unread.length} rows can be read: ${page.unread[0]!.why}`);
  const again = repeated(read);
  const rows = read.filter(({ reference }) => !again.has(reference));
  return {
    ...page,
    calls: rows.map(({ call }) => call),
    leftOut: [...again].map(([key, lead]) => ({ key, why: `is the same call as ${lead}` })),
    links: rows.flatMap(linkOf),
  };
}

const TEXT_BLOCK = '.description';
/** How its link to the funder's own page is named. */
const FUNDERS_PAGE =
  /site (web )?(du|de l['’]) ?(financeur|partenaire|organisme)|consulter l['’]appel|page de l['’]appel/i;

/** Returns the addresses of the call's own page at its funder. */
function funderPages($: CheerioAPI): string[] {
  const named = $('main a[href]')
    .toArray()
    .filter((a) => FUNDERS_PAGE.test(lineOf($(a))))
    .flatMap((a) => webAddress($(a).attr('href') ?? null) ?? [])
    .filter((address) => pathOn(ORIGIN, address) === null);
  return [...new Set([...named, ...ownPages($, 'main', ORIGIN)])];
}

const STATUSES: Record<string, ParsedCall['sourceStatus']> = {
  open: 'open',
  forthcoming: 'forthcoming',
  closed: 'closed',
};

/**
 * Parses a call's page, which names the page at its funder: by that the call is known where its funder is
 * read too. All else is as the list has it, which the key carries.
 */
function parsePage($: CheerioAPI, key: string): ParsedPage {
  const [status = '', link = ''] = key.split(' ', 2);
  const text = $(TEXT_BLOCK).first();
  if (!text.length) throw new ShapeError(`the page is not that of a call (${TEXT_BLOCK})`);
  const facts = factsIn(link);
  const { before: description } = layOut(text.toArray() as TextNode[], () => false);
  if (facts && !wordsOnly(description).includes(facts.begins))
    throw new ShapeError('the text of the page is another than the list has');
  const calls = facts && [
    callOf(facts, enteredText(description), {
      alsoAt: funderPages($),
      status: STATUSES[status] ?? null,
    }),
  ];
  return { total: null, calls: calls ?? [], unread: [], links: [] };
}

const Count = z.number().int().nonnegative();
const Answer = z.object({
  call_for_proposals: z.string(),
  pagination: z.object({
    page: Count.positive(),
    nbElementsPerPage: Count.positive(),
    nbPages: Count,
    total: Count,
  }),
});

const CARD = '.card-call-for-proposal';

/** What a card says of its call: a date and its time if it is open, else "À venir" or "Appel clos". */
const statusOf = (badge: string): string => {
  const words = plain(badge).toLowerCase();
  return /a venir/.test(words) ? 'forthcoming' : /clos/.test(words) ? 'closed' : 'open';
};

/**
 * Parses an answer of the site's search: a page of cards, as HTML in JSON. Its total counts the rows of the
 * list if nothing was asked of it.
 */
function parseSearch(json: unknown, key: string): ParsedPage {
  const read = Answer.safeParse(json);
  if (!read.success)
    throw new ShapeError(`the search is not in the known form: ${z.prettifyError(read.error)}`);
  const { page, nbElementsPerPage, nbPages, total } = read.data.pagination;
  if (key === COUNT.key) return { total, calls: [], unread: [], links: [] };
  // Believed, it would close each call that does not say when it closes.
  if (total === 0) throw new ShapeError('the search shows no call that is open or announced');
  const $ = narrow(loadBounded(read.data.call_for_proposals));
  const cards = $(CARD)
    .toArray()
    .flatMap((card) => {
      const reference = $(card)
        .find('a[href]')
        .toArray()
        .map((a) => callAt($(a).attr('href')))
        .find((name) => name !== null);
      return reference ? [linkWith(pageOf(reference), statusOf(lineOf($(card).find('.badge'))))] : [];
    });
  const expected = Math.min(nbElementsPerPage, Math.max(0, total - (page - 1) * nbElementsPerPage));
  if (expected > 0 && !cards.length)
    throw new ShapeError(`of ${expected} cards none leads to the page of a call (${CARD})`);
  if (cards.length < expected)
    throw new CarnotError('Truncated', `the search shows ${cards.length} of ${expected} cards`, 'later');
  return {
    total: null,
    calls: [],
    unread: [],
    links: [...cards, ...(page < nbPages ? [nextCards(page)] : [])],
  };
}

const isAnswer = (key: string): boolean => key === LIST.key || key === COUNT.key || key.startsWith('living ');
const isPage = ({ bytes }: RawDocument): boolean => /^\ufeff?\s*</.test(bytes.toString('utf8', 0, 100));

/** Parses the list, an answer of the search, or a call's page: the document itself shows which it is. */
function parseDocument(document: RawDocument): ParsedPage {
  if (isAnswer(document.key)) refusePage(document);
  if (isJson(document)) return parseSearch(readJson(document), document.key);
  return isPage(document) ? parsePage(readHtml(document), document.key) : parseList(document);
}

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
  const links = linksOf(list).map((link) => ({ link, status: statuses.get(callIn(link)!) }));
  const pages = [
    ...links.flatMap(({ link, status }) => (status ? [pageRequest(link, status)] : [])),
    ...links.flatMap(({ link, status }) =>
      !status && undated.has(callIn(link)!) ? [pageRequest(link, 'closed')] : [],
    ),
  ];
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

const FIX = saveAndFix('appels-projets-recherche.source.ts');

/** The assumptions about the site; `fixtures/where.md` says where each was seen. */
const checks: SourceCheck[] = [
  {
    id: 'list',
    assumption: 'The list is a CSV with the known columns, and dates as in 31/12/2026 13:00',
    otherwise: `No call is found, and harvests are not accepted. ${FIX}`,
    requests: () => [LIST],
    judge: judgeList,
  },
  {
    id: 'total',
    assumption: 'The search counts as many calls as the list has rows',
    otherwise: `Harvests are not accepted: the list may lack closed calls, or have others. ${FIX}`,
    requests: () => [LIST, COUNT],
    judge: judgeTotal,
  },
  {
    id: 'cards',
    assumption: 'The search by status shows the cards of open and announced calls',
    otherwise: `Calls without a date are shown as announced, and no page is read. ${FIX}`,
    requests: () => [LIST, LIVING],
    judge: judgeCards,
  },
  {
    id: 'pages',
    assumption: "A call's page has its text, and names the page at its funder",
    otherwise: `A call that its funder's site shows too may be told twice. ${FIX}`,
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
  bareList: LIST.key,
  // On 14 September 2026 it had 28 open calls, and the list has closed ones too.
  expectsAtLeast: 10,
  // In August and around New Year nothing is published for weeks.
  quietAfterDays: 45,
  plan,
  parse: parseDocument,
  checks,
});
