import { z } from 'zod';
import {
  type CheckAnswers,
  type CheckRequest,
  NothingToSee,
  type Seen,
  type SourceCheck,
} from '../../../domain/check.js';
import { Action } from '../actions.js';
import {
  asWritten,
  detailsOf,
  formed,
  GRANTS,
  LIST,
  NOTES,
  pageIn,
  PARTNERS,
  PROGRAMMES,
  rowsIn,
  someTopic,
  sorted,
} from './check-requests.js';
import { portalDate, type Row } from '../../_kit/portal/row.js';

/** Returns the values of a field in the rows, each with its number of occurrences. */
export function tally(rows: Row[], field: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { metadata } of rows) {
    const value = metadata[field]?.[0] ?? 'none';
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

export function judgeNotes(seen: CheckAnswers): Seen {
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

export function judgePartners(seen: CheckAnswers): Seen {
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

export function judgeProgrammes(seen: CheckAnswers): Seen {
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

export function judgeList(seen: CheckAnswers): Seen {
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
export const ofTopic =
  (request: (identifier: string) => CheckRequest): SourceCheck['requests'] =>
  (seen) => {
    const topic = someTopic(seen);
    return [sorted(GRANTS), ...(topic === null ? [] : [request(topic)])];
  };

export function judgeDetails(seen: CheckAnswers): Seen {
  const request = detailsOf(topicOf(seen));
  const { TopicDetails: found } = formed(seen.document(request.key), Details);
  return {
    seen: `${found.identifier}, ${found.actions.length} actions, ${found.latestInfos.length} notes`,
    holds: found.identifier === topicOf(seen),
  };
}

export function judgeAsWritten(seen: CheckAnswers): Seen {
  const { status } = seen.answer(asWritten(topicOf(seen)).key);
  return { seen: `status ${status}`, holds: status === 404 };
}

function topicOf(seen: CheckAnswers): string {
  const topic = someTopic(seen);
  if (topic === null) throw new NothingToSee('no topic could be read that could be asked for');
  return topic;
}
