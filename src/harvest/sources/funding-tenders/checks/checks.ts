import { z } from 'zod';
import {
  type CheckAnswers,
  type CheckRequest,
  NothingToSee,
  type Seen,
  type SourceCheck,
} from '../../../domain/check.js';
import { Action } from '../actions.js';
import { Fields, leftoverOf, PAGE_SIZE, portalDate, type Row } from '../../_kit/portal/row.js';
import { type Kind, KINDS } from '../search-request.js';
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
import { readRow } from '../parse-row.js';

/** The form of a field, and the minimum share of rows that have it. */
interface Expected {
  least: number;
  form: (fields: Fields, field: string) => boolean;
}

const [ALWAYS, MOSTLY] = [1, 0.5];

const fine = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch {
    return false;
  }
};

const text: Expected['form'] = (fields, field) => fields.first(field) !== undefined;
const code: Expected['form'] = (fields, field) => /^\d+$/.test(fields.first(field) ?? '');
const dates: Expected['form'] = (fields, field) => fine(() => fields.all(field).map(portalDate));
const actions: Expected['form'] = (fields, field) => fine(() => fields.json(field, z.array(Action)));
const amount: Expected['form'] = (fields, field) => /^\d[\d\s\u00a0,.]*$/.test(fields.first(field) ?? '');
const currency: Expected['form'] = (fields, field) => /^[A-Z]{3}$/.test(fields.first(field) ?? '');

const inAll = (form: Expected['form']): Expected => ({ least: ALWAYS, form });
const mostly = (form: Expected['form']): Expected => ({ least: MOSTLY, form });

const OF_ALL = { title: inAll(text), type: inAll(code), status: inAll(code), deadlineDate: mostly(dates) };
const MONEY = { budget: mostly(amount), currency: mostly(currency) };

/** The fields from which a call of each kind is read. */
const EXPECTED: Record<Kind['name'], Record<string, Expected>> = {
  grants: {
    ...OF_ALL,
    identifier: inAll(text),
    callIdentifier: mostly(text),
    actions: mostly(actions),
    descriptionByte: mostly(text),
  },
  'external-actions': { ...OF_ALL, callIdentifier: mostly(text), ...MONEY },
  'cascade-calls': { ...OF_ALL, callTitle: mostly(text), callccm2Id: mostly(code), ...MONEY },
};

/** Returns what is wrong with a field in these rows; null if nothing is. */
function wrong(name: string, { least, form }: Expected, rows: Fields[]): string | null {
  const having = rows.filter((fields) => fields.first(name) !== undefined);
  const odd = having.filter((fields) => !form(fields, name));
  if (odd.length)
    return `${name} has another form in ${odd.length} of ${rows.length} rows: "${odd[0]!.first(name)!.slice(0, 60)}"`;
  return having.length < least * rows.length
    ? `${name} stands in ${having.length} of ${rows.length} rows`
    : null;
}

/** Whether rows of a kind have the fields that a call is read from, in the expected form. */
function judgeFields(kind: Kind['name'], rows: Row[]): Seen {
  const read = rows.map((row) => new Fields(row.metadata));
  const expected = Object.entries(EXPECTED[kind]);
  const problems = expected.flatMap(([name, field]) => wrong(name, field, read) ?? []);
  return {
    seen: problems.length
      ? problems.join('; ')
      : `${expected.map(([name]) => name).join(', ')}, in ${rows.length} rows`,
    holds: !problems.length,
  };
}

/** The first page of each kind. */
const PAGES = KINDS.map((kind) => sorted(kind));

const inWords = (counts: Map<string, number>): string =>
  [...counts].map(([value, n]) => `${value} (${n})`).join(', ');

/** Returns the readable rows of the first page of each kind: another check reports unreadable ones. */
function allRows(seen: CheckAnswers): Row[] {
  const rows = PAGES.flatMap((page) => readableIn(seen, page));
  if (!rows.length) throw new NothingToSee('no row could be read');
  return rows;
}

/** The service only reads typed form parts: untyped ones are silently ignored. */
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
