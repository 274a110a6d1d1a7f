import { z } from 'zod';
import {
  type CheckAnswers,
  type CheckRequest,
  NothingToSee,
  type Seen,
  type SourceCheck,
} from '../../../domain/check.js';
import { Action } from '../topic-facts.js';
import {
  AGAIN,
  asWritten,
  counted,
  detailsOf,
  formed,
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
  someTopic,
  sorted,
} from './check-requests.js';
import { Fields, leftoverOf, PAGE_SIZE, portalDate, type Row } from '../../_kit/portal/row.js';
import { type Kind, KINDS } from '../plan-scan.js';
import { readRow } from '../parse-row.js';
import { saveAndFix } from '../../_kit/site-checks.js';

/** Returns the values of a field in the rows, each with its number of occurrences. */
function tally(rows: Row[], field: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { metadata } of rows) {
    const value = metadata[field]?.[0] ?? 'none';
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function judgeNotes(seen: CheckAnswers): Seen {
  const rows = rowsIn(seen, NOTES);
  const lacking = ['identifier', 'startDate', 'description'].filter((field) =>
    rows.some((row) => !row.metadata[field]?.[0]),
  );
  if (lacking.length)
    return { seen: `${rows.length} notes, some without ${lacking.join(', ')}`, holds: false };
  const days = rows.map((row) => portalDate(row.metadata['startDate']![0]!));
  const falling = days.every((day, i) => i === 0 || day <= days[i - 1]!);
  return {
    seen: `${rows.length} notes, from ${days[0]!.slice(0, 10)} to ${days.at(-1)!.slice(0, 10)}`,
    holds: falling,
  };
}

function judgePartners(seen: CheckAnswers): Seen {
  const rows = rowsIn(seen, PARTNERS);
  const lacking = ['topics', 'country'].filter((field) => rows.every((row) => !row.metadata[field]?.[0]));
  const strangers = [...tally(rows, 'type').keys()].filter((type) => type !== 'ANNOUNCEMENT');
  const problems = [
    ...lacking.map((field) => `none with ${field}`),
    ...strangers.map((type) => `type ${type} among them`),
  ];
  return {
    seen: [`${pageIn(seen, PARTNERS).total} partner searches`, ...problems].join(', '),
    holds: !problems.length,
  };
}

/** The code of Horizon Europe, which is always among them and has a known name. */
const HORIZON = '43108390';

const Facets = z.object({
  facets: z.array(
    z.looseObject({
      name: z.string(),
      values: z.array(z.looseObject({ rawValue: z.string(), value: z.string() })),
    }),
  ),
});

function judgeProgrammes(seen: CheckAnswers): Seen {
  const found = formed(seen.document(PROGRAMMES.key), Facets).facets.find(
    (f) => f.name === 'frameworkProgramme',
  );
  if (!found?.values.length) return { seen: 'no facet frameworkProgramme', holds: false };
  const named = found.values.filter(({ rawValue, value }) => value !== rawValue);
  const horizon = named.some(({ rawValue, value }) => rawValue === HORIZON && /horizon/i.test(value));
  return {
    seen: `${named.length} of ${found.values.length} codes have a name${horizon ? '' : ', and that of Horizon Europe has none'}`,
    holds: horizon,
  };
}

const BEGINNING = /^\ufeff?\s*\{\s*"fundingData"\s*:\s*\{\s*"GrantTenderObj"\s*:\s*\[\s*\{/;
const ITEM = ['ccm2Id', 'identifier', 'title', 'status', 'deadlineDatesLong'];

function judgeList(seen: CheckAnswers): Seen {
  const { status, etag, bytes } = seen.document(LIST.key);
  const text = bytes.toString('utf8');
  const problems = [
    ...(status === 206 ? [] : [`status ${status} instead of 206`]),
    ...(etag === null ? ['no ETag'] : []),
    ...(BEGINNING.test(text) ? [] : [`it begins with "${text.slice(0, 40).replace(/\s+/g, ' ')}"`]),
    ...ITEM.filter((field) => !text.includes(`"${field}"`)).map((field) => `no ${field} at its beginning`),
  ];
  return {
    seen: problems.length
      ? problems.join('; ')
      : `${bytes.length} bytes of it, with an ETag, and topics with ${ITEM.join(', ')}`,
    holds: !problems.length,
  };
}

const Details = z.looseObject({
  TopicDetails: z.looseObject({
    identifier: z.string(),
    title: z.string(),
    description: z.string(),
    actions: z.array(Action),
    latestInfos: z.array(z.unknown()),
  }),
});

/** Returns the requests for some topic; none until one is known. */
const ofTopic =
  (request: (identifier: string) => CheckRequest): SourceCheck['requests'] =>
  (seen) => {
    const topic = someTopic(seen);
    return [sorted(GRANTS), ...(topic === null ? [] : [request(topic)])];
  };

function judgeDetails(seen: CheckAnswers): Seen {
  const request = detailsOf(topicOf(seen));
  const { TopicDetails: found } = formed(seen.document(request.key), Details);
  return {
    seen: `${found.identifier}, ${found.actions.length} actions, ${found.latestInfos.length} notes`,
    holds: found.identifier === topicOf(seen),
  };
}

function judgeAsWritten(seen: CheckAnswers): Seen {
  const { status } = seen.answer(asWritten(topicOf(seen)).key);
  return { seen: `status ${status}`, holds: status === 404 };
}

function topicOf(seen: CheckAnswers): string {
  const topic = someTopic(seen);
  if (topic === null) throw new NothingToSee('no topic could be read that could be asked for');
  return topic;
}

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
    'The harvest falls back to another field, or to reading unsorted pages again and again. Where this stays so, change its fields in plan-scan.ts.',
  requests: always(sorted(kind), counted(kind)),
  judge: (seen) => {
    const [inOrder, without] = [pageIn(seen, sorted(kind)).total, pageIn(seen, counted(kind)).total];
    return { seen: `${inOrder} sorted, ${without} unsorted`, holds: inOrder === without };
  },
});

const fieldsOf = (kind: Kind): SourceCheck => ({
  id: `fields-${kind.name}`,
  assumption: `A ${CALLED[kind.name]} has its known fields`.replace(/^A (?=[aeiou])/, 'An '),
  otherwise: `What stands in this field is missing or wrong in the calls. ${saveAndFix('parse-row.ts')}`,
  requests: always(sorted(kind), counted(kind)),
  judge: (seen) => {
    if (pageIn(seen, counted(kind)).total === 0)
      throw new NothingToSee(`there is no ${CALLED[kind.name]} at present`);
    if (pageIn(seen, sorted(kind)).total === 0) throw new NothingToSee('no rows in this order');
    return judgeFields(kind.name, rowsIn(seen, sorted(kind)));
  },
});

const FIX = saveAndFix('the parser');

/**
 * The assumptions about the portal. The most important requests come first, in case only a few can be made.
 */
export const checks: SourceCheck[] = [
  {
    id: 'form',
    assumption: 'The search reads a form of typed parts, so that a filter filters',
    otherwise:
      'Nothing that is asked for can be trusted, and harvests are not accepted. See how the portal’s own page asks now, and fix plan-scan.ts.',
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
    otherwise: 'A new programme is shown by its code until it stands in topic-facts.ts.',
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
