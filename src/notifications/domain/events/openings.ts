import { sentencesOfChanges } from '../../../calls/domain/facts/change-sentences.js';
import type { CallItem, Message } from '../content/message.js';

/**
 * Whether the only news is that a call has opened, mostly known long before. Its planned opening no longer
 * matters.
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
 * Splits a digest into calls that merely opened, one line each, and the rest, in full. Urgent messages show
 * all in full.
 */
export function byOpening({ kind, items }: Pick<Message, 'kind' | 'items'>): {
  opened: CallItem[];
  inFull: CallItem[];
} {
  const opened = kind === 'digest' ? items.filter(merelyOpened) : [];
  return { opened, inFull: items.filter((item) => !opened.includes(item)) };
}
