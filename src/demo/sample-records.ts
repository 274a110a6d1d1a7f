import { DateTime } from 'luxon';
import type { SampleCall } from './sample-calls.js';

/** The first sentence of every sample's text. No two of its words may be named as why a sample fits. */
export const SAMPLE_NOTICE =
  'This call is invented for the demonstration of this program; nobody can apply to it.';

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Converts plain text to HTML: each line becomes a paragraph, lines that start with `* ` a list. */
function paragraphsHtml(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => escape(line.trim()))
    .filter(Boolean);
  return lines
    .map((line) => (line.startsWith('* ') ? `<ul><li>${line.slice(2)}</li></ul>` : `<p>${line}</p>`))
    .join('')
    .replaceAll('</ul><ul>', '');
}

/** Formats a sample's text like the portal: a span names the section, the next div holds the text. */
function descriptionHtml({ sections, text }: Pick<SampleCall, 'sections' | 'text'>): string {
  if (!sections) return paragraphsHtml(`${SAMPLE_NOTICE}\n${text ?? ''}`);
  return Object.entries(sections)
    .map(([kind, body], i) => {
      const content = paragraphsHtml(i === 0 ? `${SAMPLE_NOTICE}\n${body}` : body);
      return `<span class="topicdescriptionkind">${kind}</span>:<div class="topicdescriptioncontent">${content}</div>`;
    })
    .join('');
}

/**
 * One row of the search service's answer. Values are lists; `actions` and `budgetOverview` are JSON strings.
 */
export interface PortalRecord {
  reference: string;
  url: string;
  language: string;
  content: string;
  metadata: Record<string, string[]>;
  /**
   * Answered without `metadata`: the fields are at the top of the row, with `datasource` in lower case, like
   * some cascade calls.
   */
  flat?: true;
}

const TYPE_CODES = { grant: '1', 'external-action': '2', cascade: '8' } as const;
const FORTHCOMING = { id: 31094501, abbreviation: 'Forthcoming', description: 'Forthcoming' };
const OPEN = { id: 31094502, abbreviation: 'Open', description: 'Open' };

/** A sample's dates for the day on which the demo runs, as ISO instants in UTC. */
interface Dated {
  call: SampleCall;
  opens: string;
  deadlines: string[];
  year: string;
}

// A date without a time is midnight UTC on the portal, whatever the season in Brussels.
const midnight = (today: DateTime, days: number) => `${today.plus({ days }).toISODate()}T00:00:00.000Z`;

function dated(call: SampleCall, today: DateTime): Dated {
  const deadlines = call.deadlines.map((deadline) => {
    if (deadline.time === null) return midnight(today, deadline.in);
    const local = `${today.plus({ days: deadline.in }).toISODate()}T${deadline.time}`;
    // For cascade calls, the portal writes local time as if it were UTC.
    if (call.type === 'cascade') return `${local}:00.000Z`;
    return DateTime.fromISO(local, { zone: 'Europe/Brussels' }).toJSDate().toISOString();
  });
  const opens = midnight(today, call.opens);
  return { call, opens, deadlines, year: (deadlines[0] ?? opens).slice(0, 4) };
}

const portalDate = (iso: string) => iso.replace(/Z$/, '+0000');

function budgetLine({ call, deadlines, year }: Dated) {
  const { total = 0, expectedGrants = 0, min = 0, max = 0 } = call.budget ?? {};
  return {
    action: `${call.identifier} - ${call.typeOfAction ?? ''}`,
    expectedGrants,
    minContribution: min,
    maxContribution: max,
    budgetYearMap: total ? { [year]: total } : {},
    deadlineDates: deadlines,
  };
}

/** Like the portal, lists the topics of the whole call; a sample without budget has no entry of its own. */
function budgetOverview(own: Dated, all: Dated[]): string[] {
  if (!own.call.budget || own.call.type !== 'grant') return [];
  const { callIdentifier } = own.call;
  const lines = callIdentifier
    ? all.filter((x) => x.call.callIdentifier === callIdentifier && x.call.budget)
    : [own];
  const map = Object.fromEntries(lines.map((line, i) => [String(5001 + i), [budgetLine(line)]]));
  const years = [...new Set(lines.map((line) => line.year))].sort();
  return [JSON.stringify({ budgetTopicActionMap: map, budgetYearsColumns: years })];
}

const agreementOf = (lumpSum: boolean) =>
  lumpSum
    ? { abbreviation: 'HORIZON-AG-LS', description: 'HORIZON Lump Sum Grant' }
    : { abbreviation: 'HORIZON-AG', description: 'HORIZON Action Grant Budget-Based' };

/** Only grants have actions: status, type of action, opening date and deadlines again. */
function actions({ call, opens, deadlines }: Dated): string[] {
  if (call.type !== 'grant') return [];
  const action = {
    status: call.opens > 0 ? FORTHCOMING : OPEN,
    types: [
      {
        typeOfAction: call.typeOfAction,
        ...(call.lumpSum !== undefined && { typeOfMGA: [agreementOf(call.lumpSum)] }),
      },
    ],
    plannedOpeningDate: opens,
    deadlineModel: call.model,
    deadlineDates: deadlines,
  };
  return [JSON.stringify([action])];
}

