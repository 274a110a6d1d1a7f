import type { Change } from '../../../calls/domain/versions/diff.js';
import { type Behind, changeSentences } from '../../../calls/domain/facts/change-sentences.js';

/**
 * Fields that are no news by themselves: how a source files the call, and where to find it. Shown with other
 * changes.
 */
const QUIET = new Set([
  'keywords',
  'divisions',
  'crossCutting',
  'url',
  'alsoAt',
  'sections',
  'documents',
  'partnerSearch',
]);

/** Whether anything among these changes is worth a message. */
export const isNews = (changes: Change[], call: Behind): boolean =>
  changeSentences(
    changes.filter((c) => !QUIET.has(c.field)),
    'en',
    call,
  ).length > 0;
