import { canonicalJson } from '../../calls/domain/index.js';
import type { Profile } from './profile.js';

/**
 * Matches depend on these parts of a profile; a change of contacts alone leaves them as they are, and so does
 * what a competence is called to readers.
 */
const matchedParts = ({ competences, trackRecord }: Profile): string =>
  canonicalJson({ competences: competences.map(({ labels: _, ...c }) => c), trackRecord });

/** Whether two say the same; none is like no profile. */
export const sameProfile = (a: Profile | null, b: Profile): boolean =>
  a !== null && canonicalJson(a) === canonicalJson(b);

/** The revision of a profile once it says this: it moves on where the matches have to be made again. */
export const revisionWith = (row: { content: Profile; revision: number }, content: Profile): number =>
  matchedParts(row.content) === matchedParts(content) ? row.revision : row.revision + 1;
