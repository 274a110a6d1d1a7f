import { z } from 'zod';
import { organisationPage, projectPage } from '../../calls/domain/page/outside-pages.js';
import type { Contactable } from '../domain/whom-to-call.js';
import { isCoordinator, LINEAGES, type WonParticipant, type WonProject } from '../domain/won-project.js';
import type { StatedResults, WonBefore } from '../projects-of-call.js';

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

export const ContactableView = Organisation.extend({
  coordinated: z.array(z.object({ id: z.string(), acronym: z.string().nullable() })),
  of: z.number().int().describe('how many projects were looked at'),
  latest: z.iso.date().nullable().describe('when the newest of them began'),
  partnerOf: z
    .object({
      institute: z.object({ id: z.string(), name: z.string() }),
      project: z.string().describe('its acronym'),
      start: z.iso.date().nullable(),
      end: z.iso.date().nullable(),
    })
    .nullable()
    .describe('the newest public project with the caller’s institute, or else with another one'),
}).meta({ id: 'WhomToCall' });
export type ContactableView = z.infer<typeof ContactableView>;

/** The most projects that are shown, and partners of each. */
const [MOST_PROJECTS, MOST_PARTNERS] = [60, 40];

export const CallProjects = z
  .object({
    topics: z.array(Topic.extend({ projects: z.number().int() })),
    total: z.number().int(),
    projects: z
      .array(WonProjectView)
      .describe('up to 60; the topic itself and earlier editions first, the newest of each first'),
    asOf: z.iso.datetime().nullable().describe('when the portal’s index was last read for them'),
    whomToCall: z
      .array(ContactableView)
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

export const contactableView = ({ partnerOf, ...one }: Contactable): ContactableView => ({
  ...one,
  page: organisationPage(one.pic),
  partnerOf: partnerOf && {
    institute: partnerOf.institute,
    project: partnerOf.project,
    start: partnerOf.start,
    end: partnerOf.end,
  },
});

export function callProjects(won: WonBefore, results: readonly StatedResults[]): CallProjects {
  const { topics, projects, asOf, whomToCall } = won;
  const of = (code: string): number => projects.filter((p) => p.topic.code === code).length;
  return {
    topics: topics.map((topic) => ({ ...topic, projects: of(topic.code) })).filter((t) => t.projects > 0),
    total: projects.length,
    projects: projects.slice(0, MOST_PROJECTS).map(projectView),
    asOf: asOf && asOf.toISOString(),
    whomToCall: whomToCall.map(contactableView),
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
