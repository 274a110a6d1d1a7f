import { issue } from '../../kernel/issues.js';
import { z } from 'zod';

const words = z.string().trim().min(1).max(100);
/** The English equivalents of a French term: one, or up to three, the most common first. */
const EnglishTerms = z.union([words, z.array(words).min(1).max(3)]);

/** The content of one file of `config/vocabulary`. */
export const Vocabulary = z.strictObject({
  /** French terms in their base form, with their English equivalents. */
  french: z.record(words, EnglishTerms).default({}),
  /** Acronyms of either language as written, with their meaning in English. */
  acronyms: z.record(z.string().trim().min(2).max(20), EnglishTerms).default({}),
  /** English terms that calls use as synonyms; the first one is kept. */
  same: z.array(z.array(words).min(2).max(12)).default([]),
});
export type Vocabulary = z.infer<typeof Vocabulary>;

/** The maximum number of terms a profile may define. */
const MOST_OWN_TERMS = 500;

/** A profile's own French terms, which override those of `config/vocabulary`. */
export const OwnVocabulary = z
  .record(words, EnglishTerms)
  .refine(
    (all) => Object.keys(all).length <= MOST_OWN_TERMS,
    issue('too-many-terms', { most: MOST_OWN_TERMS }),
  );
export type OwnVocabulary = z.infer<typeof OwnVocabulary>;

export const asList = (terms: string | string[]): string[] => (Array.isArray(terms) ? terms : [terms]);
