import { z } from 'zod';
import { canonicalJson } from './content-hash.js';
import type { CallContent, Deadline } from './call-content.js';
import type { Section } from './parsed-call.js';

/**
 * What happened to a call. `opened`: its source says open where it said forthcoming. `extended`, `forward`: a deadline, first
 * or later, moved later or earlier, by a minute or more. `opening`: the opening date moved. `closed`: its source closed it, or
 * dropped it at its deadline; `withdrawn`: dropped it well before. `budget`: the topic's total. `details`: all else.
 */
export const CHANGE_KINDS = [
  'new', 'opened', 'extended', 'forward', 'opening', 'closed', 'withdrawn', 'reappeared', 'budget', 'text', 'conditions', 'identity', 'details',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One change of one field. `from` and `to` are the values as they stand in the contents; null where there was or is none. */
export const Change = z.object({ kind: z.enum(CHANGE_KINDS), field: z.string(), from: z.unknown(), to: z.unknown() });
export type Change = z.infer<typeof Change>;

const KINDS: Record<Exclude<keyof CallContent, 'sections' | 'deadlines' | 'budget' | 'sourceStatus'>, ChangeKind> = {
  dataSource: 'identity', reference: 'identity', language: 'identity', identifier: 'identity', callIdentifier: 'identity',
  title: 'text', trl: 'text', opensAt: 'opening', callTitle: 'details', kind: 'details', programme: 'details', divisions: 'details',
  typesOfAction: 'details', destination: 'details', keywords: 'details', url: 'details', alsoAt: 'details', deadlineModel: 'details',
};

const MINUTE = 60_000;

const same = (a: unknown, b: unknown): boolean => canonicalJson(a as never) === canonicalJson(b as never);

/** Sections by kind and title; a second of the same name has its number, so that the two are not taken for one. */
function named(sections: Section[]): Map<string, { section: Section; field: string }> {
  const count = new Map<string, number>();
  return new Map(sections.map((section) => {
    const name = `${section.kind}/${section.title}`;
    const nth = (count.get(name) ?? 0) + 1;
    count.set(name, nth);
    const field = `sections.${section.title || section.kind}${nth > 1 ? ` (${nth})` : ''}`;
    return [`${name}/${nth}`, { section, field }];
  }));
}

/** A new order of the same sections is no change that a reader would name. */
function sectionChanges(before: CallContent, after: CallContent): Change[] {
  const [old, now] = [named(before.sections), named(after.sections)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [from, to] = [old.get(key)?.section.text ?? null, now.get(key)?.section.text ?? null];
    if (from === to) return [];
    const { section, field } = (old.get(key) ?? now.get(key))!;
    return [{ kind: section.kind === 'conditions' ? ('conditions' as const) : ('text' as const), field, from, to }];
  });
}

/** One added behind the last gives more time, the last one taken away gives less; one that is stated first is neither. */
function endMoved(from: Deadline[], to: Deadline[]): number {
  if (!from.length || !to.length || from.length === to.length) return 0;
  return Date.parse(to.at(-1)!.at) - Date.parse(from.at(-1)!.at);
}

/** Of several deadlines one may move later and another earlier: then both is told. */
function deadlineChanges({ deadlines: from }: CallContent, { deadlines: to }: CallContent): Change[] {
  if (same(from, to)) return [];
  const each = from.length === to.length ? to.map((d, i) => Date.parse(d.at) - Date.parse(from[i]!.at)) : [endMoved(from, to)];
  const kinds = new Set(each.filter((ms) => Math.abs(ms) >= MINUTE).map((ms) => (ms > 0 ? ('extended' as const) : ('forward' as const))));
  const told: ChangeKind[] = kinds.size ? [...kinds].sort() : ['details'];
  return told.map((kind) => ({ kind, field: 'deadlines', from, to }));
}

/** The topic's total is its budget; how it is cut into grants is a detail, unless nothing else is stated. */
function budgetChanges({ budget: from }: CallContent, { budget: to }: CallContent): Change[] {
  if (same(from, to)) return [];
  const whole = (b: CallContent['budget']) => b && { currency: b.currency, total: b.total };
  const part = (b: CallContent['budget']) => b && { currency: b.currency, min: b.minContribution, max: b.maxContribution };
  const stated = (from?.total ?? null) !== null || (to?.total ?? null) !== null;
  const kind = (stated ? same(whole(from), whole(to)) : same(part(from), part(to))) ? 'details' : 'budget';
  return [{ kind, field: 'budget', from, to }];
}

function statusChanges({ sourceStatus: from }: CallContent, { sourceStatus: to }: CallContent): Change[] {
  if (from === to) return [];
  const kind = to === 'closed' ? 'closed' : from === 'forthcoming' && to === 'open' ? 'opened' : 'details';
  return [{ kind, field: 'sourceStatus', from, to }];
}

/** Every difference that a reader would see between two contents, field by field. */
export function changesBetween(before: CallContent, after: CallContent): Change[] {
  const plain = (Object.keys(KINDS) as (keyof typeof KINDS)[])
    .filter((f) => !same(before[f], after[f]))
    .map((f) => ({ kind: KINDS[f], field: f, from: before[f] ?? null, to: after[f] ?? null }));
  return [
    ...plain, ...statusChanges(before, after), ...deadlineChanges(before, after), ...budgetChanges(before, after), ...sectionChanges(before, after),
  ];
}

/** The kinds of some changes, each once, in the order of the list above. */
export const kindsOf = (changes: Change[]): ChangeKind[] => CHANGE_KINDS.filter((kind) => changes.some((c) => c.kind === kind));
