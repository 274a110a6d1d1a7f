import { canonicalJson, sha256 } from '../../../kernel/hash.js';
import type { CallContent } from '../call-content.js';

/**
 * Hashes a content; equal if and only if a reader sees no difference. The source's page is not content, nor
 * are a deadline's seconds.
 */
export function contentHash(content: CallContent): string {
  const { alsoAt, ...rest } = content;
  const deadlines = content.deadlines.map(({ told: _, ...deadline }) => deadline);
  // Omitted if empty, so that contents from before it was known keep their hash.
  return sha256(canonicalJson({ ...rest, deadlines, ...(alsoAt.length && { alsoAt }) }));
}

/**
 * Returns the key of a call within a source. A topic's identifier is not one: 41 of them are on 201 of the
 * portal's records.
 */
export const sourceRecordKey = (c: Pick<CallContent, 'dataSource' | 'reference' | 'language'>): string =>
  `${c.dataSource}/${c.reference}/${c.language}`;
