import { z } from 'zod';
import { ShapeError } from '../../../kernel/errors.js';

const Id = z.union([z.number(), z.string()]).transform(String);
const Named = z.looseObject({ id: Id });
const Words = z.array(z.string()).nullish();
const Html = z.string().nullish();

const Action = z.looseObject({
  status: z.looseObject({ id: Id }),
  plannedOpeningDate: z.union([z.string(), z.number()]).nullish(),
  deadlineDates: z.array(z.union([z.string(), z.number()])).nullish(),
});

/** The fields read of a topic's own file: `…/data/topicDetails/<identifier in small letters>.json`. */
const Details = z.looseObject({
  ccm2Id: z.union([z.number().int().positive().transform(String), z.string().regex(/^\d{1,15}$/)]),
  identifier: z.string().min(1),
  title: z.string().min(1),
  callIdentifier: Html,
  callTitle: Html,
  description: Html,
  conditions: Html,
  destinationDescription: Html,
  destinationDetails: Html,
  missionDescription: Html,
  missionDetails: Html,
  frameworkProgramme: Named.nullish(),
  programmeDivision: z.array(Named).nullish(),
  keywords: Words,
  tags: Words,
  crossCuttingPriorities: Words,
  actions: z.array(Action).min(1),
  allowPartnerSearch: z.boolean().nullish(),
  budgetOverviewJSONItem: z.unknown(),
  latestInfos: z.unknown(),
  links: z.unknown(),
});

const list = (value: string | null | undefined): string[] => (value ? [value] : []);
const json = (value: unknown): string[] =>
  value === null || value === undefined ? [] : [JSON.stringify(value)];

/**
 * Converts a topic's own file to the form of its search row, so that both are read by the same rules. Its
 * reference is the one in the search: the topic's number, and the language. Throws ShapeError if it is not in
 * the known form.
 */
export function detailsRow(details: unknown): unknown {
  const read = Details.safeParse(details);
  if (!read.success)
    throw new ShapeError(`the topic's own file changed shape: ${z.prettifyError(read.error)}`, read.error);
  const d = read.data;
  const deadlines = [...new Set(d.actions.flatMap((a) => a.deadlineDates ?? []).map(String))];
  return {
    reference: `${d.ccm2Id}TOPICSen`,
    language: 'en',
    metadata: {
      identifier: [d.identifier],
      title: [d.title],
      callIdentifier: list(d.callIdentifier),
      callTitle: list(d.callTitle),
      type: ['1'],
      DATASOURCE: ['SEDIA'],
      status: [d.actions[0]!.status.id],
      actions: json(
        d.actions.map((a) => ({
          ...a,
          plannedOpeningDate:
            typeof a.plannedOpeningDate !== 'string' && typeof a.plannedOpeningDate !== 'number'
              ? null
              : String(a.plannedOpeningDate),
        })),
      ),
      deadlineDate: deadlines,
      frameworkProgramme: list(d.frameworkProgramme?.id),
      programmeDivision: (d.programmeDivision ?? []).map((p) => p.id),
      destinationDescription: list(d.destinationDescription),
      missionDescription: list(d.missionDescription ?? d.missionDetails),
      descriptionByte: list(d.description),
      topicConditions: list(d.conditions),
      keywords: d.keywords ?? [],
      tags: d.tags ?? [],
      crossCuttingPriorities: d.crossCuttingPriorities ?? [],
      budgetOverview: json(d.budgetOverviewJSONItem),
      latestInfos: json(d.latestInfos),
      links: json(d.links),
      allowPartnerSearch: typeof d.allowPartnerSearch === 'boolean' ? [String(d.allowPartnerSearch)] : [],
    },
  };
}
