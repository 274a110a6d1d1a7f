import { defineSource } from '../../domain/source/source.js';
import { glanceAt, planWalk } from '../_kit/plan-walk.js';
import { isFurtherPage, LISTS, ORIGIN } from './eureka-site.js';
import { parseDocument } from './parse-document.js';

/**
 * Eureka, with Eurostars (the European Partnership on Innovative SMEs), Globalstars, the Clusters and Network Projects: calls
 * that its members fund nationally and that are not on the EU portal. The open and the upcoming ones, and the page of each.
 */
export const source = defineSource({
  id: 'eureka',
  name: 'Eureka and Eurostars',
  homepage: 'https://www.eurekanetwork.org/programmes-and-calls/',
  origin: ORIGIN,
  everyHours: 12,
  requestsPerMinute: 20,
  coverage: 'full',
  // Network Projects is open all the year, and so is nearly always one of the Clusters.
  expectsAtLeast: 2,
  quietAfterDays: 60,
  plan: (done, { scan }) => planWalk(done, scan, { lists: LISTS, isList: isFurtherPage }),
  glance: (calls) => glanceAt(calls, ORIGIN),
  parse: parseDocument,
});
