import { z } from 'zod';
import { AnalysedLanguage, Language } from '../../kernel/language.js';
import { TrackRecord } from './track-record.js';
import { Preferences } from './preferences.js';
import { OwnVocabulary } from './vocabulary.js';

const Label = z.string().trim().min(2).max(200);

/** A thing that an institute can do, in the words in which a call would ask for it. */
export const Competence = z.strictObject({
  /** What it is known by: in files, to its people, in matches. */
  label: Label,
  /** What it is called to readers of a language, where that is not its label. */
  labels: z.strictObject({ fr: Label.optional(), en: Label.optional() }).optional(),
  description: z.string().trim().max(4000).default(''),
  /** Words and phrases in any language; French and English both help. */
  keywords: z.array(z.string().trim().min(2).max(100)).max(200).default([]),
  /** A call that holds one of these is not matched through this competence. */
  exclusions: z.array(z.string().trim().min(2).max(100)).max(100).default([]),
  /** How much it counts beside the institute's other competences; 1 is ordinary. */
  weight: z.number().min(0).max(5).default(1),
});
export type Competence = z.infer<typeof Competence>;

export const Contact = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(320),
  /** The institute's, where it is left out. */
  language: Language.optional(),
});
export type Contact = z.infer<typeof Contact>;

const sameAddress = (a: Contact, b: Contact): boolean => a.email.toLowerCase() === b.email.toLowerCase();

/**
 * So many words and phrases are looked for over all competences: each is looked up in every call. The richest
 * profile that we ship has some 190.
 */
export const MOST_WORDS = 2_000;
export const TOO_MANY_WORDS = `hold more than ${MOST_WORDS} keywords and exclusions in all`;

const fewWords = (all: Competence[]): boolean =>
  all.reduce((sum, c) => sum + c.keywords.length + c.exclusions.length, 0) <= MOST_WORDS;

/** An institute's profile, as `config/institutes/<id>.yaml` holds it and as the API takes it. */
export const Profile = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is not a valid id: use lower-case letters, digits and hyphens'),
  name: z.string().trim().min(2).max(200),
  /** The language in which the institute is written to where a contact says nothing else. */
  language: AnalysedLanguage.default('fr'),
  /** Whether what stands here was checked against a public source or by the institute itself. */
  confirmed: z.boolean().default(false),
  competences: z.array(Competence).min(1).max(50).refine(fewWords, TOO_MANY_WORDS),
  contacts: z
    .array(Contact)
    .max(50)
    .default([])
    .refine(
      (all) => all.every((c, i) => all.findIndex((d) => sameAddress(c, d)) === i),
      'lists the same address twice',
    ),
  /**
   * What the institute would rather have. No call is left out for it, and no score depends on it but for
   * `answersAs`.
   */
  preferences: Preferences.optional(),
  /** Which projects that were funded are its own. */
  trackRecord: TrackRecord.optional(),
  /** French terms that only this institute has, or means in another way, and what they are in English. */
  vocabulary: OwnVocabulary.optional(),
});
export type Profile = z.infer<typeof Profile>;
