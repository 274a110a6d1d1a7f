import { z } from 'zod';

const text = z.string().nullable();
/** Euros; null if not stated. */
const euros = z.number().nullable();

/** An organisation in a project, as the portal's index names it. */
const PortalParticipant = z.object({
  pic: z.string().min(1),
  /** `coordinator`, `participant`, `associatedPartner` … */
  role: z.string(),
  name: text,
  /** Two letters, as the Commission writes them: EL, UK. */
  country: text,
  city: text,
  contribution: euros,
});
export type PortalParticipant = z.infer<typeof PortalParticipant>;

/** A funded project, as the portal's index shows it. What it does not state is null. */
export const PortalProject = z.object({
  /** The number of its grant agreement. */
  id: z.string().min(1),
  acronym: text,
  title: text,
  objective: text,
  topics: z.array(z.string().min(1)),
  topicTitle: text,
  programme: text,
  start: z.iso.date().nullable(),
  end: z.iso.date().nullable(),
  signedOn: z.iso.date().nullable(),
  status: text,
  totalCost: euros,
  contribution: euros,
  participants: z.array(PortalParticipant),
});
export type PortalProject = z.infer<typeof PortalProject>;

/** A row of the index: a project may have several, for its deliverables for instance. */
export const PortalProjectRow = z.object({ reference: z.string().min(1), project: PortalProject });
export type PortalProjectRow = z.infer<typeof PortalProjectRow>;

const KEYS = Object.keys(PortalProject.shape) as (keyof PortalProject)[];
const states = (value: PortalProject[keyof PortalProject]): boolean =>
  value !== null && !(Array.isArray(value) && value.length === 0);

/** Returns a project with what it does not state, if the other does. */
export function filled(project: PortalProject, other: PortalProject): PortalProject {
  const rest = KEYS.filter((key) => !states(project[key])).map((key) => [key, other[key]] as const);
  return { ...project, ...(Object.fromEntries(rest) as Partial<PortalProject>) };
}

/**
 * Joins the rows of each project: the row that names its participants comes first, and what it does not state
 * is taken from the others.
 */
export function joinedProjects(rows: readonly PortalProjectRow[]): PortalProject[] {
  const named = ({ project }: PortalProjectRow): number => (project.participants.length ? 0 : 1);
  const sorted = [...rows].sort((a, b) => named(a) - named(b) || (a.reference < b.reference ? -1 : 1));
  const projects = new Map<string, PortalProject>();
  for (const { project } of sorted) {
    const known = projects.get(project.id);
    projects.set(project.id, known ? filled(known, project) : project);
  }
  return [...projects.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What a change of a project is noted of. */
const CHANGING = ['contribution', 'totalCost', 'participants', 'status'] as const;

export interface ProjectChange {
  at: string;
  field: (typeof CHANGING)[number];
  from: unknown;
  to: unknown;
}

type Seen = Record<ProjectChange['field'], unknown>;

const seenIn = ({ contribution, totalCost, participants, status }: PortalProject): Seen => ({
  contribution,
  totalCost,
  participants: participants.map(({ name, pic }) => name ?? pic).sort(),
  status,
});

/** Who takes part, and as what; their amounts follow the project's. */
const roles = (participants: readonly PortalParticipant[]): string =>
  JSON.stringify(participants.map(({ pic, role }) => [pic, role]).sort());

function differ(a: PortalProject, b: PortalProject, field: ProjectChange['field']): boolean {
  return field === 'participants' ? roles(a.participants) !== roles(b.participants) : a[field] !== b[field];
}

/** Returns what a reader would see differ; a value that is missing this time is no change. */
export function projectChanges(before: PortalProject, after: PortalProject, at: string): ProjectChange[] {
  const [from, to] = [seenIn(before), seenIn(after)];
  return CHANGING.filter((field) => states(after[field]) && differ(before, after, field)).map((field) => ({
    at,
    field,
    from: from[field],
    to: to[field],
  }));
}
