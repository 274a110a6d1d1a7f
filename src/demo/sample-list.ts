import { createHash } from 'node:crypto';
import type { PortalRecord } from './sample-records.js';

/**
 * How the portal's own list fails, always or never. A refusal also covers the topic files, which are on the
 * same host.
 */
export type ListFault = 'half' | 'empty' | 'shape' | 'truncate' | '403';

/**
 * References of records found only in the list, or only in the search, or whose own files answer with an
 * error page; and how the list behaves.
 */
export interface ListSettings {
  onlyInList?: string[];
  unlisted?: string[];
  brokenFiles?: string[];
  listFault?: ListFault | null;
}

interface Answer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** The path of the portal's own list; each topic has a file in the same tree. */
const LIST_PATH = '/info/funding-tenders/opportunities/data/referenceData/grantsTenders.json';
const DETAILS_PATH = /^\/info\/funding-tenders\/opportunities\/data\/topicDetails\/([^/]+)\.json$/;

const STATUSES: Record<string, string> = {
  '31094501': 'Forthcoming',
  '31094502': 'Open',
  '31094503': 'Closed',
};
const TOPIC = '1';

const isTopic = ({ language, metadata }: PortalRecord): boolean =>
  language === 'en' && metadata['type']?.[0] === TOPIC;
const first = ({ metadata }: PortalRecord, field: string): string | undefined => metadata[field]?.[0];
const json = (record: PortalRecord, field: string): unknown => {
  const text = first(record, field);
  return text === undefined ? null : JSON.parse(text);
};
const number = ({ reference }: PortalRecord): number => Number(/^\d+/.exec(reference)![0]);
const ms = (date: string): number => Date.parse(date);

/** Dates in the list are whole days, as midnight UTC. */
const dayMs = (date: string): number => Date.parse(`${new Date(date).toISOString().slice(0, 10)}T00:00:00Z`);

function item(record: PortalRecord): Record<string, unknown> {
  const code = first(record, 'status') ?? '';
  const [opens, published] = [first(record, 'startDate'), first(record, 'publicationDate')];
  return {
    type: 1,
    ccm2Id: number(record),
    cftId: null,
    identifier: first(record, 'identifier'),
    title: first(record, 'title'),
    ...(published && { publicationDateLong: ms(published) }),
    ...(opens && { plannedOpeningDateLong: dayMs(opens) }),
    callIdentifier: first(record, 'callIdentifier') ?? null,
    status: { id: Number(code), abbreviation: STATUSES[code] ?? code, description: STATUSES[code] ?? code },
    deadlineDatesLong: (record.metadata['deadlineDate'] ?? []).map(dayMs),
    latestInfos: json(record, 'latestInfos') ?? [],
    links: [],
  };
}

/** A tender of the Commission itself; the list holds some. */
const TENDER = {
  type: 0,
  cftId: 9_001,
  identifier: 'SAMPLE-OP-0001',
  title: '[SAMPLE] A tender',
  status: { id: 31094502, abbreviation: 'Open', description: 'Open' },
  deadlineDatesLong: [],
};

/** Returns the items of the portal's own list: the topics without their texts, and a tender. */
const listItems = (records: PortalRecord[]): Record<string, unknown>[] => [
  TENDER,
  ...records.filter(isTopic).map(item),
];

/**
 * Returns a topic's own file, with the search's fields under other names; null if no topic has that
 * identifier in lower case.
 */
function topicDetails(records: PortalRecord[], name: string): Record<string, unknown> | null {
  const record = records.find((r) => isTopic(r) && first(r, 'identifier')?.toLowerCase() === name);
  if (!record) return null;
  const actions = (json(record, 'actions') ?? [{}]) as Record<string, unknown>[];
  const status = { id: Number(first(record, 'status')) };
  return {
    TopicDetails: {
      type: 1,
      ccm2Id: number(record),
      identifier: first(record, 'identifier'),
      title: first(record, 'title'),
      callIdentifier: first(record, 'callIdentifier') ?? null,
      callTitle: first(record, 'callTitle') ?? null,
      description: first(record, 'descriptionByte') ?? null,
      conditions: first(record, 'topicConditions') ?? null,
      destinationDescription: first(record, 'destinationDescription') ?? null,
      frameworkProgramme: { id: Number(first(record, 'frameworkProgramme')) },
      programmeDivision: (record.metadata['programmeDivision'] ?? []).map((id) => ({ id: Number(id) })),
      keywords: record.metadata['keywords'] ?? [],
      tags: [],
      actions: actions.map((a) => ({ ...a, status, deadlineDates: record.metadata['deadlineDate'] ?? [] })),
      budgetOverviewJSONItem: json(record, 'budgetOverview'),
      latestInfos: json(record, 'latestInfos'),
      links: null,
    },
  };
}

/** Returns the list as each fault distorts it. */
function listBody(records: PortalRecord[], fault: ListFault | null): string {
  const items = listItems(records);
  const shown = fault === 'empty' ? [] : fault === 'half' ? items.filter((_, i) => i % 2 === 0) : items;
  const body = JSON.stringify(
    fault === 'shape' ? { fundingData: { Topics: shown } } : { fundingData: { GrantTenderObj: shown } },
    null,
    2,
  );
  return fault === 'truncate' ? body.slice(0, body.length / 2) : body;
}

/** The portal's own list, with an ETag for conditional requests, and the file of each topic. */
export class SampleList {
  /** Requests and answers so far: `200 <path>`. */
  readonly answers: string[] = [];
  private onlyInList = new Set<string>();
  private unlisted = new Set<string>();
  private brokenFiles = new Set<string>();
  private fault: ListFault | null = null;

  set({ onlyInList, unlisted, brokenFiles, listFault }: ListSettings): void {
    if (onlyInList) this.onlyInList = new Set(onlyInList);
    if (unlisted) this.unlisted = new Set(unlisted);
    if (brokenFiles) this.brokenFiles = new Set(brokenFiles);
    if (listFault !== undefined) this.fault = listFault;
  }

  /** Returns the records that the search shows. */
  withoutHidden(records: PortalRecord[]): PortalRecord[] {
    return this.onlyInList.size ? records.filter((r) => !this.onlyInList.has(r.reference)) : records;
  }

  /** Returns null for any other path. */
  answer(path: string, etag: string | undefined, records: PortalRecord[]): Answer | null {
    const name = DETAILS_PATH.exec(path)?.[1];
    if (path !== LIST_PATH && name === undefined) return null;
    const listed = records.filter((r) => !this.unlisted.has(r.reference));
    const answer =
      this.fault === '403'
        ? { status: 403, body: '{"error":"Forbidden"}' }
        : name === undefined
          ? this.list(listed, etag)
          : this.details(listed, decodeURIComponent(name));
    this.answers.push(`${answer.status} ${path}`);
    return answer;
  }

  private list(records: PortalRecord[], known: string | undefined): Answer {
    const body = listBody(records, this.fault);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    return known === etag
      ? { status: 304, body: '', headers: { etag } }
      : { status: 200, body, headers: { etag } };
  }

  private details(records: PortalRecord[], name: string): Answer {
    const found = topicDetails(records, name);
    if (!found) return { status: 404, body: '{"error":"Not Found"}' };
    const isBroken = records.some(
      (r) => this.brokenFiles.has(r.reference) && first(r, 'identifier')?.toLowerCase() === name,
    );
    return isBroken
      ? { status: 500, body: '{"error":"Internal Server Error"}' }
      : { status: 200, body: JSON.stringify(found) };
  }
}
