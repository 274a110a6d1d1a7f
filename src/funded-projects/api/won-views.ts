import { z } from 'zod';
import { organisationPage, projectPage } from '../../calls/domain/page/outside-pages.js';
import { Contactable } from '../domain/whom-to-call.js';
import { isCoordinator, LINEAGES, type WonParticipant, type WonProject } from '../domain/won-project.js';
import type { WonBeforeWithResults } from '../projects-of-call.js';

const euros = z.number().nullable();

const Organisation = z.object({
  pic: z.string().describe('its number in the participant register'),
  name: z.string().nullable(),
  country: z.string().nullable(),
  page: z.string().nullable().describe('on the portal'),
});

const Topic = z.object({
  code: z.string(),
  title: z.string().nullable(),
  lineage: z
    .enum(LINEAGES)
    .describe(
      'own: the topic of the call itself; identifier, title: an earlier edition, by what it is recognised; text: a topic whose title has the words that distinguish the call',
    ),
});

const WonProjectView = z.object({
  id: z.string(),
  acronym: z.string().nullable(),
  title: z.string().nullable(),
  topic: Topic,
  start: z.iso.date().nullable(),
  end: z.iso.date().nullable(),
  signedOn: z.iso.date().nullable(),
  status: z.string().nullable(),
  totalCost: euros.describe('in euros; null if not stated'),
  contribution: euros.describe('of the EU, in euros; null if not stated'),
  coordinators: z.array(Organisation),
  partners: z.array(Organisation),
  more: z.number().int().describe('how many partners are not named'),
  by: z.array(z.enum(['portal', 'cordis'])).describe('who says so'),
  page: z.string().nullable().describe('on CORDIS'),
});

/** The most projects that are shown, and partners of each. */
const [MOST_PROJECTS, MOST_PARTNERS] = [60, 40];

export const CallProjects = z
  .object({
    topics: z.array(Topic.extend({ projects: z.number().int() })),
    total: z.number().int().describe('how many were looked at: the newest 200 of each source at most'),
    projects: z
      .array(WonProjectView)
      .describe('up to 60; the topic itself and earlier editions first, the newest of each first'),
    asOf: z.iso.datetime().nullable().describe('when the portal’s index was last read for them'),
    whomToCall: z
      .array(Contactable)
      .describe(
        'up to five organisations that coordinated there, by how often, how recently, and whether an institute has worked with them',
      ),
    results: z
      .array(
        z.object({
          call: z.uuid(),
          identifier: z.string(),
          day: z.iso.date().describe('of the note'),
          submitted: z.number().int(),
          funded: z.number().int(),
          quote: z.string(),
        }),
      )
      .describe('how many proposals were submitted and funded, where an official note states both'),
  })
  .meta({ id: 'CallProjects' });
export type CallProjects = z.infer<typeof CallProjects>;

const organisation = ({ pic, name, country }: Pick<WonParticipant, 'pic' | 'name' | 'country'>) => ({
  pic,
  name,
  country,
  page: organisationPage(pic),
});

function projectView(project: WonProject): z.infer<typeof WonProjectView> {
  const { objective: _, participants, ...stated } = project;
  const others = participants.filter((p) => !isCoordinator(p));
  return {
    ...stated,
    coordinators: participants.filter(isCoordinator).map(organisation),
    partners: others.slice(0, MOST_PARTNERS).map(organisation),
    more: Math.max(0, others.length - MOST_PARTNERS),
    page: projectPage(project.id),
  };
}

export function callProjects(won: WonBeforeWithResults): CallProjects {
  const { topics, projects, asOf, whomToCall, results } = won;
  const of = (code: string): number => projects.filter((p) => p.topic.code === code).length;
  return {
    topics: topics.map((topic) => ({ ...topic, projects: of(topic.code) })).filter((t) => t.projects > 0),
    total: projects.length,
    projects: projects.slice(0, MOST_PROJECTS).map(projectView),
    asOf: asOf && asOf.toISOString(),
    whomToCall,
    results: results.map(({ callId, identifier, day, submitted, funded, quote }) => ({
      call: callId,
      identifier,
      day,
      submitted,
      funded,
      quote,
    })),
  };
}
