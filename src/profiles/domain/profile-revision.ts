import { canonicalJson } from '../../kernel/hash.js';
import type { Profile } from './profile.js';

/**
 * The parts of a profile that matches depend on; changing only contacts, or translated labels, leaves matches
 * as they are.
 */
const matchedParts = ({ competences, trackRecord }: Profile): string =>
  canonicalJson({ competences: competences.map(({ labels: _, ...c }) => c), trackRecord });

/** Whether two profiles have the same content; null differs from every profile. */
export const sameProfile = (a: Profile | null, b: Profile): boolean =>
  a !== null && canonicalJson(a) === canonicalJson(b);

/** Returns the revision of a profile with this content: increased if it must be matched again. */
export const revisionWith = (row: { content: Profile; revision: number }, content: Profile): number =>
  matchedParts(row.content) === matchedParts(content) ? row.revision : row.revision + 1;
