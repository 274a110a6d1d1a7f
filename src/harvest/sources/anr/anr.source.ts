import { lineOf } from '../_kit/html-text.js';
import type { CheerioAPI } from 'cheerio';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { ShapeError } from '../../../kernel/errors.js';
import { defineSource, type ParsedPage, type RawDocument } from '../../domain/source.js';
import {
  askedAs,
  getAside,
  anotherPage,
  linkWith,
  ownPages,
  pathOn,
  pathsOf,
  textIn,
} from '../_kit/requests.js';
import { callPage, gonePage, sectionsUnder, unreadPage } from '../_kit/call-page.js';
import { plain } from '../_kit/dates.js';
import { datesOf, type Schedule, scheduleOf, spanOf } from '../_kit/schedule.js';
import { labelledBudget } from '../_kit/money.js';
import { isXml, ownTopic, readFeed, readHtml } from '../_kit/page.js';
import { NothingToSee, type SourceCheck } from '../../domain/check.js';
import { callsNamedIn, type CheckedSite, pageIn, siteChecks, saveAndFix } from '../_kit/site-checks.js';
import { planWalk, quickCheckAt } from '../_kit/plan-walk.js';

const ORIGIN = 'https://anr.fr';

/** The first page of the list of calls for proposals. */
const LIST = '/fr/appels-a-projets/';

/** The feed of calls for proposals; without `aap` it is the news feed. */
const FEED = '/rss/?aap';

/** The list is available at two addresses, and its pager may link to the other. */
const AT_LIST = /^\/fr\/appels(-a-projets|-ouverts)?\/?(?=\?|$|page)/;

/** Whether a path is a further page: `?tx_solr[page]=2`, with the brackets encoded or not, or `page/2/`. */
const isFurtherPage = (path: string): boolean => AT_LIST.test(path) && /page(%5D|\])?[=/]\d/i.test(path);

const isList = (path: string): boolean => AT_LIST.test(path);

/**
 * Returns a call's name from the path of its page, null for any other page. A query
 * (`?tx_anrprojects_request[action]=show&cHash=…`) may follow.
 */
