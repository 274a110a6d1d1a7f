import { defineSource, type ParsedPage, type RawDocument } from '../../domain/source.js';
import { pathsOf } from '../_kit/addresses.js';
import { readHtml } from '../_kit/page.js';
import { quickCheckAt, planWalk } from '../_kit/plan-walk.js';
import { siteChecks } from '../_kit/site-checks.js';
import { parseCall } from './parse-call.js';
import { parseList } from './parse-list.js';
import { callIn, isFurtherPage, LIST, ORIGIN } from './site.js';

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
