import { toldChanges } from './change-sentences.js';
import type { CallItem, Message } from './message.js';

/** Whether nothing is told of a call but that it has opened: on most days that was known long before. */
const merelyOpened = ({ changes, call, urgency }: CallItem): boolean =>
  urgency === null && changes.length > 0 && toldChanges(changes, 'en', call).every((told) => told.changes.length > 0 && told.changes.every((c) => c.kind === 'opened'));

/** The calls of a digest that merely opened, which a line each tells of, and the others, each in full. What comes at once is alone, and in full. */
export function byOpening({ kind, items }: Pick<Message, 'kind' | 'items'>): { opened: CallItem[]; inFull: CallItem[] } {
  const opened = kind === 'digest' ? items.filter(merelyOpened) : [];
  return { opened, inFull: items.filter((item) => !opened.includes(item)) };
}
