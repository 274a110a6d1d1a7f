import { defineSource } from '../../domain/source/source.js';
import { glanceAt, planWalk } from '../_kit/plan-walk.js';
import { FEED, ORIGIN } from './anr-site.js';
import { parseDocument } from './parse-document.js';

/**
 * Agence nationale de la recherche: its feed of calls and the page of each. The feed holds the newest only, so that what is
 * no longer in it has neither closed nor been withdrawn.
 */
export const source = defineSource({
  id: 'anr',
  name: 'Agence nationale de la recherche',
  homepage: 'https://anr.fr/fr/appels/',
  origin: ORIGIN,
  everyHours: 12,
  requestsPerMinute: 20,
  coverage: 'window',
  expectsAtLeast: 3,
  // In August and at the turn of the year nothing is published for weeks.
  quietAfterDays: 45,
  plan: (done, { scan }) => planWalk(done, scan, { lists: [FEED] }),
  glance: (calls) => glanceAt(calls, ORIGIN),
  parse: parseDocument,
});
