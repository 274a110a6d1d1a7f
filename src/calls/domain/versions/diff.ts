import { z } from 'zod';
import { canonicalJson } from './content-hash.js';
import type { CallContent, Deadline } from '../call-content.js';
import { BESIDE, type BesideFields, type Section } from '../parsed-call.js';
import { foldTitle } from '../visible-text.js';
import { MINUTE_MS } from '../../../kernel/durations.js';

/**
 * What happened to a call. `opened`: its source says open where it said forthcoming. `extended`, `forward`: a
 * deadline, first or later, moved later or earlier, by a minute or more. `opening`: the opening date moved.
 * `closed`: its source closed it, or dropped it at its deadline; `withdrawn`: dropped it well before.
 * `budget`: the topic's total. `notice`: its publisher wrote a note on it.
 * `details`: all else.
 */
export const CHANGE_KINDS = [
  'new',
  'opened',
  'extended',
  'forward',
  'opening',
  'closed',
  'withdrawn',
  'reappeared',
  'budget',
  'text',
  'conditions',
  'notice',
  'identity',
  'details',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/**
 * One change of one field. `from` and `to` are the values as they stand in the contents; null where there was
 * or is none.
 */
export const Change = z.object({
  kind: z.enum(CHANGE_KINDS),
  field: z.string(),
  from: z.unknown(),
  to: z.unknown(),
});
export type Change = z.infer<typeof Change>;

/** Place and role rules are words of the text and the titles: these are told where they change. */
type Plain = Exclude<
  keyof CallContent,
  'sections' | 'deadlines' | 'budget' | 'sourceStatus' | 'place' | 'roleRules'
>;
const OWN: Record<Exclude<Plain, keyof BesideFields>, ChangeKind> = {
  dataSource: 'identity',
  reference: 'identity',
  language: 'identity',
  identifier: 'identity',
  callIdentifier: 'identity',
  title: 'text',
  trl: 'text',
  opensAt: 'opening',
  callTitle: 'details',
  kind: 'details',
  programme: 'details',
  divisions: 'details',
  typesOfAction: 'details',
  destination: 'details',
  keywords: 'details',
  url: 'details',
  alsoAt: 'details',
  deadlineModel: 'details',
};
const KINDS = { ...OWN, ...Object.fromEntries(BESIDE.map((field) => [field, 'details'])) } as Record<
  Plain,
  ChangeKind
>;

const same = (a: unknown, b: unknown): boolean => canonicalJson(a as never) === canonicalJson(b as never);

/**
 * Which section of before one of after is, the surest first: one that stayed, one of the same name, one under
 * another heading.
 */
const PAIRS: ((a: Section, b: Section) => boolean)[] = [
  (a, b) => a.kind === b.kind && a.title === b.title && a.text === b.text,
  (a, b) => a.kind === b.kind && a.title === b.title,
  (a, b) => a.text === b.text,
];

function paired(before: Section[], after: Section[]): [Section | null, Section | null][] {
  const [old, now] = [[...before], [...after]];
  const pairs = PAIRS.flatMap((fits) =>
    [...old].flatMap((a): [Section, Section][] => {
      const at = now.findIndex((b) => fits(a, b));
      if (at < 0) return [];
      old.splice(old.indexOf(a), 1);
      return [[a, now.splice(at, 1)[0]!]];
    }),
  );
  return [
    ...pairs,
    ...old.map((a): [Section, null] => [a, null]),
    ...now.map((b): [null, Section] => [null, b]),
  ];
}

/** A second of the same name has its number, so that the two are not taken for one. */
function fieldOf(section: Section, all: Section[]): string {
  const alike = all.filter((s) => s.kind === section.kind && s.title === section.title);
  return `sections.${section.title || section.kind}${alike.indexOf(section) > 0 ? ` (${alike.indexOf(section) + 1})` : ''}`;
}

/** Where lines are broken nobody reads: sources lose breaks, and we set some that they lost. */
const solid = (text: string | undefined): string | undefined => text?.replace(/\s+/g, '');

/**
 * A new order of the same sections is no change that a reader would name; of one that only has another
 * heading its text is not told.
 */
function sectionChanges(before: CallContent, after: CallContent): Change[] {
  return paired(before.sections, after.sections).flatMap(([from, to]): Change[] => {
    const field = to ? fieldOf(to, after.sections) : fieldOf(from!, before.sections);
    if (solid(from?.text) !== solid(to?.text)) {
      const kind = (to ?? from)!.kind === 'conditions' ? 'conditions' : 'text';
      return [{ kind, field, from: from?.text ?? null, to: to?.text ?? null }];
    }
    return from!.title === to!.title ? [] : [{ kind: 'details', field, from: from!.title, to: to!.title }];
  });
}

/**
 * One added behind the last gives more time, the last one taken away gives less; one that is stated first is
 * neither.
 */
function endMoved(from: Deadline[], to: Deadline[]): number {
  if (!from.length || !to.length || from.length === to.length) return 0;
  return Date.parse(to.at(-1)!.at) - Date.parse(from.at(-1)!.at);
}

const toTheMinute = (deadlines: Deadline[]): Deadline[] =>
  deadlines.map(({ told: _, ...deadline }) => deadline);

/** Of several deadlines one may move later and another earlier: then both is told. */
function deadlineChanges(before: CallContent, after: CallContent): Change[] {
  const [from, to] = [toTheMinute(before.deadlines), toTheMinute(after.deadlines)];
  if (same(from, to)) return [];
  const each =
    from.length === to.length
      ? to.map((d, i) => Date.parse(d.at) - Date.parse(from[i]!.at))
      : [endMoved(from, to)];
  const kinds = new Set(
    each
      .filter((ms) => Math.abs(ms) >= MINUTE_MS)
      .map((ms) => (ms > 0 ? ('extended' as const) : ('forward' as const))),
  );
  const told: ChangeKind[] = kinds.size ? [...kinds].sort() : ['details'];
  return told.map((kind) => ({ kind, field: 'deadlines', from, to }));
}

/** The topic's total is its budget; how it is cut into grants is a detail, unless nothing else is stated. */
function budgetChanges({ budget: from }: CallContent, { budget: to }: CallContent): Change[] {
  if (same(from, to)) return [];
  const whole = (b: CallContent['budget']) => b && { currency: b.currency, total: b.total };
  const part = (b: CallContent['budget']) =>
    b && { currency: b.currency, min: b.minContribution, max: b.maxContribution };
  const stated = (from?.total ?? null) !== null || (to?.total ?? null) !== null;
  const kind = (stated ? same(whole(from), whole(to)) : same(part(from), part(to))) ? 'details' : 'budget';
  return [{ kind, field: 'budget', from, to }];
}

function statusChanges({ sourceStatus: from }: CallContent, { sourceStatus: to }: CallContent): Change[] {
  if (from === to) return [];
  const kind = to === 'closed' ? 'closed' : from === 'forthcoming' && to === 'open' ? 'opened' : 'details';
  return [{ kind, field: 'sourceStatus', from, to }];
}

/**
 * That the name of a programme came to be known is no change of the call, nor that a footnote went from a
 * title.
 */
function compared(field: keyof typeof KINDS, content: CallContent): unknown {
  if (field === 'programme') return content.programme?.code;
  return field === 'title' || field === 'callTitle' || field === 'destination'
    ? foldTitle(content[field] ?? '')
    : content[field];
}

/** Every difference that a reader would see between two contents, field by field. */
export function changesBetween(before: CallContent, after: CallContent): Change[] {
  const plain = (Object.keys(KINDS) as (keyof typeof KINDS)[])
    .filter((f) => !same(compared(f, before), compared(f, after)))
    .map((f) => ({ kind: KINDS[f], field: f, from: before[f] ?? null, to: after[f] ?? null }));
  return [
    ...plain,
    ...statusChanges(before, after),
    ...deadlineChanges(before, after),
    ...budgetChanges(before, after),
    ...sectionChanges(before, after),
  ];
}

/** The kinds of some changes, each once, in the order of the list above. */
export const kindsOf = (changes: Change[]): ChangeKind[] =>
  CHANGE_KINDS.filter((kind) => changes.some((c) => c.kind === kind));
