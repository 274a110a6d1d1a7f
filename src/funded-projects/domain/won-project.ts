import { type HistoryProject, staysIn } from './history-project.js';
import type { PortalProject } from './portal-project.js';

/** How a topic is related to a call: it is its own, an earlier edition, or one on the same subject. */
export const LINEAGES = ['own', 'identifier', 'title', 'text'] as const;
export type Lineage = (typeof LINEAGES)[number];

/** A topic that projects were funded under, and why it is looked at. */
export interface RelatedTopic {
  code: string;
  title: string | null;
  lineage: Lineage;
}

export interface WonParticipant {
  pic: string;
  role: string;
  name: string | null;
  country: string | null;
  contribution: number | null;
}

/** A funded project of a related topic, as the portal's index and the files of CORDIS state it together. */
export interface WonProject {
  id: string;
  acronym: string | null;
  title: string | null;
  objective: string | null;
  topic: RelatedTopic;
  start: string | null;
  end: string | null;
  signedOn: string | null;
  status: string | null;
  totalCost: number | null;
  contribution: number | null;
  participants: WonParticipant[];
  /** Who says so. */
  by: ('portal' | 'cordis')[];
}

export const isCoordinator = ({ role }: Pick<WonParticipant, 'role'>): boolean => /^coordinator$/i.test(role);

export const coordinatorsOf = ({ participants }: Pick<WonProject, 'participants'>): WonParticipant[] =>
  participants.filter(isCoordinator);

/** The participants, coordinators first. */
const inOrder = (all: WonParticipant[]): WonParticipant[] =>
  [...all].sort((a, b) => Number(isCoordinator(b)) - Number(isCoordinator(a)));

type Stated = Omit<WonProject, 'topic' | 'by'>;

const ofPortal = (project: PortalProject): Stated => ({
  id: project.id,
  acronym: project.acronym,
  title: project.title,
  objective: project.objective,
  start: project.start,
  end: project.end,
  signedOn: project.signedOn,
  status: project.status,
  totalCost: project.totalCost,
  contribution: project.contribution,
  participants: inOrder(
    project.participants.map(({ pic, role, name, country, contribution }) => ({
      pic,
      role,
      name,
      country,
      contribution,
    })),
  ),
});

const ofCordis = (project: HistoryProject): Stated => ({
  id: project.id,
  acronym: project.acronym,
  title: project.title,
  objective: project.objective,
  start: project.start,
  end: project.end,
  signedOn: null,
  status: project.status,
  totalCost: project.totalCost,
  contribution: project.ecMaxContribution,
  participants: inOrder(
    project.participants.filter(staysIn).map(({ pic, role, name, country, ecContribution }) => ({
      pic,
      role,
      name,
      country,
      contribution: ecContribution,
    })),
  ),
});

/** Fills in what one source leaves out from the other; the portal's index is the newer one. */
function together(portal: Stated, cordis: Stated): Stated {
  const named = new Map(cordis.participants.map((p) => [p.pic, p]));
  return {
    ...portal,
    acronym: portal.acronym ?? cordis.acronym,
    title: portal.title ?? cordis.title,
    objective: portal.objective ?? cordis.objective,
    start: portal.start ?? cordis.start,
    end: portal.end ?? cordis.end,
    status: portal.status ?? cordis.status,
    totalCost: portal.totalCost ?? cordis.totalCost,
    contribution: portal.contribution ?? cordis.contribution,
    participants: portal.participants.length
      ? portal.participants.map((p) => ({
          ...p,
          name: p.name ?? named.get(p.pic)?.name ?? null,
          country: p.country ?? named.get(p.pic)?.country ?? null,
          contribution: p.contribution ?? named.get(p.pic)?.contribution ?? null,
        }))
      : cordis.participants,
  };
}

/** The day by which projects are ordered in time. */
export const beginningOf = ({ start, signedOn }: Pick<WonProject, 'start' | 'signedOn'>): string =>
  start ?? signedOn ?? '';

/**
 * Returns the projects of related topics, each once, those of the call's own topic and of other editions
 * first, the newest of each first. A project of two topics stands with the nearer one.
 */
export function wonProjects(
  topics: readonly RelatedTopic[],
  portal: readonly PortalProject[],
  cordis: readonly HistoryProject[],
): WonProject[] {
  const topicOf = new Map(
    [...topics]
      .sort((a, b) => LINEAGES.indexOf(b.lineage) - LINEAGES.indexOf(a.lineage))
      .map((topic) => [topic.code.toLowerCase(), topic]),
  );
  const nearest = (codes: readonly string[]): RelatedTopic | undefined =>
    codes
      .flatMap((code) => topicOf.get(code.toLowerCase()) ?? [])
      .sort((a, b) => LINEAGES.indexOf(a.lineage) - LINEAGES.indexOf(b.lineage))[0];
  const [shown, filed] = [
    new Map(portal.map((p) => [p.id, p])),
    new Map(cordis.map((p) => [p.id, p] as const)),
  ];
  return [...new Set([...shown.keys(), ...filed.keys()])]
    .flatMap((id): WonProject[] => {
      const [a, b] = [shown.get(id), filed.get(id)];
      const topic = nearest([...(a?.topics ?? []), ...(b?.topics.map((t) => t.code) ?? [])]);
      if (!topic) return [];
      const stated = a && b ? together(ofPortal(a), ofCordis(b)) : a ? ofPortal(a) : ofCordis(b!);
      return [
        { ...stated, topic, by: [...(a ? ['portal' as const] : []), ...(b ? ['cordis' as const] : [])] },
      ];
    })
    .sort(
      (a, b) =>
        LINEAGES.indexOf(a.topic.lineage) - LINEAGES.indexOf(b.topic.lineage) ||
        compare(beginningOf(b), beginningOf(a)) ||
        compare(a.id, b.id),
    );
}

/** Compares by character codes. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
