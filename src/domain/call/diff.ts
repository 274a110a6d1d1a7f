import { z } from 'zod';
import { canonicalJson } from './content-hash.js';
import type { CallContent } from './call-content.js';

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

function sectionChanges(before: CallContent, after: CallContent): Change[] {
  const keyed = (c: CallContent) => new Map(c.sections.map((s, i) => [`${s.kind}/${s.title}/${c.sections.slice(0, i).filter((o) => o.kind === s.kind && o.title === s.title).length}`, s]));
  const [old, now] = [keyed(before), keyed(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [from, to] = [old.get(key), now.get(key)];
    if (from?.text === to?.text) return [];
    const kind = (from ?? to)!.kind === 'conditions' ? ('conditions' as const) : ('text' as const);
    return [{ kind, field: `sections.${(from ?? to)!.title || (from ?? to)!.kind}`, from: from?.text ?? null, to: to?.text ?? null }];
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
