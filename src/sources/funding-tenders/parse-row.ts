import { z } from 'zod';
import { brusselsClock } from '../../domain/call/brussels.js';
import type { ParsedCall, Section } from '../../domain/call/parsed-call.js';
import { foldLine } from '../../domain/call/visible-text.js';
import { htmlToText } from '../_kit/html-text.js';
import { unglued } from './glued-lines.js';
import { budgetOf } from './parse-budget.js';
import { portalDate } from './portal-date.js';
import { programmeOf } from './programmes.js';
import { isTopicKind, sectionsOf } from './topic-sections.js';

/** A row of the search's answer. Every value of `metadata` is a list. */
export const Row = z.object({
  reference: z.string(),
  language: z.string(),
  metadata: z.record(z.string(), z.array(z.string())),
});
export type Row = z.infer<typeof Row>;

const Action = z.object({
  plannedOpeningDate: z.string().nullish(),
  deadlineModel: z.string().nullish(),
  submissionProcedure: z.object({ abbreviation: z.string().nullish() }).nullish(),
  types: z.array(z.object({ typeOfAction: z.string().nullish() })).nullish(),
});

const KINDS: Record<string, ParsedCall['kind']> = { '1': 'grant', '2': 'external-action', '8': 'cascade' };
// 31094501 is forthcoming and 31094502 open; several public scrapers have the two the wrong way round.
const STATUSES: Record<string, ParsedCall['sourceStatus']> = { '31094501': 'forthcoming', '31094502': 'open', '31094503': 'closed' };
const MODELS: Record<string, ParsedCall['deadlineModel']> = {
  'single-stage': 'single-stage', 'two-stage': 'two-stage', 'multiple cut-off': 'multiple-cut-off',
};

/**
 * Midnight UTC is how the portal writes a deadline whose time it does not tell. A cascade call's time is that of a clock, written as if it were of UTC:
 * nearly all of them say 17:00 or 23:59, in summer as in winter. It is taken for Brussels', as the rules of the programmes have it; read as an instant,
 * people would be told two hours too many.
 */
const deadline = (text: string, kind: ParsedCall['kind']): ParsedCall['deadlines'][number] => {
  const at = portalDate(text);
  const timeTold = !at.endsWith('T00:00:00.000Z');
  return { at: kind === 'cascade' && timeTold ? brusselsClock(at) : at, timeTold };
};

const PORTAL = 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities';

const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

/** Some rows name their data file, which is no page for a person. */
function pageOf(url: string | undefined, kind: ParsedCall['kind'], identifier: string | null, reference: string): string | null {
  if (url && isWebAddress(url) && !url.includes('/opportunities/data/')) return url;
  if (kind === 'grant' && identifier) return `${PORTAL}/topic-details/${encodeURIComponent(identifier)}`;
  return kind === 'external-action' ? `${PORTAL}/prospect-details/${encodeURIComponent(reference)}` : null;
}

function sections(first: (field: string) => string | undefined): Section[] {
  const [description, conditions] = [first('descriptionByte'), first('topicConditions')];
  return [
    ...(description ? sectionsOf(description) : []),
    ...(conditions ? [{ kind: 'conditions' as const, title: 'Conditions', text: unglued(htmlToText(conditions, isTopicKind)) }] : []),
  ];
}

function known<T>(table: Record<string, T>, value: string | undefined, field: string): T {
  const found = value !== undefined && Object.hasOwn(table, value) ? table[value] : undefined;
  if (found === undefined) throw new Error(`${field} is ${value === undefined ? 'missing' : `"${value}", which is not known`}`);
  return found;
}

/** One row as a call. Throws, with the field named, where something that a call cannot do without is missing or unknown. */
export function parseRow(row: Row): ParsedCall {
  const all = (field: string): string[] => row.metadata[field] ?? [];
  const first = (field: string): string | undefined => all(field)[0];
  const actions = first('actions') ? z.array(Action).parse(JSON.parse(first('actions')!)) : [];
  const kind = known(KINDS, first('type'), 'type');
  const identifier = first('identifier') ?? null;
  const opens = actions[0]?.plannedOpeningDate ?? first('startDate');
  const overview = first('budgetOverview');
  const types = all('typesOfAction').length ? all('typesOfAction') : actions.flatMap((a) => a.types ?? []).flatMap((t) => t.typeOfAction ?? []);
  const title = foldLine(first('title') ?? '');
  if (!title) throw new Error('title is missing');
  return {
    dataSource: first('DATASOURCE') ?? 'SEDIA', reference: row.reference, language: row.language,
    title, kind, identifier,
    callIdentifier: first('callIdentifier') ?? null,
    callTitle: first('callTitle') ?? null,
    programme: first('frameworkProgramme') ? programmeOf(first('frameworkProgramme')!) : null,
    divisions: all('programmeDivision'),
    typesOfAction: types,
    sourceStatus: known(STATUSES, first('status'), 'status'),
    opensAt: opens ? portalDate(opens) : null,
    deadlineModel: MODELS[actions[0]?.deadlineModel ?? actions[0]?.submissionProcedure?.abbreviation ?? first('deadlineModel') ?? ''] ?? null,
    deadlines: all('deadlineDate').map((d) => deadline(d, kind)),
    // A cascade call carries its parent's identifier, whose budget is not its own.
    budget: overview && identifier && kind !== 'cascade' ? budgetOf(overview, identifier) : null,
    destination: first('destinationDescription') ?? null,
    keywords: [...all('keywords'), ...all('tags')].filter((k) => k !== identifier && k !== first('callIdentifier')),
    sections: sections(first),
    url: pageOf(first('url'), kind, identifier, row.reference),
    alsoAt: [],
  };
}
