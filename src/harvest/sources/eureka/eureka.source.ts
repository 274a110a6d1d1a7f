import { lineOf } from '../_kit/html-text.js';
import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { ShapeError } from '../../../kernel/errors.js';
import { defineSource, type ParsedPage, type RawDocument } from '../../domain/source.js';
import { askedAs, getAside, anotherPage, ownPages, pathOn, pathsOf } from '../_kit/requests.js';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { callPage, gonePage, sectionsUnder, unreadPage } from '../_kit/call-page.js';
import { datesOf, type Schedule, scheduleOf } from '../_kit/schedule.js';
import { labelledBudget } from '../_kit/money.js';
import { isJson, ownTopic, readHtml, readJson } from '../_kit/page.js';
import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';
import { callsNamedIn, type CheckedSite, pageIn, siteChecks, saveAndFix } from '../_kit/site-checks.js';
import { planControl, planWalk, quickCheckAt } from '../_kit/plan-walk.js';

const ORIGIN = 'https://www.eurekanetwork.org';

const CALLS = '/programmes-and-calls/';

/** The site lists its calls by state. Closed ones are not read: they go back for years. */
const LISTS = [`${CALLS}?status=open`, `${CALLS}?status=upcoming`];

/** The list of closed calls is read if the control links to calls that are on neither of the others. */
const OVER = `${CALLS}?status=closed`;

/** Returns the number in the path of a list page: `page/2/?status=open` or `?status=open&paged=2`. */
const numberIn = (path: string): number =>
  Number(
    /^\/programmes-and-calls\/page\/(\d+)\//.exec(path)?.[1] ??
      /^\/programmes-and-calls\/\?.*\bpaged=(\d+)/.exec(path)?.[1] ??
      0,
  );

/** Whether a path is a further page of the lists that are read, or of the closed list. */
const isFurtherPage = (path: string): boolean =>
  /[?&]status=(open|upcoming)\b/.test(path) && numberIn(path) > 1;
const isOver = (path: string): boolean => /[?&]status=closed\b/.test(path) && numberIn(path) > 1;

const POSTS = '/wp-json/wp/v2/programmes';

/** The most rows that WordPress returns at once. */
const CONTROL_ROWS = 100;

/**
 * Returns the path of the control from a row on. WordPress rejects a page number beyond the last; an offset
 * beyond the last row gives an empty answer.
 */
const controlFrom = (offset: number): string =>
  `${POSTS}?per_page=${CONTROL_ROWS}${offset ? `&offset=${offset}` : ''}`;
const isControl = (path: string): boolean => path.startsWith(`${POSTS}?`);
const offsetIn = (key: string): number => Number(/[?&]offset=(\d+)/.exec(key)?.[1] ?? 0);

const isList = (path: string): boolean => /^\/programmes-and-calls\/(page\/\d+\/)?(\?|$)/.test(path);

/** The programmes' own pages are among those of their calls. */
const PROGRAMMES: Record<string, string> = {
  eurostars: 'Eurostars',
  innowwide: 'Innowwide',
  'eureka-clusters': 'Eureka Clusters',
  'network-projects': 'Network Projects',
  globalstars: 'Globalstars',
  'investment-readiness': 'Investment Readiness',
  'fast-track-to-the-eic-accelerator': 'Fast Track to the EIC Accelerator',
};

