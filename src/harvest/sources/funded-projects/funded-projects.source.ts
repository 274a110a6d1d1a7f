import { z } from 'zod';
import {
  defineSource,
  type ParsedPage,
  type PlanContext,
  type RawDocument,
  type ReadDocument,
  type SourceRequest,
} from '../../domain/source.js';
import { batches } from '../../../kernel/collections.js';
import { type ListPart, planParts } from '../_kit/plan-rounds.js';
import {
  Fields,
  PAGE_SIZE,
  portalDay,
  readInto,
  readJson,
  search,
  SearchAnswer,
} from '../_kit/portal/row.js';
import { foldLine, foldText } from '../../../calls/domain/visible-text.js';
import type { PortalParticipant, PortalProjectRow } from '../../../funded-projects/domain/portal-project.js';
import { ShapeError } from '../../../kernel/errors.js';
import { htmlToText } from '../_kit/html-text.js';
import { saveAndFix } from '../_kit/site-checks.js';
import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';
import { isCoordinator } from '../../../funded-projects/domain/won-project.js';

const INDEX = 'SEDIA_NONH2020_PROD';
/** The most topics per request. */
const TOPICS_AT_ONCE = 50;

/** What is read of a project; the rest of a row, of megabytes at times, is not requested. */
const FIELDS = [
  'projectId',
  'acronym',
  'title',
  'objective',
  'topicAbbreviation',
  'topicDescription',
  'programAbbreviation',
  'status',
  'startDate',
  'endDate',
  'ecSignatureDate',
  'overallBudget',
  'euContributionAmount',
  'participants',
];

/** Requests a page of the projects of some topics, whose identifiers are compared letter by letter. */
const projectsRequest = (
  key: string,
  topics: readonly string[],
  { number, order, size = PAGE_SIZE }: { number: number; order: 'ASC' | 'DESC'; size?: number },
): SourceRequest =>
  search(
    key,
    { number, size },
    {
      query: { bool: { must: [{ terms: { topicAbbreviation: topics } }] } },
      languages: ['en'],
      sort: { field: 'projectId', order },
      displayFields: FIELDS,
    },
    INDEX,
  );

/**
 * Returns the next requests: the projects of all topics, some topics at a time, until there are as many rows
 * as the last page says. Rows of one project tie, so that one may be on two pages and another on none: then
 * all are read once more.
 */
function plan(done: ReadDocument[], { scan, topics = [] }: PlanContext): SourceRequest[] {
  const parts = batches(topics, TOPICS_AT_ONCE).map((some, i): ListPart => {
    const name = `topics-${i + 1}`;
    return {
      name,
      request: (index, round) =>
        projectsRequest(`${name}: ${index + 1}.${round}`, some, {
          number: index + 1,
          order: (scan + round) % 2 === 0 ? 'ASC' : 'DESC',
        }),
    };
  });
  const next = planParts(parts, PAGE_SIZE, done);
  return next === 'whole' ? [] : next;
}

const Amount = z.union([z.string(), z.number()]).nullish();
const Participants = z.array(
  z.object({
    pic: z.union([z.string().min(1), z.number().int()]),
    role: z.string().nullish(),
    legalName: z.string().nullish(),
    eucontribution: Amount,
    postalAddress: z
      .object({
        city: z.string().nullish(),
        countryCode: z.object({ abbreviation: z.string().nullish() }).nullish(),
      })
      .nullish(),
  }),
);

const line = (text: string | null | undefined): string | null => foldLine(text ?? '') || null;

/** An amount in euros, written as a number with a decimal point. An empty one is not stated. */
function euros(written: z.infer<typeof Amount>): number | null {
  const text = String(written ?? '').trim();
  if (text === '') return null;
  if (!/^\d{1,15}(?:\.\d{1,6})?$/.test(text)) throw new Error(`"${text}" is not an amount`);
  return Number(text);
}

const dayOf = (written: string | undefined): string | null =>
  written === undefined ? null : portalDay(written);

const participantsIn = (fields: Fields): PortalParticipant[] =>
  (fields.json('participants', Participants) ?? []).map(
    ({ pic, role, legalName, eucontribution, postalAddress }) => ({
      pic: String(pic),
      role: line(role) ?? '',
      name: line(legalName),
      country: line(postalAddress?.countryCode?.abbreviation),
      city: line(postalAddress?.city),
      contribution: euros(eucontribution),
    }),
  );

function projectIn(reference: string, fields: Fields): PortalProjectRow {
  const id = line(fields.first('projectId'));
  if (id === null) throw new Error('projectId is missing');
  const topics = fields.all('topicAbbreviation').flatMap((topic) => line(topic) ?? []);
  if (topics.length === 0) throw new Error('topicAbbreviation is missing');
  return {
    reference,
    project: {
      id,
      acronym: line(fields.first('acronym')),
      title: line(fields.first('title')),
      objective: foldText(htmlToText(fields.first('objective') ?? '')) || null,
      topics,
      topicTitle: line(fields.first('topicDescription')),
      programme: line(fields.first('programAbbreviation')),
      start: dayOf(fields.first('startDate')),
      end: dayOf(fields.first('endDate')),
      signedOn: dayOf(fields.first('ecSignatureDate')),
      status: line(fields.first('status')),
      totalCost: euros(fields.first('overallBudget')),
      contribution: euros(fields.first('euContributionAmount')),
      participants: participantsIn(fields),
    },
  };
}

