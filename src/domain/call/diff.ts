import { z } from 'zod';
import { canonicalJson } from './content-hash.js';
import type { CallContent } from './call-content.js';
import type { Section } from './parsed-call.js';

/** What changed, in the field's words. `from` and `to` are the values as they stand in the contents. */
export const Change = z.object({
  kind: z.enum(['title', 'text', 'conditions', 'deadline', 'opening', 'opened', 'budget', 'identity', 'other']),
  field: z.string(),
  from: z.unknown(),
  to: z.unknown(),
});
export type Change = z.infer<typeof Change>;

const KINDS: Record<keyof CallContent, Change['kind']> = {
  dataSource: 'identity', reference: 'identity', language: 'identity', identifier: 'identity', callIdentifier: 'identity',
  title: 'title', callTitle: 'title',
  kind: 'other', programme: 'other', divisions: 'other', typesOfAction: 'other', destination: 'other', keywords: 'other',
  url: 'other', trl: 'text',
  sourceStatus: 'opened', opensAt: 'opening', deadlineModel: 'deadline', deadlines: 'deadline', budget: 'budget',
  sections: 'text',
};

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

function sectionChanges(before: CallContent, after: CallContent): Change[] {
  const [old, now] = [named(before.sections), named(after.sections)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [from, to] = [old.get(key)?.section.text ?? null, now.get(key)?.section.text ?? null];
    if (from === to) return [];
    const { section, field } = (old.get(key) ?? now.get(key))!;
    return [{ kind: section.kind === 'conditions' ? ('conditions' as const) : ('text' as const), field, from, to }];
  });
}

/** Every difference that a reader would see between two contents, field by field; empty where the hashes are equal. */
export function changesBetween(before: CallContent, after: CallContent): Change[] {
  const fields = (Object.keys(KINDS) as (keyof CallContent)[]).filter((f) => f !== 'sections');
  const plain = fields
    .filter((f) => !same(before[f], after[f]))
    .map((f) => ({ kind: KINDS[f], field: f, from: before[f] ?? null, to: after[f] ?? null }));
  const text = sectionChanges(before, after);
  const reordered = !text.length && !same(before.sections, after.sections);
  return [...plain, ...text, ...(reordered ? [{ kind: 'text' as const, field: 'sections', from: before.sections, to: after.sections }] : [])];
}
