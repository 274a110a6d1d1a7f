import { sentencesOfChanges } from '../../../calls/domain/index.js';
import type { CallItem, Message } from '../content/message.js';

/**
 * Whether nothing is told of a call but that it has opened: on most days that was known long before. For when
 * it was planned says nothing any more.
 */
function merelyOpened({ changes, call, urgency }: CallItem): boolean {
  const announced = sentencesOfChanges(changes, 'en', call);
  const kinds = announced.flatMap((t) => t.changes.map((c) => c.kind));
  return (
    urgency === null &&
    kinds.includes('opened') &&
    announced.every((t) => t.changes.length > 0) &&
    kinds.every((k) => k === 'opened' || k === 'opening')
  );
}

/**
 * The calls of a digest that merely opened, which a line each tells of, and the others, each in full. What
 * comes at once is alone, and in full.
 */
export function byOpening({ kind, items }: Pick<Message, 'kind' | 'items'>): {
  opened: CallItem[];
  inFull: CallItem[];
} {
  const opened = kind === 'digest' ? items.filter(merelyOpened) : [];
  return { opened, inFull: items.filter((item) => !opened.includes(item)) };
}
