import { NothingToSee, type SourceCheck } from '../../domain/check.js';
import { getAside } from '../_kit/requests.js';
import { callsNamedIn, pageIn, siteChecks, type CheckedSite } from '../_kit/site-checks.js';
import { callIn, FEED, isFurtherPage, LIST } from './anr-site.js';
import { parseDocument } from './parse-document.js';

const site: CheckedSite = { lists: [LIST], isList: isFurtherPage, nameOf: callIn, parse: parseDocument };
const feed = getAside('hint', FEED);

/** The assumptions about the ANR's site; `fixtures/where.md` says where each was seen. */
export const checks: SourceCheck[] = [
  ...siteChecks(site),
  {
    id: 'dates-of-cards',
    assumption: 'A card of the list tells the dates of its call',
    otherwise:
      'A call whose page tells no deadline has none. Save the answers as fixtures and fix parse-list.ts.',
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
