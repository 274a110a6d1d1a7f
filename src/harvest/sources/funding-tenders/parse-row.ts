import { z } from 'zod';
import {
  brusselsClock,
  cascadePage,
  topicPage,
  CallDocument,
  type ParsedCall,
  type Section,
  foldLine,
} from '../../../calls/domain/index.js';
import { htmlToText } from '../_kit/html-text.js';
import { Action, actionFacts } from './actions.js';
import { amountOf, ofCascade, ofExternalAction } from './beside-grants.js';
import { unglued } from './glued-lines.js';
import { budgetOf } from './parse-budget.js';
import { portalDate } from './portal-date.js';
import { programmeOf } from './programmes.js';
import { Fields, type Row } from './row.js';
import { isTopicKind, sectionsOf } from './topic-sections.js';

const KINDS: Record<string, ParsedCall['kind']> = { '1': 'grant', '2': 'external-action', '8': 'cascade' };
// 31094501 is forthcoming and 31094502 open; several public scrapers have the two the wrong way round.
const STATUSES: Record<string, ParsedCall['sourceStatus']> = {
  '31094501': 'forthcoming',
  '31094502': 'open',
  '31094503': 'closed',
};

const PORTAL = 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities';

const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

/**
 * Some rows name their data file, which is no page for a person, and of a cascade call the number of its
 * parent.
 */
function pageOf(fields: Fields, kind: ParsedCall['kind'], reference: string): string | null {
  const [url, identifier, number] = [
    fields.first('url'),
    fields.first('identifier'),
    fields.first('callccm2Id'),
  ];
  const leadsToParent = url === undefined || url.includes('/opportunities/');
  if (kind === 'cascade' && number && leadsToParent) return cascadePage(number);
  if (url && isWebAddress(url) && !url.includes('/opportunities/data/')) return url;
  if (kind === 'grant' && identifier) return topicPage(identifier);
  return kind === 'external-action' ? `${PORTAL}/prospect-details/${encodeURIComponent(reference)}` : null;
}

/**
 * Midnight UTC is how the portal writes a deadline whose time it does not tell. A cascade call's time is that
 * of a clock, written as if it were of UTC: nearly all of them say 17:00 or 23:59, in summer as in winter. It
 * is taken for Brussels', as the rules of the programmes have it; read as an instant, people would be told
 * two hours too many.
 */
function deadline(text: string, kind: ParsedCall['kind']): ParsedCall['deadlines'][number] {
  const at = portalDate(text);
  const timeTold = !at.endsWith('T00:00:00.000Z');
  return { at: kind === 'cascade' && timeTold ? brusselsClock(at) : at, timeTold };
}

const textOf = (html: string): string => unglued(htmlToText(html, isTopicKind));

function sections(fields: Fields): Section[] {
  const under = (field: string, kind: Section['kind'], title: string): Section[] => {
    const html = fields.first(field);
    return html ? [{ kind, title, text: textOf(html) }] : [];
  };
  const description = fields.first('descriptionByte') ?? fields.first('description');
  return [
    ...(description ? sectionsOf(description) : []),
    ...under('topicConditions', 'conditions', 'Conditions'),
    // Of cascade calls: how to apply, and what becomes of an application.
    ...under('furtherInformation', 'other', 'Further information'),
    ...under('beneficiaryAdministration', 'other', 'Application and evaluation'),
  ];
}

function known<T>(table: Record<string, T>, value: string | undefined, field: string): T {
  const found = value !== undefined && Object.hasOwn(table, value) ? table[value] : undefined;
  if (found === undefined)
    throw new Error(`${field} is ${value === undefined ? 'missing' : `"${value}", which is not known`}`);
  return found;
}

const Link = z.looseObject({
  name: z.string().nullish(),
  title: z.string().nullish(),
  url: z.string().nullish(),
});

/**
 * The documents that a row links to. What is no document with a name and an address is no reason to leave the
 * call out.
 */
function documentsOf(links: unknown): CallDocument[] {
  const list = z.array(z.unknown()).safeParse(links);
  return (list.data ?? []).flatMap((link) => {
    const { data } = Link.safeParse(link);
    const document = CallDocument.safeParse({
      title: foldLine(data?.title ?? data?.name ?? ''),
      url: data?.url,
    });
    return document.success && isWebAddress(document.data.url) ? [document.data] : [];
  });
}

/** A JSON value of a field that a call can do without: what cannot be read counts as not told. */
function optionalJson(fields: Fields, field: string): unknown {
  try {
    return fields.json(field, z.unknown());
  } catch {
    return undefined;
  }
}

/** What more a topic's row tells, as far as it tells it. */
function ofTopic(fields: Fields, actions: Action[]): Partial<ParsedCall> {
  const documents = documentsOf(optionalJson(fields, 'links'));
  const mission = foldLine(
    htmlToText(fields.first('missionDescription') ?? fields.first('missionDetails') ?? ''),
  );
  const [crossCutting, search] = [fields.words('crossCuttingPriorities'), fields.first('allowPartnerSearch')];
  const { lumpSum } = actionFacts(actions);
  return {
    ...(lumpSum !== null && { lumpSum }),
    ...(mission && { mission }),
    ...(crossCutting.length > 0 && { crossCutting }),
    ...(documents.length > 0 && { documents }),
    ...((search === 'true' || search === 'false') && { partnerSearch: search === 'true' }),
  };
}

/**
 * One row as a call. Throws, with the field named, where something that a call cannot do without is missing
 * or unknown.
 */
export function parseRow(row: Row): ParsedCall {
  const fields = new Fields(row.metadata);
  const actions = fields.json('actions', z.array(Action)) ?? [];
  const kind = known(KINDS, fields.first('type'), 'type');
  const identifier = fields.first('identifier') ?? null;
  const facts = actionFacts(actions);
  const opens = facts.opensAt ?? fields.first('startDate');
  const overview = fields.first('budgetOverview');
  const types = fields.all('typesOfAction').length ? fields.all('typesOfAction') : facts.typesOfAction;
  const title = foldLine(fields.first('title') ?? '');
  if (!title) throw new Error('title is missing');
  const keywords = [...fields.words('keywords'), ...fields.words('tags')].filter(
    (k) => k !== identifier && k !== fields.first('callIdentifier'),
  );
  const base: ParsedCall = {
    dataSource: fields.first('DATASOURCE') ?? 'SEDIA',
    reference: row.reference,
    language: row.language,
    title,
    kind,
    identifier,
    callIdentifier: fields.first('callIdentifier') ?? null,
    callTitle: fields.first('callTitle') ?? null,
    programme: fields.first('frameworkProgramme') ? programmeOf(fields.first('frameworkProgramme')!) : null,
    divisions: fields.all('programmeDivision'),
    typesOfAction: types,
    sourceStatus: known(STATUSES, fields.first('status'), 'status'),
    opensAt: opens ? portalDate(opens) : null,
    deadlineModel: facts.deadlineModel(fields.first('deadlineModel')),
    deadlines: fields.all('deadlineDate').map((d) => deadline(d, kind)),
    budget: overview && identifier && kind === 'grant' ? budgetOf(overview, identifier) : null,
    destination: fields.first('destinationDescription') ?? null,
    keywords,
    sections: sections(fields),
    url: pageOf(fields, kind, row.reference),
    alsoAt: [],
  };
  if (kind === 'cascade') return { ...base, budget: amountOf(fields), ...ofCascade(base, fields) };
  if (kind === 'external-action') return { ...base, budget: amountOf(fields), ...ofExternalAction(fields) };
  return { ...base, ...ofTopic(fields, actions) };
}