/** Parses a page of funded projects. Throws ShapeError if it, or every row, is not in the known form. */
function parse(document: RawDocument): ParsedPage {
  const answer = SearchAnswer.safeParse(readJson(document));
  if (!answer.success)
    throw new ShapeError(
      `the index of projects changed shape: ${z.prettifyError(answer.error)}`,
      answer.error,
    );
  const { totalResults, results } = answer.data;
  const page: ParsedPage = { total: totalResults, calls: [], unread: [], links: [], projects: [] };
  for (const row of results)
    readInto(page, row, ({ reference, metadata }) =>
      page.projects!.push(projectIn(reference, new Fields(metadata))),
    );
  if (page.unread.length > 1 && page.unread.length === results.length)
    throw new ShapeError(
      `the index of projects changed shape, none of ${results.length} rows could be read: ${page.unread[0]!.why}`,
    );
  return page;
}

/** A topic whose projects have long been signed. */
const TOPIC = 'HORIZON-CL5-2021-D2-01-01';
const first = projectsRequest('first', [TOPIC], { number: 1, order: 'ASC' });
const none = projectsRequest('none', ['CARNOT-EUROPE-NO-SUCH-TOPIC'], { number: 1, order: 'ASC', size: 1 });

/** The page, if it has any projects: another check says if not. */
function shown(seen: CheckAnswers): ParsedPage & Required<Pick<ParsedPage, 'projects'>> {
  const page = parse(seen.document(first.key));
  if (!page.projects?.length) throw new NothingToSee(`no project of ${TOPIC}`);
  return { ...page, projects: page.projects };
}

function judgeTopic(seen: CheckAnswers): Seen {
  const { total, projects = [], unread } = parse(seen.document(first.key));
  const strange = projects.filter(({ project }) => !project.topics.includes(TOPIC)).length;
  return {
    seen: `${projects.length} of ${total} rows, ${strange} of other topics, ${unread.length} unreadable`,
    holds: projects.length > 0 && projects.length + unread.length === total && strange === 0,
  };
}

function judgeNone(seen: CheckAnswers): Seen {
  const { total } = parse(seen.document(none.key));
  return { seen: `${total} rows of a topic that does not exist`, holds: total === 0 };
}

function judgeParticipants(seen: CheckAnswers): Seen {
  const { projects } = shown(seen);
  const all = projects.flatMap(({ project }) => project.participants);
  const leading = projects.filter(({ project }) => project.participants.some(isCoordinator)).length;
  return {
    seen: `${all.length} participants, a coordinator in ${leading} of ${projects.length} rows`,
    holds: leading > 0 && all.every((p) => /^\d{9,10}$/.test(p.pic)),
  };
}

function judgeAmounts(seen: CheckAnswers): Seen {
  const { projects } = shown(seen);
  const stated = projects.filter(({ project }) => project.contribution !== null).length;
  return { seen: `${stated} of ${projects.length} rows state a contribution`, holds: stated > 0 };
}

const FIX = saveAndFix('funded-projects.source.ts');

/** The assumptions about the index; `fixtures/where.md` says where each was seen. */
const checks: SourceCheck[] = [
  {
    id: 'topic',
    assumption: 'The projects of a topic are found by its identifier, and no others',
    otherwise: `Nobody is told who won, or it is told of other topics. ${FIX}`,
    requests: () => [first],
    judge: judgeTopic,
  },
  {
    id: 'none',
    assumption: 'A topic without projects has none',
    otherwise: `The filter is ignored, and every project would count for every call. ${FIX}`,
    requests: () => [none],
    judge: judgeNone,
  },
  {
    id: 'participants',
    assumption: 'A project names its participants by their number, and its coordinator',
    otherwise: `Nobody is told whom to call. ${FIX}`,
    requests: () => [first],
    judge: judgeParticipants,
  },
  {
    id: 'amounts',
    assumption: 'Projects state what the EU contributes',
    otherwise: `Projects are shown without amounts. ${FIX}`,
    requests: () => [first],
    judge: judgeAmounts,
  },
];

/**
 * The portal's index of funded projects: who won under the topics that an open call continues or is close
 * to. It is asked for those topics alone, since of all its rows only the first 10,000 can be reached.
 */
export const source = defineSource({
  id: 'funded-projects',
  name: 'Funded projects of the EU Funding & Tenders Portal',
  frenchName: 'Projets financés du portail EU Funding & Tenders',
  homepage:
    'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/projects-results',
  origin: 'https://api.tech.ec.europa.eu',
  everyHours: 72,
  requestsPerMinute: 60,
  coverage: 'window',
  expectsAtLeast: 0,
  // What is asked for follows what institutes do: in quiet weeks nothing is new.
  quietAfterDays: 365,
  topics: [],
  lineage: true,
  plan,
  parse,
  checks,
});
