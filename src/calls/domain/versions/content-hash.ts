import { createHash } from 'node:crypto';
import type { CallContent } from '../call-content.js';

type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

/** Returns JSON with sorted object keys, so that equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const keys = Object.keys(value)
    .filter((k) => value[k] !== undefined)
    .sort();
  return `{${keys.map((k) => `${JSON.stringify(k)}:${canonicalJson(value[k])}`).join(',')}}`;
}

/** SHA-256, hex. */
export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

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