/** The record's link. Not an address of the portal: nobody may mistake a sample for a real call. */
const pageOf = (call: SampleCall) =>
  `https://example.org/sample-calls/${encodeURIComponent(call.identifier)}`;

const list = (value: string | undefined) => (value === undefined ? [] : [value]);

/**
 * Returns the identifying fields by kind: a cascade call has the title of the topic that funded its project,
 * and a number of its own.
 */
function names(
  { type, identifier, title, callTitle, parent }: SampleCall,
  reference: string,
): Record<string, string[]> {
  if (type !== 'cascade') return { identifier: [identifier], title: [title], callTitle: list(callTitle) };
  const { identifier: above, title: titleAbove } = parent ?? {
    identifier,
    title: callTitle ?? '[SAMPLE] Open calls of a funded project',
  };
  return {
    identifier: [above],
    title: [titleAbove],
    callTitle: [title],
    callccm2Id: [/^\d+/.exec(reference)![0]],
  };
}

/** Returns the separate fields of calls that are not topics: a topic's money is in its overview. */
function besideGrants({
  type,
  budget,
  project,
  duration,
  zones,
  contractType,
}: SampleCall): Record<string, string[]> {
  if (type === 'grant') return {};
  const amount = budget?.asWritten ?? (budget?.total === undefined ? undefined : String(budget.total));
  return {
    budget: list(amount),
    currency: amount === undefined ? [] : [budget?.currency ?? 'EUR'],
    projectAcronym: list(project?.acronym),
    projectName: list(project?.name),
    duration: list(duration),
    geographicalZones: zones ?? [],
    contractType: list(contractType),
  };
}

const ofTopic = ({
  mission,
  crossCutting,
  documents,
  partnerSearch,
}: SampleCall): Record<string, string[]> => ({
  missionDescription: list(mission),
  crossCuttingPriorities: crossCutting ?? [],
  links: list(documents && JSON.stringify(documents)),
  allowPartnerSearch: list(partnerSearch === undefined ? undefined : String(partnerSearch)),
});

function metadata(own: Dated, all: Dated[], reference: string, ingested: string): Record<string, string[]> {
  const { call } = own;
  const values: Record<string, string[]> = {
    ...names(call, reference),
    ...besideGrants(call),
    ...ofTopic(call),
    callIdentifier: list(call.callIdentifier),
    type: [TYPE_CODES[call.type]],
    status: [String((call.opens > 0 ? FORTHCOMING : OPEN).id)],
    startDate: [portalDate(own.opens)],
    deadlineDate: own.deadlines.map(portalDate),
    deadlineModel: call.type === 'grant' ? [call.model] : [],
    typesOfAction: list(call.typeOfAction),
    frameworkProgramme: [call.programme],
    programmeDivision: call.divisions,
    destinationDescription: list(call.destination),
    descriptionByte: [descriptionHtml(call)],
    topicConditions: call.conditions ? [paragraphsHtml(call.conditions)] : [],
    keywords: call.keywords,
    actions: actions(own),
    budgetOverview: budgetOverview(own, all),
    language: ['en'],
    url: [pageOf(call)],
    DATASOURCE: ['SEDIA'],
    es_SortDate: [portalDate(own.opens)],
    esDA_IngestDate: [ingested],
  };
  // The portal omits empty fields.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.length > 0));
}

/** References in the portal's three forms, numbered from a value that real ones do not reach. */
function references(): (type: SampleCall['type']) => string {
  const next = { grant: 90_000_001, cascade: 9001, 'external-action': 900_001 };
  const endings = { grant: 'TOPICSen', cascade: 'COMPETITIVE_CALLen', 'external-action': 'PROSPECTSEN' };
  return (type) => `${next[type]++}${endings[type]}`;
}

/** Returns the samples as the portal would hold them on the day `today` in Brussels. */
export function portalRecords(samples: SampleCall[], today: Date): PortalRecord[] {
  const day = DateTime.fromJSDate(today, { zone: 'Europe/Brussels' });
  const all = samples.map((call) => dated(call, day));
  const referenceOf = references();
  const ingested = `${day.toISODate()}T04:00:00.000+0000`;
  return all.map((own) => {
    const reference = referenceOf(own.call.type);
    return {
      reference,
      url: pageOf(own.call),
      language: 'en',
      content: own.call.title,
      metadata: metadata(own, all, reference, ingested),
    };
  });
}

/**
 * The portal's records on the first day of the demo and after its first week. Each call has the same
 * reference in both, whether or not it is published by then.
 */
export function recordsInTime(samples: SampleCall[], today: Date): Record<'first' | 'later', PortalRecord[]> {
  const first = portalRecords(samples, today);
  const later = samples.map((call) => ({ ...call, ...call.later }));
  return {
    first: first.filter((_, i) => !samples[i]!.publishedLater),
    later: portalRecords(later, today),
  };
}