/** Returns a call's name from the path of its page, null for lists and the programmes' own pages. */
function callIn(path: string): string | null {
  const name = /^\/programmes-and-calls\/([^?#]+?)\/?(?:[?#]|$)/.exec(path)?.[1];
  return name === undefined || Object.hasOwn(PROGRAMMES, name) || name.startsWith('page/') ? null : name;
}

const programmeIn = (name: string): string[] => {
  const first = name.split('/')[0]!;
  return Object.hasOwn(PROGRAMMES, first) ? [PROGRAMMES[first]!] : [];
};

/** The cards as of 2025, and as they were before. `group` alone is on many other elements. */
const CARD = '.shadow-lg.group, .bg-white.group';
const PAGER = 'a[href*="status="]';
/** Even an empty list has its filter field or links. */
const FILTER = '[name="status"], [data-filter="status"], a[href*="status="]';

const listedCallOf = ($: CheerioAPI, card: Parameters<CheerioAPI>[0]): string | null =>
  $(card)
    .find('a[href]')
    .toArray()
    .flatMap((a) => pathOn(ORIGIN, $(a).attr('href')) ?? [])
    .find((path) => callIn(path) !== null) ?? null;

/** The cards of calls; a call's own page also shows those of others. */
const cardsOf = ($: CheerioAPI) => $(CARD).filter((_, card) => listedCallOf($, card) !== null);

/** Returns the links to calls and to further pages on a list page: those of the list that it belongs to. */
function parseList($: CheerioAPI, isFurtherPage: (path: string) => boolean): ParsedPage {
  const paths = (selector: string) =>
    $(selector)
      .toArray()
      .flatMap((a) => pathOn(ORIGIN, $(a).attr('href')) ?? []);
  const cards = $(CARD);
  const calls = cards.toArray().flatMap((card) => listedCallOf($, card) ?? []);
  if (cards.length && !calls.length)
    throw new ShapeError(`none of the list's ${cards.length} cards leads to the page of a call`);
  if (!cards.length && !$(FILTER).length)
    throw new ShapeError('the list shows neither a call nor the filter that it is chosen by');
  const pages = calls.length ? paths(PAGER).filter(isFurtherPage) : [];
  return { total: null, calls: [], unread: [], links: [...new Set([...calls, ...pages])] };
}

const NOT_TEXT = 'h1, nav, header nav, footer, form, aside, script, style, svg, [class*="breadcrumb"]';
const BUDGET = /^ *(total |overall )?(call budget|budget (of|for) (the|this) call)( is| of)? *(:|$)/i;
/** Each country there has its own deadline and budget. */
const OF_COUNTRIES = /^(countr|national|participating)/i;
const TIMELINE = /^(call )?(timeline|time ?frame|time schedule|(key |important )?dates)\b/i;

/** An end a century ahead is how the site says that a call has none ("1 January 2125"). */
const isReal = ({ day }: { day: string }): boolean => day < '2100';

/**
 * Combines the dates of the box next to the title with those of the timeline. The box has one deadline, with
 * its time; the timeline shows whether there are two stages. Dates elsewhere on the page are those of single
 * countries.
 */
function scheduleIn(before: string, timeline: string): Schedule {
  const [box, line] = [scheduleOf(before), scheduleOf(timeline)];
  return {
    opens: box.opens.length ? box.opens : line.opens,
    firstStage: [...box.firstStage, ...line.firstStage],
    secondStage: [...box.secondStage, ...line.secondStage],
    cutOffs: [...box.cutOffs, ...line.cutOffs],
    extended: [...box.extended, ...line.extended],
    closes: (box.closes.length ? box.closes : line.closes).filter(isReal),
  };
}

/** The dates of the box are not part of the text. */
const BOX = /^(start date|end date|apply from|until) ?:?\n?.*\b\d{4}\b.*$/gim;

/** Removes flags and the icons of the fold-out rows ("Austria 🇦🇹 ＋ −"), which are not text. */
const unfolded = (text: string): string =>
  text
    .replace(BOX, '')
    .replace(/[＋−]/g, '')
    .replace(/\p{Regional_Indicator}/gu, '')
    .replace(/(?<! ) +$/gm, '')
    .trim();

function callOf($: CheerioAPI, title: string, reference: string): ParsedCall {
  const root = $('main').length ? 'main' : 'body';
  const alsoAt = ownPages($, root, ORIGIN);
  cardsOf($).remove();
  $(root).find(NOT_TEXT).remove();
  const { before, sections } = sectionsUnder($(root).first().toArray()[0]!.children, ['h2']);
  const timeline = sections
    .filter((s) => TIMELINE.test(s.title))
    .map((s) => s.text)
    .join('\n');
  const text = sections
    .filter((s) => !OF_COUNTRIES.test(s.title))
    .map((s) => `${s.title}\n${s.text}`)
    .join('\n');
  const dates = datesOf(scheduleIn(before, timeline));
  return {
    dataSource: 'EUREKA',
    reference,
    language: 'en',
    title,
    kind: 'grant',
    identifier: ownTopic(title, text),
    callIdentifier: null,
    callTitle: null,
    programme: { code: 'EUREKA', name: 'Eureka' },
    divisions: programmeIn(reference),
    typesOfAction: [],
    // The lists that are read hold open and upcoming calls: one without any date has only been announced.
    sourceStatus: dates.opensAt || dates.deadlines.length ? 'open' : 'forthcoming',
    ...dates,
    budget: labelledBudget(text, BUDGET),
    destination: null,
    keywords: [],
    sections: sections.map((s) => ({ ...s, text: unfolded(s.text) })).filter((s) => s.text),
    url: `${ORIGIN}/programmes-and-calls/${reference}/`,
    alsoAt,
  };
}

const NOTHING: ParsedPage = { total: null, calls: [], unread: [], links: [] };

/**
 * Parses a page linked only from the control: no list has said that it is a call, so its own address and a
 * date must. An event, an introduction, or a page that now leads elsewhere is not a call, and nothing to
 * report.
 */
function parseStray($: CheerioAPI, paths: string[]): ParsedPage {
  const [reference, title] = [callIn(paths[0] ?? ''), lineOf($('h1').first())];
  if (reference === null || !title) return NOTHING;
  const call = callOf($, title, reference);
  return call.deadlines.length || call.opensAt !== null ? callPage(call) : NOTHING;
}

/** Parses a call's page. Throws ShapeError if it does not have the expected form. */
function parseCall($: CheerioAPI, paths: string[]): ParsedPage {
  const reference = paths.map(callIn).find((name) => name !== null);
  if (!reference) throw new ShapeError("the page is not that of a call: its address is another's");
  const another = anotherPage($, ORIGIN, (path) => callIn(path) !== null);
  if (another !== null) return gonePage(reference, another);
  const title = lineOf($('h1').first());
  if (!title) return unreadPage(reference, 'its page has no title (h1)');
  return callPage(callOf($, title, reference));
}

/** The fields read of a page in WordPress's API. Its type is its programme; it has no state. */
const Posts = z.array(z.object({ link: z.string(), title: z.object({ rendered: z.string().min(1) }) }));

/**
 * Returns the pages that the site's own API links to: calls of all years, events and introductions. Only a
 * header gives their total number; a page that is not full is also known to be the last.
 */
function parseControl(document: RawDocument): ParsedPage {
  const posts = Posts.safeParse(readJson(document));
  if (!posts.success)
    throw new ShapeError(`the control is not in the known form: ${z.prettifyError(posts.error)}`);
  const offset = offsetIn(document.key);
  const calls = posts.data
    .flatMap(({ link }) => pathOn(ORIGIN, link) ?? [])
    .filter((path) => callIn(path) !== null);
  if (!offset && !calls.length)
    throw new ShapeError(`the control names ${posts.data.length} pages, and none is that of a call`);
  const next = posts.data.length < CONTROL_ROWS ? [] : [controlFrom(offset + CONTROL_ROWS)];
  return { total: null, calls: [], unread: [], links: [...new Set([...calls, ...next])] };
}

/**
 * Parses the control, a list page or a call's page: by its request key, then by the address that it states as
 * its own, otherwise by the requested one.
 */
function parseDocument(document: RawDocument): ParsedPage {
  if (askedAs('control', document) || isJson(document)) return parseControl(document);
  const $ = readHtml(document);
  if (askedAs('over', document)) return parseList($, isOver);
  const paths = pathsOf($, document.key, ORIGIN);
  if (askedAs('stray', document)) return parseStray($, paths);
  const own = paths.find((path) => isList(path) || callIn(path) !== null);
  return own !== undefined && isList(own) ? parseList($, isFurtherPage) : parseCall($, paths);
}

const site: CheckedSite = { lists: LISTS, isList: isFurtherPage, nameOf: callIn, parse: parseDocument };
const control = getAside('control', controlFrom(0));

function judgeControl(seen: CheckAnswers): Seen {
  const { links } = pageIn(seen, control, parseDocument);
  const names = new Set(links.map(callIn));
  const listed = callsNamedIn(seen, site).map(callIn);
  if (!listed.length) throw new NothingToSee('the lists name no call to look for in it');
  const there = listed.filter((name) => names.has(name)).length;
  // Only the control's first page was requested.
  const whole = !links.some(isControl);
  return {
    seen: `${names.size} pages, and ${there} of ${listed.length} listed calls among them`,
    holds: whole ? there === listed.length : there > 0,
  };
}

/** The assumptions about Eureka's site; `fixtures/where.md` says where each was seen. */
export const checks: SourceCheck[] = [
  ...siteChecks(site),
  {
    id: 'control',
    assumption: 'WordPress names the page of every call (wp-json/wp/v2/programmes)',
    otherwise: `Calls that are on neither list are not found. ${saveAndFix('eureka.source.ts')}`,
    requests: () => [control],
    judge: judgeControl,
  },
];

/**
 * Eureka, with Eurostars (the European Partnership on Innovative SMEs), Globalstars, the Clusters and Network
 * Projects: calls that its members fund nationally and that are not on the EU portal. The open and the
 * upcoming ones, and the page of each.
 *
 * The control of these lists is WordPress's own API, which links to every page of this kind. It gives neither
 * dates nor state, and besides calls of all years it holds events and introductions (92 in October 2026, a
 * dozen of them current calls). So only its addresses are used: a page that it links to, but no list does,
 * not even that of closed calls, is read, and is a call if it states a date.
 */
export const source = defineSource({
  id: 'eureka',
  name: 'Eureka and Eurostars',
  frenchName: 'Eureka et Eurostars',
  homepage: 'https://www.eurekanetwork.org/programmes-and-calls/',
  origin: ORIGIN,
  everyHours: 12,
  requestsPerMinute: 20,
  coverage: 'full',
  // Network Projects is open all year, and one of the Clusters nearly always is.
  expectsAtLeast: 2,
  quietAfterDays: 60,
  plan: (done, { scan }) => {
    const next = planWalk(done, scan, { lists: LISTS, isList: isFurtherPage });
    return next.length
      ? next
      : planControl(done, { control: controlFrom(0), isControl, over: OVER, isOver, nameOf: callIn });
  },
  quickCheck: (calls) => quickCheckAt(calls, ORIGIN),
  parse: parseDocument,
  checks,
});
