import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** Possible headings, each in one of the portal's spellings. */
const SECTION_KINDS = [
  'Expected Outcome',
  'ExpectedOutcome',
  'Scope',
  'Objective',
  'Expected Impact',
  'Specific Challenge',
];

const Days = z.number().int();
/** Days from today; the time, if given, is Brussels time. */
const SampleDeadline = z.union([
  Days.transform((days) => ({ in: days, time: null })),
  z.strictObject({ in: Days, time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) }),
]);

const SampleBudget = z.strictObject({
  total: z.number().positive().optional(),
  /**
   * For a cascade call or external action: the amount as written on the portal, if it is not a plain number
   * of euros.
   */
  asWritten: z.string().min(1).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  expectedGrants: z.number().int().positive().optional(),
  min: z.number().positive().optional(),
  max: z.number().positive().optional(),
});

const Text = z.string().trim().min(1);
// Free keys, checked afterwards: zod returns an enum's keys in the enum's order, but the file's order
// matters.
const Sections = z.record(z.string(), Text).superRefine((sections, context) => {
  const kinds = Object.keys(sections);
  if (kinds.length === 0) context.addIssue({ code: 'custom', message: 'no section' });
  for (const kind of kinds.filter((x) => !SECTION_KINDS.includes(x))) {
    context.addIssue({ code: 'custom', message: `unknown heading "${kind}"` });
  }
});

/** Fields only for cascade calls. Projects have no number here, because it would be that of a real one. */
const OfCascade = {
  /** The topic that funded the project; it must be a sample. */
  parent: z
    .strictObject({ identifier: z.string().startsWith('SAMPLE-'), title: z.string().startsWith('[SAMPLE] ') })
    .optional(),
  project: z.strictObject({ acronym: Text, name: Text }).optional(),
  duration: Text.optional(),
};
const OfExternalAction = { zones: z.array(Text).min(1).optional(), contractType: Text.optional() };
const OfGrant = {
  lumpSum: z.boolean().optional(),
  mission: Text.optional(),
  crossCutting: z.array(Text).min(1).optional(),
  documents: z
    .array(z.strictObject({ title: Text, url: z.url() }))
    .min(1)
    .optional(),
  partnerSearch: z.boolean().optional(),
};
/** What changes in a call after the demo's first week. */
const Later = z.strictObject({
  deadlines: z.array(SampleDeadline).min(1).optional(),
  budget: SampleBudget.optional(),
  conditions: Text.optional(),
});

const ONLY = {
  cascade: Object.keys(OfCascade),
  'external-action': Object.keys(OfExternalAction),
  grant: Object.keys(OfGrant),
};

const SampleCallFields = z.strictObject({
  type: z.enum(['grant', 'cascade', 'external-action']),
  /** The field of research, for people who edit the samples; never served. */
  field: z.string().min(1),
  identifier: z.string().startsWith('SAMPLE-', 'an identifier of a sample begins with SAMPLE-'),
  title: z.string().startsWith('[SAMPLE] ', 'a title of a sample begins with [SAMPLE]'),
  /** The portal's code of the framework programme, e.g. 43108390 for Horizon Europe. */
  programme: z.string().regex(/^\d+$/),
  divisions: z.array(z.string().regex(/^\d+$/)).default([]),
  typeOfAction: z.string().optional(),
  callIdentifier: z.string().startsWith('SAMPLE-').optional(),
  callTitle: z.string().startsWith('[SAMPLE] ').optional(),
  destination: z.string().optional(),
  keywords: z.array(z.string()).default([]),
  opens: Days,
  model: z.enum(['single-stage', 'two-stage', 'multiple cut-off']).default('single-stage'),
  deadlines: z.array(SampleDeadline).default([]),
  budget: SampleBudget.optional(),
  conditions: Text.optional(),
  sections: Sections.optional(),
  text: Text.optional(),
  /** Whether it is published only after the first week. */
  publishedLater: z.literal(true).optional(),
  later: Later.optional(),
  ...OfCascade,
  ...OfExternalAction,
  ...OfGrant,
});

const SampleCall = SampleCallFields.superRefine((call, context) => {
  const wrong = (message: string) =>
    context.addIssue({ code: 'custom', message: `${call.identifier}: ${message}` });
  const days = call.deadlines.map((deadline) => deadline.in);
  if ((call.sections === undefined) === (call.text === undefined)) wrong('has either sections or a text');
  if (call.type === 'grant' && call.typeOfAction === undefined) wrong('a grant has a type of action');
  if (
    call.type !== 'grant' &&
    Object.keys(call.budget ?? {}).some((k) => k !== 'total' && k !== 'asWritten' && k !== 'currency')
  )
    wrong('only a grant has more of a budget than its amount');
  if (call.type === 'grant' && (call.budget?.asWritten ?? call.budget?.currency) !== undefined)
    wrong('only other calls have their budget in another currency or form');
  for (const [type, fields] of Object.entries(ONLY)) {
    for (const field of fields.filter(
      (f) => type !== call.type && call[f as keyof typeof call] !== undefined,
    ))
      wrong(`only a call of type ${type} has "${field}"`);
  }
  if (call.model === 'single-stage' && days.length > 1) wrong('several deadlines need a model');
  if (call.model === 'two-stage' && days.length !== 2) wrong('two stages have two deadlines');
  if (days.some((day, i) => day <= (days[i - 1] ?? call.opens)))
    wrong('opening and deadlines are not in order');
  if (call.later?.deadlines && call.later.deadlines.length !== days.length)
    wrong('later it has as many deadlines as before');
  if (call.publishedLater && call.later) wrong('what is published later is not changed by then');
});

/** An invented call whose dates are days from the day on which the demo runs. */
export type SampleCall = z.infer<typeof SampleCall>;

const SampleFile = z.strictObject({ theme: z.string().min(1), calls: z.array(SampleCall).min(1) });

/**
 * Reads every `*.yaml` of a folder, ordered by file name. Throws an error with file and place if a sample
 * breaks the rules, especially if it could be mistaken for a real call.
 */
export function readSampleCalls(folder: string): SampleCall[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return files.flatMap((name) => {
    const file = SampleFile.safeParse(parse(readFileSync(join(folder, name), 'utf8')));
    if (!file.success) throw new Error(`${join(folder, name)}:\n${z.prettifyError(file.error)}`);
    return file.data.calls;
  });
}
