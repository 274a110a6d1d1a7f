import { z } from 'zod';
import {
  NothingToSee,
  type CheckAnswers,
  type CheckRequest,
  type Seen,
  type SourceCheck,
} from '../../domain/check.js';
import {
  judgeAsWritten,
  judgeDetails,
  judgeList,
  judgeNotes,
  judgePartners,
  judgeProgrammes,
  ofTopic,
  tally,
} from './check-beside.js';
import { judgeFields } from './check-fields.js';
import {
  AGAIN,
  asWritten,
  counted,
  detailsOf,
  GRANTS,
  LEFT,
  LIST,
  namesIn,
  NOTES,
  pageIn,
  PARTNERS,
  PROGRAMMES,
  readableIn,
  rowsIn,
  RULED_OUT,
  sorted,
} from './check-requests.js';
import { readRow } from './read-row.js';
import { leftoverOf, type Row } from './row.js';
import { KINDS, PAGE_SIZE, type Kind } from './search-request.js';

const PAGES = KINDS.map((kind) => sorted(kind));
const CALLED: Record<Kind['name'], string> = {
  grants: 'grant',
  'external-actions': 'external action',
  'cascade-calls': 'cascade call',
};

const always =
  (...requests: CheckRequest[]): SourceCheck['requests'] =>
  () =>
    requests;

const inWords = (counts: Map<string, number>): string =>
  [...counts].map(([value, n]) => `${value} (${n})`).join(', ');

/** The rows of the first page of each kind, as far as they can be read: where they cannot, another check says so. */
function allRows(seen: CheckAnswers): Row[] {
  const rows = PAGES.flatMap((page) => readableIn(seen, page));
  if (!rows.length) throw new NothingToSee('no row could be read');
  return rows;
}

/** That parts are typed is how the service comes to read them: untyped they are ignored without a word. */
function judgeForm(seen: CheckAnswers): Seen {
  const kinds = KINDS.map((kind) => {
    const strangers = [...tally(readableIn(seen, counted(kind)), 'type').keys()].filter(
      (type) => type !== kind.type,
    );
    return { called: kind.name.replace('-', ' '), total: pageIn(seen, counted(kind)).total, strangers };
  });
  const same = new Set(kinds.map((k) => k.total)).size === 1;
  const strangers = kinds.flatMap((k) => k.strangers.map((type) => `type ${type} among the ${k.called}`));
  return {
    seen: [kinds.map((k) => `${k.total} ${k.called}`).join(', '), ...strangers].join('; '),
    holds: !same && !strangers.length,
  };
}

function judgePageSize(seen: CheckAnswers): Seen {
  const { total, rows } = pageIn(seen, AGAIN);
  if (total <= PAGE_SIZE) throw new NothingToSee(`${total} rows, which a page may hold`);
  return { seen: `${rows.length} rows of ${total}, 150 asked for`, holds: rows.length === PAGE_SIZE };
}

const referencesIn = (seen: CheckAnswers, page: CheckRequest): string[] =>
  namesIn(seen, page)
    .slice(0, PAGE_SIZE)
    .map((r) => r.reference)
    .sort();

function judgeSameRows(seen: CheckAnswers): Seen {
  const [first, second] = [referencesIn(seen, sorted(GRANTS)), referencesIn(seen, AGAIN)];
  if (!first.length) throw new NothingToSee('no rows in this order');
  const other = first.filter((reference) => !second.includes(reference)).length;
  return {
    seen: other ? `${other} of ${first.length} rows were others` : `the same ${first.length} rows`,
    holds: !other && first.length === second.length,
  };
}

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

function judgeLeftovers(seen: CheckAnswers): Seen {
  const [left, after] = [pageIn(seen, LEFT).total, pageIn(seen, RULED_OUT).total];
  const among = allRows(seen).filter((row) => leftoverOf(row)).length;
  return {
    seen: `${left} there, ${after} once ruled out, ${among} on the pages of calls`,
    holds: after === 0 && among === 0,
  };
}

function judgeLanguages(seen: CheckAnswers): Seen {
  const counts = new Map<string, number>();
  for (const { language } of PAGES.flatMap((page) => namesIn(seen, page)))
    counts.set(language, (counts.get(language) ?? 0) + 1);
  return { seen: inWords(counts), holds: [...counts.keys()].every((language) => language === 'en') };
}

const STATUSES = ['31094501', '31094502', '31094503'];

function judgeStatuses(seen: CheckAnswers): Seen {
  const counts = tally(allRows(seen), 'status');
  return { seen: inWords(counts), holds: [...counts.keys()].every((status) => STATUSES.includes(status)) };
}

const Rowish = z.looseObject({ metadata: z.unknown().optional() });

function judgeMetadata(seen: CheckAnswers): Seen {
  const rows = PAGES.flatMap((page) => pageIn(seen, page).rows);
  if (!rows.length) throw new Error('no rows');
  const without = rows.filter((row) => Rowish.safeParse(row).data?.metadata === undefined).length;
  const read = PAGES.flatMap((page) => readableIn(seen, page)).length;
  return {
    seen: `${without} of ${rows.length} rows are without metadata; the fields of ${rows.length - read} are not found`,
    holds: read === rows.length,
  };
}

function judgeReading(seen: CheckAnswers): Seen {
  const read = PAGES.flatMap((page) => pageIn(seen, page).rows).map(readRow);
  const whys = read.flatMap((r) => ('why' in r ? [r.why] : []));
  if (!read.length) throw new Error('no rows');
  return {
    seen: `${read.length - whys.length} of ${read.length} rows are read${whys.length ? `, first of all not: ${whys[0]}` : ''}`,
    holds: !whys.length,
  };
}

const fieldsOf = (kind: Kind): SourceCheck => ({
  id: `fields-${kind.name}`,
  assumption: `A ${CALLED[kind.name]} has its known fields`.replace(/^A (?=[aeiou])/, 'An '),
  otherwise:
    'What stands in this field is missing or wrong in the calls. Save the answers as fixtures and mend parse-row.ts.',
  requests: always(sorted(kind), counted(kind)),
  judge: (seen) => {
    if (pageIn(seen, counted(kind)).total === 0)
      throw new NothingToSee(`there is no ${CALLED[kind.name]} at present`);
    if (pageIn(seen, sorted(kind)).total === 0) throw new NothingToSee('no rows in this order');
    return judgeFields(kind.name, rowsIn(seen, sorted(kind)));
  },
});

const MEND = 'Save the answers as fixtures and mend the parser.';

/** What is assumed of the portal. The first requests are those that most depends on: where few can be made, those are made. */
export const checks: SourceCheck[] = [
  {
    id: 'form',
    assumption: 'The search reads a form of typed parts, so that a filter filters',
    otherwise:
      'Nothing that is asked for can be trusted, and harvests are not believed. See how the portal’s own page asks now, and mend search-request.ts.',
    requests: always(...PAGES, ...KINDS.map(counted)),
    judge: judgeForm,
  },
  {
    id: 'metadata',
    assumption: 'The fields of a row stand in its metadata, or at its top where it has none',
    otherwise: `Calls are missing, or none can be read. ${MEND}`,
    requests: always(...PAGES),
    judge: judgeMetadata,
  },
  ...KINDS.map(fieldsOf),
  {
    id: 'reading',
    assumption: 'Every row of a page can be read',
    otherwise: `These calls are missing. ${MEND}`,
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
    otherwise: 'Each call may come once for each language, and harvests are not believed.',
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
