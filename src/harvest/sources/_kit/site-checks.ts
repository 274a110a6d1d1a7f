import {
  type CheckAnswers,
  type CheckRequest,
  NothingToSee,
  type Seen,
  type SourceCheck,
} from '../../domain/check.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { eachPageOnce, get, getCall, type NameOf } from './requests.js';

/** Enough to see whether the pages of calls have the expected form. */
const CALLS_LOOKED_AT = 5;

/** A site whose lists link to a page for each call. */
export interface CheckedSite {
  /** The paths at which the lists begin. */
  lists: string[];
  /** Whether a path linked from a list is a further page of it. */
  isList: (path: string) => boolean;
  nameOf: NameOf;
  parse: (document: RawDocument) => ParsedPage;
}

const listRequest = (path: string): CheckRequest => get(`list.1 ${path}`, path);

/** Parses a page with the source's own parser. Throws what it throws. */
export const pageIn = (seen: CheckAnswers, { key }: CheckRequest, parse: CheckedSite['parse']): ParsedPage =>
  parse(seen.document(key));

/**
 * Returns the links on the first pages of the lists, as far as they are readable: another check reports those
 * that are not.
 */
function namedIn(seen: CheckAnswers, { lists, parse }: CheckedSite): string[] {
  return lists.map(listRequest).flatMap((request) => {
    try {
      return pageIn(seen, request, parse).links;
    } catch {
      return [];
    }
  });
}

/** Returns the links to calls on the first pages of the lists, each page once. */
export const callsNamedIn = (seen: CheckAnswers, site: CheckedSite): string[] =>
  eachPageOnce(
    namedIn(seen, site).filter((link) => !site.isList(link)),
    site.nameOf,
  );

const furtherPageIn = (seen: CheckAnswers, site: CheckedSite): CheckRequest[] =>
  namedIn(seen, site).filter(site.isList).slice(0, 1).map(listRequest);

const callPagesIn = (seen: CheckAnswers, site: CheckedSite): CheckRequest[] =>
  callsNamedIn(seen, site).slice(0, CALLS_LOOKED_AT).map(getCall);

function judgeLists(seen: CheckAnswers, { lists, isList, parse }: CheckedSite): Seen {
  const named = lists.map((path) => ({
    path,
    links: pageIn(seen, listRequest(path), parse).links.filter((link) => !isList(link)),
  }));
  return {
    seen: named.map(({ path, links }) => `${links.length} calls at ${path}`).join(', '),
    holds: named.some(({ links }) => links.length),
  };
}

function judgeFurtherPage(seen: CheckAnswers, site: CheckedSite): Seen {
  const [further] = furtherPageIn(seen, site);
  if (!further) throw new NothingToSee('the lists have one page each');
  const first = new Set(callsNamedIn(seen, site).map((link) => site.nameOf(link)));
  const links = pageIn(seen, further, site.parse).links.filter(
    (link) => !site.isList(link) && !first.has(site.nameOf(link)),
  );
  return { seen: `${links.length} further calls at ${further.path}`, holds: links.length > 0 };
}

/** A single page may be gone or still empty, but most must be readable. */
function judgeCalls(seen: CheckAnswers, site: CheckedSite): Seen {
  const requests = callPagesIn(seen, site);
  if (!requests.length) throw new NothingToSee('the lists name no call');
  const pages = requests.map((request) => readOr(() => pageIn(seen, request, site.parse)));
  const calls = pages.flatMap((page) => (page instanceof Error ? [] : page.calls));
  const dated = calls.filter((call) => call.deadlines.length).length;
  const why = pages.find((page) => page instanceof Error)?.message;
  return {
    seen: `${calls.length} of ${requests.length} pages are read, ${dated} with a deadline${why ? `; of one: ${why}` : ''}`,
    holds: calls.length * 2 > requests.length && dated > 0,
  };
}

function readOr(read: () => ParsedPage): ParsedPage | Error {
  try {
    return read();
  } catch (error) {
    if (error instanceof NothingToSee) throw error;
    return error as Error;
  }
}

/** What to do where an assumption no longer holds: `what` names the parser. */
export const saveAndFix = (what: string): string => `Save the answers as fixtures and fix ${what}.`;

const FIX = saveAndFix('the parser of the source');

/** The assumptions about every site of this kind; a source adds its own. */
export const siteChecks = (site: CheckedSite): SourceCheck[] => [
  {
    id: 'lists',
    assumption: 'The lists name the pages of calls',
    otherwise: `No call is found, and harvests are not accepted. ${FIX}`,
    requests: () => site.lists.map(listRequest),
    judge: (seen) => judgeLists(seen, site),
  },
  {
    id: 'further-pages',
    assumption: 'A list goes on where its pager says',
    otherwise: `Calls behind the first page are missing. ${FIX}`,
    requests: (seen) => furtherPageIn(seen, site),
    judge: (seen) => judgeFurtherPage(seen, site),
  },
  {
    id: 'calls',
    assumption: 'A call’s page is read, and tells its deadline',
    otherwise: `These calls are missing, or lack what people look for. ${FIX}`,
    requests: (seen) => callPagesIn(seen, site),
    judge: (seen) => judgeCalls(seen, site),
  },
];
