import { DateTime } from 'luxon';
import { z } from 'zod';
import { BRUSSELS, brusselsDate, Day, daysBetween } from '../../kernel/brussels.js';
import type { Deadline } from '../../calls/domain/call-content.js';
import { translateTo } from '../../i18n/translate.js';
import { Language } from '../../kernel/language.js';
import { AWAITING_RESULT, BEFORE_SUBMISSION, type Stage, SUBMITTED } from './stage.js';

const Label = z.string().trim().min(1).max(120);
/** Nobody plans further ahead. */
const MOST_DAYS = 1_000;
export const MOST_MILESTONES = 30;

/** An institute's own date on the way to the closing date. */
export const Milestone = z.object({
  id: z.uuid(),
  label: Label,
  on: Day,
  before: z
    .number()
    .int()
    .min(0)
    .max(MOST_DAYS)
    .nullable()
    .describe('days before the closing date, with which it moves; null if the day is set by hand'),
  personId: z.uuid().nullable().describe('who is responsible'),
  doneAt: z.iso.datetime().nullable(),
});
export type Milestone = z.infer<typeof Milestone>;

/** The milestones that an institute plans back from each closing date. */
export const MilestoneTemplate = z
  .array(z.object({ label: Label, before: z.number().int().min(0).max(MOST_DAYS) }))
  .max(MOST_MILESTONES);
export type MilestoneTemplate = z.infer<typeof MilestoneTemplate>;

/** The default milestones, with the days before the closing date. */
const USUAL = [
  ['idea', 120],
  ['partners', 90],
  ['draft', 45],
  ['budget', 30],
  ['signatures', 14],
  ['submission', 2],
] as const;

/** The template of an institute that has not set its own. */
export const usualTemplate = (language: Language): MilestoneTemplate =>
  USUAL.map(([name, before]) => ({ label: translateTo(language)(`usual-milestone.${name}`), before }));

type UsualName = (typeof USUAL)[number][0];

/** The names of the default milestones in every language. */
const USUAL_LABELS = new Map<string, UsualName>(
  USUAL.flatMap(([name]) =>
    Language.options.map((language): [string, UsualName] => [
      translateTo(language)(`usual-milestone.${name}`),
      name,
    ]),
  ),
);

/**
 * The label as shown to a reader: default milestones in the reader's language, others as they were written.
 */
export function labelFor(label: string, language: Language): string {
  const usual = USUAL_LABELS.get(label);
  return usual === undefined ? label : translateTo(language)(`usual-milestone.${usual}`);
}

/** Whether two labels are the same, also if they are in two languages. */
const sameLabel = (a: string, b: string): boolean => a === b || labelFor(a, 'en') === labelFor(b, 'en');

/** The label to store: a translation of the existing one does not count as a change. */
export const keptLabel = (given: string, standing: string | undefined): string =>
  standing !== undefined && sameLabel(given, standing) ? standing : given;

/** The milestones of a template that are not planned yet. */
export const unplanned = (
  template: MilestoneTemplate,
  there: readonly { label: string }[],
): MilestoneTemplate => template.filter((t) => !there.some((m) => sameLabel(m.label, t.label)));

/** The working day that many days before the deadline, but not before today. */
function dayBefore(deadlineAt: string, days: number, today: string): string {
  const day = DateTime.fromISO(deadlineAt, { zone: BRUSSELS }).minus({ days });
  const working = day.minus({ days: Math.max(0, day.weekday - 5) }).toISODate()!;
  return working < today ? today : working;
}

/** Creates milestones from a template; `newId` returns their ids. */
export const planned = (
  template: MilestoneTemplate,
  deadlineAt: string,
  today: string,
  newId: () => string,
): Milestone[] =>
  template.map(({ label, before }) => ({
    id: newId(),
    label,
    on: dayBefore(deadlineAt, before, today),
    before,
    personId: null,
    doneAt: null,
  }));

/**
 * The milestones for a moved deadline: those done stay, those set by hand move by the same number of days.
 */
export function movedMilestones(
  { milestones, deadlineAt }: { milestones: Milestone[]; deadlineAt: string | null },
  to: string,
  today: string,
): Milestone[] {
  const by = deadlineAt === null ? 0 : daysBetween(deadlineAt, to);
  return milestones.map((m) => {
    if (m.doneAt !== null) return m;
    if (m.before !== null) return { ...m, on: dayBefore(to, m.before, today) };
    const on = DateTime.fromISO(m.on).plus({ days: by }).toISODate()!;
    return { ...m, on: on < today && m.on >= today ? today : on };
  });
}

/** The day up to which milestones are done with, since the bid was submitted for it; null before. */
export const submittedFor = ({
  stage,
  deadlineAt,
}: {
  stage: Stage;
  deadlineAt: string | null;
}): string | null =>
  deadlineAt !== null && SUBMITTED.includes(stage) ? brusselsDate(new Date(deadlineAt)) : null;

