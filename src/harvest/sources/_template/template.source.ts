import { lineOf } from '../_kit/html-text.js';
import type { CheerioAPI } from 'cheerio';
import { ShapeError } from '../../../kernel/errors.js';
import { defineSource, type ParsedPage, type RawDocument } from '../../domain/source.js';
import { ownPages, pathOn, pathsOf } from '../_kit/requests.js';
import { callPage, sectionsUnder, unreadPage } from '../_kit/call-page.js';
import { datesOf, scheduleOf } from '../_kit/schedule.js';
import { labelledBudget } from '../_kit/money.js';
import { ownTopic, readHtml } from '../_kit/page.js';
import { planWalk, quickCheckAt } from '../_kit/plan-walk.js';
import { siteChecks } from '../_kit/site-checks.js';

/** The site whose calls are read. `calls.example` belongs to nobody. */
const ORIGIN = 'https://calls.example';

const LIST = '/calls/';

const isFurtherPage = (path: string): boolean => /^\/calls\/\?page=\d+$/.test(path);

/**
 * Returns the call's name in its page's path, null for others. It is the call's key and must never change.
 */
const callIn = (path: string): string | null => /^\/calls\/([a-z0-9-]+)\/$/.exec(path)?.[1] ?? null;

/** Parses a call from its page. Anything the page does not state is null or empty, never a guess. */
function parseCall($: CheerioAPI, reference: string): ParsedPage {
  const article = $('article').first();
  const title = lineOf(article.find('h1').first());
  if (!title) return unreadPage(reference, 'its page has no title (article h1)');
  const alsoAt = ownPages($, 'article', ORIGIN);
  article.find('h1, nav, form, script, style').remove();
  const { sections } = sectionsUnder(article.toArray()[0]!.children, ['h2']);
  const text = sections.map((s) => `${s.title}\n${s.text}`).join('\n');
  return callPage({
    dataSource: 'TEMPLATE',
    reference,
    language: 'en',
    title,
    kind: 'grant',
    identifier: ownTopic(title, text),
    callIdentifier: null,
    callTitle: null,
    programme: null,
    divisions: [],
    typesOfAction: [],
    sourceStatus: 'open',
    // opensAt, deadlines and deadlineModel, from the dates under a label.
    ...datesOf(scheduleOf(text)),
    budget: labelledBudget(text, /^ *budget of the call *(:|$)/i),
    destination: null,
    keywords: [],
    sections,
    url: `${ORIGIN}/calls/${reference}/`,
    alsoAt,
  });
}

/**
 * Returns the paths linked from a list page: calls, and further pages. Throws if the list does not have the
 * expected form.
 */
function parseList($: CheerioAPI): ParsedPage {
  if (!$('ul.calls').length) throw new ShapeError('the page has no list of calls (ul.calls)');
  const links = $('ul.calls a[href], nav.pages a[href]')
    .toArray()
    .flatMap((a) => pathOn(ORIGIN, $(a).attr('href')) ?? []);
  return { total: null, calls: [], unread: [], links: [...new Set(links)] };
}

function parse(document: RawDocument): ParsedPage {
  const $ = readHtml(document);
  const reference = pathsOf($, document.key, ORIGIN)
    .map(callIn)
    .find((name) => name !== null);
  return reference ? parseCall($, reference) : parseList($);
}

/**
 * A list of calls, and the page of each. src/harvest/README.md says what to change ("Add a source in ten
 * minutes").
 */
export const source = defineSource({
  id: 'template',
  name: 'A site with a list of calls',
  homepage: 'https://calls.example/calls/',
  origin: ORIGIN,
  everyHours: 12,
  requestsPerMinute: 20,
  // `full`: its list has all calls, so a missing one is gone. `window`: only the newest.
  coverage: 'full',
  expectsAtLeast: 2,
  quietAfterDays: 60,
  plan: (done, { scan }) => planWalk(done, scan, { lists: [LIST], isList: isFurtherPage }),
  quickCheck: (calls) => quickCheckAt(calls, ORIGIN),
  parse,
  // The checks that `npm run cli -- check-source` makes on the real site.
  checks: siteChecks({ lists: [LIST], isList: isFurtherPage, nameOf: callIn, parse }),
});