const callIn = (path: string): string | null =>
  /^\/fr\/detail\/call\/([^/?#]+)\/?(?:[?#]|$)/.exec(path)?.[1] ?? null;

/**
 * Whether a path is among those of calls; a page may give that of the template it is made by, or of its
 * translation.
 */
const isOfCalls = (path: string): boolean =>
  /^\/(fr\/detail|en\/call-for-proposals-details)(\/|$)/.test(path);

/** The part of the page about the call: the one with its title. */
const BODY = 'section.content-style:has(h1)';
const NOT_TEXT = 'h1, nav, form, aside, script, style, .categories, .breadcrumb, .share, .date';
const BUDGET =
  /^ *(budget|enveloppe)( (total|globale?|indicati(f|ve)|previsionnel(le)?))*( *(de|pour) l'appel)?( a projets)? *(:|$)/i;

/** The key prefix of a call's page requested alone, without the list. */
const QUICK_CHECK = 'quick-check';

interface Head {
  title: string;
  types: string[];
  span: string;
}

/** Returns the state that the site gives in words; dates take precedence if there are any. */
function statusOf({ title, types }: Head): ParsedCall['sourceStatus'] {
  const tags = types.map((tag) => plain(tag).toLowerCase());
  if ([plain(title).toLowerCase(), ...tags].some((words) => /pre-?annonce/.test(words))) return 'forthcoming';
  return tags.some((tag) => /^(appel (a projets )?)?(clos|cloture|ferme|termine)e?$/.test(tag))
    ? 'closed'
    : 'open';
}

function headOf($: CheerioAPI): Head {
  const body = $(BODY).first();
  const texts = (selector: string) =>
    body
      .find(selector)
      .toArray()
      .map((x) => lineOf($(x)))
      .filter(Boolean);
  return {
    title: lineOf(body.find('h1').first()),
    types: [...new Set(texts('.tag-type'))],
    span: texts('.date')[0] ?? '',
  };
}

/** Returns the dates of a call's page; if it has no deadline, those of the call's card in the list. */
function datesAlso(schedule: Schedule, card: string): ReturnType<typeof datesOf> {
  const page = datesOf(schedule);
  if (page.deadlines.length) return page;
  const told = datesOf({ ...scheduleOf(''), ...spanOf(card) });
  return { ...told, opensAt: page.opensAt ?? told.opensAt };
}

function callOf($: CheerioAPI, head: Head, reference: string, card: string): ParsedCall {
  const also = ownPages($, BODY, ORIGIN);
  const body = $(BODY).first();
  body.find(NOT_TEXT).remove();
  const { sections } = sectionsUnder(body.toArray()[0]!.children, ['h2', 'h3']);
  const text = sections.map((s) => `${s.title}\n${s.text}`).join('\n');
  const [schedule, span] = [scheduleOf(text), spanOf(head.span)];
  return {
    dataSource: 'ANR',
    reference,
    language: 'fr',
    title: head.title,
    kind: 'grant',
    identifier: ownTopic(head.title, text),
    callIdentifier: null,
    callTitle: null,
    programme: { code: 'ANR', name: 'Agence nationale de la recherche' },
    divisions: [],
    typesOfAction: head.types,
    sourceStatus: statusOf(head),
    ...datesAlso(
      {
        ...schedule,
        opens: [...span.opens, ...schedule.opens],
        closes: [...span.closes, ...schedule.closes],
      },
      card,
    ),
    budget: labelledBudget(text, BUDGET),
    destination: null,
    keywords: [],
    sections,
    url: `${ORIGIN}/fr/detail/call/${reference}/`,
    alsoAt: also,
  };
}

/** Parses a call's page. Throws ShapeError if it does not have the expected form. */
function parseCall($: CheerioAPI, key: string): ParsedPage {
  const reference = pathsOf($, key, ORIGIN)
    .map(callIn)
    .find((name) => name !== null);
  if (!reference) throw new ShapeError("the page is not that of a call: its address is another's");
  const another = anotherPage($, ORIGIN, isOfCalls);
  if (another !== null) return gonePage(reference, another);
  const head = headOf($);
  if (!head.title) return unreadPage(reference, `its page has no title where it was (${BODY})`);
  const call = callOf($, head, reference, textIn(key));
  // Read without the list, a page without dates does not contradict those known from the list.
  if (askedAs(QUICK_CHECK, { key }) && !call.deadlines.length) {
    return unreadPage(reference, 'its page tells no deadline');
  }
  return callPage(call);
}

const CARD = '.card.appel';
/** A call is a heading with a link, in a card or, as also seen, without one. */
const TITLE = 'h2 a[href]';
const PAGER = '.pagination a[href]';
/** Even an empty list has its search form. */
const SEARCH = '.accordion--search, [class*="tx-solr"], [name^="tx_solr"], form[action*="/fr/appels"]';

type Element = Parameters<CheerioAPI>[0];

const pathOf = ($: CheerioAPI, a: Element): string | null => pathOn(ORIGIN, $(a).attr('href'));

/** Returns the link to a call's page, with the range of dates on its card. */
function linkOf($: CheerioAPI, a: Element, path: string): string {
  const span = lineOf($(a).closest(CARD).find('.date').first());
  return spanOf(span).closes.length ? linkWith(path, span) : path;
}

function furtherPages($: CheerioAPI): string[] {
  const paths = $(PAGER)
    .toArray()
    .filter((a) => !$(a).attr('href')!.startsWith('#'))
    .flatMap((a) => pathOf($, a) ?? []);
  // If the pager's links were not recognised, half of the list would pass for the whole.
  if (paths.length && !paths.some(isList))
    throw new ShapeError(`the pager of the list leads to no page of it, but to ${paths[0]}`);
  return paths.filter(isFurtherPage);
}

/**
 * Returns the links to calls and to further pages on a list page. Cards that link to other kinds of pages are
 * reported.
 */
function parseList($: CheerioAPI): ParsedPage {
  const titles = $(TITLE)
    .toArray()
    .map((a) => ({ a, path: pathOf($, a) ?? 'another site' }));
  const calls = titles.filter(({ path }) => callIn(path)).map(({ a, path }) => linkOf($, a, path));
  const elsewhere = titles.filter(({ a, path }) => !callIn(path) && $(a).closest(CARD).length);
  const cards = $(CARD).length;
  if (elsewhere.length > calls.length || (cards && !calls.length)) {
    throw new ShapeError(`of the list's ${cards} cards ${calls.length} lead to the page of a call`);
  }
  if (!calls.length && !$(SEARCH).length)
    throw new ShapeError('the list shows neither a call nor the search that it is chosen by');
  const unread = elsewhere.map(({ a, path }) => ({
    reference: null,
    why: `the card "${lineOf($(a))}" leads to ${path} and to no page of a call`,
    aside: true,
  }));
  return { total: null, calls: [], unread, links: [...new Set([...calls, ...furtherPages($)])] };
}

/**
 * Returns the pages of calls that the feed links to. It may also contain news, which are ignored. An empty
 * feed is valid: too few calls are noticed where calls are counted.
 */
function parseFeed($: CheerioAPI): ParsedPage {
  // The link may be empty if the guid is the address (RSS 2.0: isPermaLink), and is an attribute in Atom.
  const items = $('item, entry')
    .toArray()
    .map((item) => {
      const [link, guid] = [$(item).children('link').first(), $(item).children('guid, id').first()];
      return [link.text().trim() || link.attr('href'), guid.text().trim()]
        .flatMap((href) => pathOn(ORIGIN, href) ?? [])
        .find(callIn);
    });
  const links = [
    ...new Map(items.flatMap((path) => (path ? [[callIn(path)!, path] as const] : []))).values(),
  ];
  if (items.length && !links.length)
    throw new ShapeError(`none of the feed's ${items.length} items leads to the page of a call`);
  return { total: null, calls: [], unread: [], links };
}

/** Parses the feed, a list page or a call's page: the document itself shows which it is. */
function parseDocument(document: RawDocument): ParsedPage {
  if (isXml(document)) return parseFeed(readFeed(document));
  const $ = readHtml(document);
  const own = pathsOf($, document.key, ORIGIN).find((path) => isList(path) || callIn(path) !== null);
  return own !== undefined && isList(own) ? parseList($) : parseCall($, document.key);
}

const site: CheckedSite = { lists: [LIST], isList: isFurtherPage, nameOf: callIn, parse: parseDocument };
const feed = getAside('hint', FEED);

/** The assumptions about the ANR's site; `fixtures/where.md` says where each was seen. */
export const checks: SourceCheck[] = [
  ...siteChecks(site),
  {
    id: 'dates-of-cards',
    assumption: 'A card of the list tells the dates of its call',
    otherwise: `A call whose page tells no deadline has none. ${saveAndFix('anr.source.ts')}`,
    requests: () => [],
    judge: (seen) => {
      const links = callsNamedIn(seen, site);
      if (!links.length) throw new NothingToSee('the list names no call');
      const dated = links.filter((link) => link.includes('#')).length;
      return { seen: `${dated} of ${links.length} cards`, holds: dated > 0 };
    },
  },
  {
    id: 'feed',
    assumption: 'The feed of calls can be read, be it empty',
    otherwise: 'Nothing is lost: the list alone names the calls.',
    requests: () => [feed],
    judge: (seen) => ({ seen: `${pageIn(seen, feed, parseDocument).links.length} calls`, holds: true }),
  },
];

/**
 * Agence nationale de la recherche: its complete list of calls, and the page of each. The feed has been seen
 * valid but empty, so it is a hint: its additional links are read too. The absence of a call is no finding,
 * although the whole list is read: a two-stage call leaves it after the first stage, long before its last
 * deadline, and would look withdrawn; a call found only in the feed leaves it as newer ones arrive.
 */
export const source = defineSource({
  id: 'anr',
  name: 'Agence nationale de la recherche',
  homepage: 'https://anr.fr/fr/appels-a-projets/',
  origin: ORIGIN,
  everyHours: 12,
  requestsPerMinute: 20,
  coverage: 'window',
  expectsAtLeast: 3,
  // In August and around New Year nothing is published for weeks.
  quietAfterDays: 45,
  plan: (done, { scan }) =>
    planWalk(done, scan, { lists: [LIST], isList: isFurtherPage, hints: [FEED], nameOf: callIn }),
  // A quick check does not read the list, nor the dates on its cards: the key says so.
  quickCheck: (calls) =>
    quickCheckAt(calls, ORIGIN).map((request) => ({ ...request, key: `${QUICK_CHECK} ${request.key}` })),
  parse: parseDocument,
  checks,
});
