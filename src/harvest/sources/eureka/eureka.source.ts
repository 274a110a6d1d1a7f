import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';
import { getAside } from '../_kit/requests.js';
import { callsNamedIn, type CheckedSite, pageIn, siteChecks } from '../_kit/site-checks.js';
import { callIn, controlFrom, isControl, isFurtherPage, isOver, LISTS, ORIGIN, OVER } from './eureka-site.js';
import { parseDocument } from './parse-document.js';
import { defineSource } from '../../domain/source.js';
import { planControl, planWalk, quickCheckAt } from '../_kit/plan-walk.js';

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
    otherwise:
      'Calls that are on neither list are not found. Save the answers as fixtures and fix parse-control.ts.',
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
