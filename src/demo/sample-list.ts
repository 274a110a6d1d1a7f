import type { PortalRecord } from './sample-records.js';

/** Where the portal's own list stands, and beside it a file for each topic. */
export const LIST_PATH = '/info/funding-tenders/opportunities/data/referenceData/grantsTenders.json';
export const DETAILS_PATH = /^\/info\/funding-tenders\/opportunities\/data\/topicDetails\/([^/]+)\.json$/;

const STATUSES: Record<string, string> = { '31094501': 'Forthcoming', '31094502': 'Open', '31094503': 'Closed' };
const TOPIC = '1';

const isTopic = ({ language, metadata }: PortalRecord): boolean => language === 'en' && metadata['type']?.[0] === TOPIC;
const first = ({ metadata }: PortalRecord, field: string): string | undefined => metadata[field]?.[0];
const json = (record: PortalRecord, field: string): unknown => {
  const text = first(record, field);
  return text === undefined ? null : JSON.parse(text);
};
const number = ({ reference }: PortalRecord): number => Number(/^\d+/.exec(reference)![0]);
const ms = (date: string): number => Date.parse(date);

/** The list tells days: midnight of UTC. */
const dayMs = (date: string): number => Date.parse(`${new Date(date).toISOString().slice(0, 10)}T00:00:00Z`);

function item(record: PortalRecord): Record<string, unknown> {
  const code = first(record, 'status') ?? '';
  const [opens, published] = [first(record, 'startDate'), first(record, 'publicationDate')];
  return {
    type: 1, ccm2Id: number(record), cftId: null, identifier: first(record, 'identifier'), title: first(record, 'title'),
    ...(published && { publicationDateLong: ms(published) }), ...(opens && { plannedOpeningDateLong: dayMs(opens) }),
    callIdentifier: first(record, 'callIdentifier') ?? null, status: { id: Number(code), abbreviation: STATUSES[code] ?? code, description: STATUSES[code] ?? code },
    deadlineDatesLong: (record.metadata['deadlineDate'] ?? []).map(dayMs), latestInfos: json(record, 'latestInfos') ?? [], links: [],
  };
}

/** A tender of the Commission's own, of which the list holds some. */
const TENDER = { type: 0, cftId: 9_001, identifier: 'SAMPLE-OP-0001', title: '[SAMPLE] A tender', status: { id: 31094502, abbreviation: 'Open', description: 'Open' }, deadlineDatesLong: [] };

/** The items of the portal's own list: the topics, without their texts, and what is no topic. */
export const listItems = (records: PortalRecord[]): Record<string, unknown>[] => [TENDER, ...records.filter(isTopic).map(item)];

/** A topic's own file: what the search has of it under other names. Null where there is none of that identifier in small letters. */
export function topicDetails(records: PortalRecord[], name: string): Record<string, unknown> | null {
  const record = records.find((r) => isTopic(r) && first(r, 'identifier')?.toLowerCase() === name);
  if (!record) return null;
  const actions = (json(record, 'actions') ?? [{}]) as Record<string, unknown>[];
  const status = { id: Number(first(record, 'status')) };
  return {
    TopicDetails: {
      type: 1, ccm2Id: number(record), identifier: first(record, 'identifier'), title: first(record, 'title'),
      callIdentifier: first(record, 'callIdentifier') ?? null, callTitle: first(record, 'callTitle') ?? null,
      description: first(record, 'descriptionByte') ?? null, conditions: first(record, 'topicConditions') ?? null, destinationDescription: first(record, 'destinationDescription') ?? null,
      frameworkProgramme: { id: Number(first(record, 'frameworkProgramme')) }, programmeDivision: (record.metadata['programmeDivision'] ?? []).map((id) => ({ id: Number(id) })),
      keywords: record.metadata['keywords'] ?? [], tags: [],
      actions: actions.map((a) => ({ ...a, status, deadlineDates: record.metadata['deadlineDate'] ?? [] })),
      budgetOverviewJSONItem: json(record, 'budgetOverview'), latestInfos: json(record, 'latestInfos'), links: null,
    },
  };
}
