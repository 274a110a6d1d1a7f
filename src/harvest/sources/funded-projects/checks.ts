import type { CheckAnswers, Seen, SourceCheck } from '../../domain/check.js';
import { NothingToSee } from '../../domain/check.js';
import { isCoordinator } from '../../../funded-projects/domain/won-project.js';
import type { ParsedPage } from '../../domain/source.js';
import { parse } from './parse.js';
import { projectsRequest } from './plan.js';

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

const FIX = 'Save the answers as fixtures and fix';

/** The assumptions about the index; `fixtures/where.md` says where each was seen. */
export const checks: SourceCheck[] = [
  {
    id: 'topic',
    assumption: 'The projects of a topic are found by its identifier, and no others',
    otherwise: `Nobody is told who won, or it is told of other topics. ${FIX} plan.ts.`,
    requests: () => [first],
    judge: judgeTopic,
  },
  {
    id: 'none',
    assumption: 'A topic without projects has none',
    otherwise: `The filter is ignored, and every project would count for every call. ${FIX} plan.ts.`,
    requests: () => [none],
    judge: judgeNone,
  },
  {
    id: 'participants',
    assumption: 'A project names its participants by their number, and its coordinator',
    otherwise: `Nobody is told whom to call. ${FIX} parse.ts.`,
    requests: () => [first],
    judge: judgeParticipants,
  },
  {
    id: 'amounts',
    assumption: 'Projects state what the EU contributes',
    otherwise: `Projects are shown without amounts. ${FIX} parse.ts.`,
    requests: () => [first],
    judge: judgeAmounts,
  },
];
