import { NothingToSee, type CheckRequest, type SourceCheck } from '../../../domain/check.js';
import {
  judgeAsWritten,
  judgeDetails,
  judgeList,
  judgeNotes,
  judgePartners,
  judgeProgrammes,
  ofTopic,
} from './check-beside.js';
import { judgeFields } from './check-fields.js';
import {
  judgeForm,
  judgeLanguages,
  judgeLeftovers,
  judgeMetadata,
  judgePageSize,
  judgeReading,
  judgeSameRows,
  judgeStatuses,
  PAGES,
} from './check-pages.js';
import {
  AGAIN,
  asWritten,
  counted,
  detailsOf,
  GRANTS,
  LEFT,
  LIST,
  NOTES,
  pageIn,
  PARTNERS,
  PROGRAMMES,
  rowsIn,
  RULED_OUT,
  sorted,
} from './check-requests.js';
import { KINDS, type Kind } from '../search-request.js';

const CALLED: Record<Kind['name'], string> = {
  grants: 'grant',
  'external-actions': 'external action',
  'cascade-calls': 'cascade call',
};

const always =
  (...requests: CheckRequest[]): SourceCheck['requests'] =>
  () =>
    requests;

const ordered = (kind: Kind): SourceCheck => ({
  id: `order-${kind.name}`,
  assumption: `Sorted by ${kind.fields[0]}, no ${CALLED[kind.name]} is left out`,
  otherwise:
    'The harvest falls back to another field, or to reading unsorted pages again and again. Where this stays so, change its fields in search-request.ts.',
  requests: always(sorted(kind), counted(kind)),
  judge: (seen) => {
    const [inOrder, without] = [pageIn(seen, sorted(kind)).total, pageIn(seen, counted(kind)).total];
    return { seen: `${inOrder} sorted, ${without} unsorted`, holds: inOrder === without };
  },
});

const fieldsOf = (kind: Kind): SourceCheck => ({
  id: `fields-${kind.name}`,
  assumption: `A ${CALLED[kind.name]} has its known fields`.replace(/^A (?=[aeiou])/, 'An '),
  otherwise:
    'What stands in this field is missing or wrong in the calls. Save the answers as fixtures and fix parse-row.ts.',
  requests: always(sorted(kind), counted(kind)),
  judge: (seen) => {
    if (pageIn(seen, counted(kind)).total === 0)
      throw new NothingToSee(`there is no ${CALLED[kind.name]} at present`);
    if (pageIn(seen, sorted(kind)).total === 0) throw new NothingToSee('no rows in this order');
    return judgeFields(kind.name, rowsIn(seen, sorted(kind)));
  },
});

const FIX = 'Save the answers as fixtures and fix the parser.';

/**
 * The assumptions about the portal. The most important requests come first, in case only a few can be made.
 */
export const checks: SourceCheck[] = [
  {
    id: 'form',
    assumption: 'The search reads a form of typed parts, so that a filter filters',
    otherwise:
      'Nothing that is asked for can be trusted, and harvests are not accepted. See how the portal’s own page asks now, and fix search-request.ts.',
    requests: always(...PAGES, ...KINDS.map(counted)),
    judge: judgeForm,
  },
  {
    id: 'metadata',
    assumption: 'The fields of a row stand in its metadata, or at its top where it has none',
    otherwise: `Calls are missing, or none can be read. ${FIX}`,
    requests: always(...PAGES),
    judge: judgeMetadata,
  },
  ...KINDS.map(fieldsOf),
  {
    id: 'reading',
    assumption: 'Every row of a page can be read',
    otherwise: `These calls are missing. ${FIX}`,
    requests: always(...PAGES),
    judge: judgeReading,
  },
  ...KINDS.map(ordered),
  {
    id: 'same-rows',
    assumption: 'A sorted page brings the same rows each time',
    otherwise:
      'A walk over the pages loses calls; the harvest reads each page again until all are seen, and takes longer.',
    requests: always(sorted(GRANTS), AGAIN),
    judge: judgeSameRows,
  },
  {
    id: 'page-size',
    assumption: 'A page has 100 rows at most',
    otherwise:
      'Where pages are shorter, calls are missing; where longer, fewer requests would do. Change PAGE_SIZE.',
    requests: always(AGAIN),
    judge: judgePageSize,
  },
  {
    id: 'leftovers',
    assumption: 'Copies that the earlier system left can be ruled out',
    otherwise:
      'They are read and left out one by one, but the counts may not add up. See which DATASOURCE they have now.',
    requests: always(...PAGES, LEFT, RULED_OUT),
    judge: judgeLeftovers,
  },
  {
    id: 'languages',
    assumption: 'Only the language that is asked for comes',
    otherwise: 'Each call may come once for each language, and harvests are not accepted.',
    requests: always(...PAGES),
    judge: judgeLanguages,
  },
  {
    id: 'statuses',
    assumption: 'A status is forthcoming, open or closed, by the three known codes',
    otherwise: 'Calls with another code are not read. Find out what it means, and add it in parse-row.ts.',
    requests: always(...PAGES),
    judge: judgeStatuses,
  },
  {
    id: 'list',
    assumption: 'The portal’s own list can be read in part, tells its version, and begins as known',
    otherwise:
      'Topics that the search lacks are not found, and the list cannot confirm what the search says.',
    requests: always(LIST),
    judge: judgeList,
  },
  {
    id: 'details',
    assumption: 'A topic in full is found by its identifier in small letters',
    otherwise: 'Notes and texts of topics that the search lacks are missing.',
    requests: ofTopic(detailsOf),
    judge: judgeDetails,
  },
  {
    id: 'notes',
    assumption: 'The portal’s notes on topics come newest first',
    otherwise: 'A change of a deadline is told without the portal’s own words.',
    requests: always(NOTES),
    judge: judgeNotes,
  },
  {
    id: 'partners',
    assumption: 'Partner searches can be read',
    otherwise: 'Calls are shown without who looks for partners.',
    requests: always(PARTNERS),
    judge: judgePartners,
  },
  {
    id: 'programmes',
    assumption: 'The search names the programmes',
    otherwise: 'A new programme is shown by its code until it stands in programmes.ts.',
    requests: always(PROGRAMMES),
    judge: judgeProgrammes,
  },
  {
    id: 'as-written',
    assumption: 'A topic in full is not found by its identifier as it is written',
    otherwise: 'Nothing is lost: the small letters could be left out.',
    requests: ofTopic(asWritten),
    judge: judgeAsWritten,
  },
];
