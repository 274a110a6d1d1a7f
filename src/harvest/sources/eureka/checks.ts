import { NothingToSee, type CheckAnswers, type Seen, type SourceCheck } from '../../domain/check.js';
import { getAside } from '../_kit/requests.js';
import { callsNamedIn, pageIn, siteChecks, type CheckedSite } from '../_kit/site-checks.js';
import { callIn, controlFrom, isControl, isFurtherPage, LISTS } from './eureka-site.js';
import { parseDocument } from './parse-document.js';

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