/**
 * The date to which the deadline of an opportunity moved: the call's nearest deadline; null if it did not
 * move, or by hours alone, as two sources may tell it.
 */
export function movedDeadline(deadlineAt: string | null, deadlines: { at: string }[]): string | null {
  const times = deadlines.map((d) => Date.parse(d.at));
  if (times.length === 0) return null;
  const present = deadlineAt === null ? null : Date.parse(deadlineAt);
  if (present === null) return new Date(Math.min(...times)).toISOString();
  if (times.some((t) => daysBetween(new Date(present), new Date(t)) === 0)) return null;
  const nearest = times.reduce((a, b) => (Math.abs(b - present) < Math.abs(a - present) ? b : a));
  return new Date(nearest).toISOString();
}

/** The moved deadline while it still matters: not once the bid is submitted or given up. */
export const deadlineToAccept = (
  { stage, deadlineAt }: { stage: Stage; deadlineAt: string | null },
  deadlines: { at: string }[],
): string | null => (BEFORE_SUBMISSION.includes(stage) ? movedDeadline(deadlineAt, deadlines) : null);

type Dated = Pick<Deadline, 'at' | 'kind'>;

const isSecondStage = ({ at, kind }: Dated, first: number): boolean =>
  kind === 'stage-2' && Date.parse(at) > first;

/** The stages of bids whose outline is in, or may be. */
const AT_FIRST_STAGE: readonly Stage[] = ['preparing', 'submitted'];

export type LaterDeadline = { at: string; kind: 'stage-2' | 'cut-off' };

/**
 * The closing date that a bid may be prepared for next, once its own has passed: of the second stage, or of a
 * later cut-off if it was not submitted.
 */
export function laterDeadline(
  { stage, deadlineAt }: { stage: Stage; deadlineAt: string | null },
  deadlines: Dated[],
  now: Date,
): LaterDeadline | null {
  const own = deadlineAt === null ? Infinity : Date.parse(deadlineAt);
  // A first stage that was extended is still to close.
  const first = deadlines.find(({ kind }) => kind === 'stage-1');
  if (Math.max(own, first ? Date.parse(first.at) : 0) > now.getTime()) return null;
  const isNext = (d: Dated): boolean =>
    isSecondStage(d, own)
      ? AT_FIRST_STAGE.includes(stage)
      : d.kind === 'cut-off' && Date.parse(d.at) > now.getTime() && BEFORE_SUBMISSION.includes(stage);
  const next = deadlines.find(isNext);
  if (!next) return null;
  return { at: new Date(next.at).toISOString(), kind: next.kind === 'stage-2' ? 'stage-2' : 'cut-off' };
}

/** The deadline to prepare for: the next one, or the last if all have passed. */
export const aimedAt = (deadlines: { at: string }[], now: Date): string | null => {
  const times = deadlines.map((d) => Date.parse(d.at)).sort((a, b) => a - b);
  const at = times.find((t) => t > now.getTime()) ?? times.at(-1);
  return at === undefined ? null : new Date(at).toISOString();
};

/**
 * Months from the closing date until applicants are informed, and until agreements are signed (Horizon Europe
 * regulation, article 31); of a first stage, until the second opens to them (Horizon Europe programme guide).
 */
const RESULT_MONTHS = 5;
const CONTRACT_MONTHS = 8;
const FIRST_STAGE_MONTHS = 3;

export interface Expected {
  result: string | null;
  contract: string | null;
  /** What to ask the institute, once the expected day has passed. */
  question: 'result' | 'contract' | null;
}

/** What of a bid decides when its result is expected. */
interface Awaiting {
  stage: Stage;
  deadlineAt: string | null;
  signedOn: string | null;
  /** The last day on which the committee votes on the awards of the call, if that is known. */
  votesUntil: string | null;
  /** Those of the call. */
  deadlines: Dated[];
}

/** The days of result and contract that are still expected, and the question to ask once they have passed. */
export function expectedOf(bid: Awaiting, today: string): Expected {
  const { stage, deadlineAt, signedOn, votesUntil, deadlines } = bid;
  const waits = AWAITING_RESULT.includes(stage);
  if (deadlineAt === null || !(waits || stage === 'funded'))
    return { result: null, contract: null, question: null };
  const after = (months: number): string =>
    DateTime.fromISO(deadlineAt, { zone: BRUSSELS }).plus({ months }).toISODate()!;
  if (stage === 'submitted' && deadlines.some((d) => isSecondStage(d, Date.parse(deadlineAt)))) {
    const result = after(FIRST_STAGE_MONTHS);
    return { result, contract: null, question: today > result ? 'result' : null };
  }
  const result = votesUntil ?? after(RESULT_MONTHS);
  const contract = [result, after(CONTRACT_MONTHS)].sort()[1]!;
  const question =
    waits && today > result
      ? 'result'
      : stage === 'funded' && signedOn === null && today > contract
        ? 'contract'
        : null;
  return { result: waits ? result : null, contract: signedOn === null ? contract : null, question };
}
