import { z } from 'zod';

const words = z.string().trim().min(1).max(100);
/** What a French term is in English: one term, or up to three with the most usual first. */
const EnglishTerms = z.union([words, z.array(words).min(1).max(3)]);

/** What one file of `config/vocabulary` holds. */
export const Vocabulary = z.strictObject({
  /** A French term in its basic form and its English ones. */
  french: z.record(words, EnglishTerms).default({}),
  /** An acronym of either language as it is written and what it stands for, in English. */
  acronyms: z.record(z.string().trim().min(2).max(20), EnglishTerms).default({}),
  /** English terms that calls use as one; the first is the one to keep. */
  same: z.array(z.array(words).min(2).max(12)).default([]),
});
export type Vocabulary = z.infer<typeof Vocabulary>;

/** So many terms of its own a profile may bring. */
const MOST_OWN_TERMS = 500;

/** A profile's own French terms, which go before those of `config/vocabulary`. */
export const OwnVocabulary = z
  .record(words, EnglishTerms)
  .refine((all) => Object.keys(all).length <= MOST_OWN_TERMS, `holds more than ${MOST_OWN_TERMS} terms`);
export type OwnVocabulary = z.infer<typeof OwnVocabulary>;

export const asList = (terms: string | string[]): string[] => (Array.isArray(terms) ? terms : [terms]);
