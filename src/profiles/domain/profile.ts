import { z } from 'zod';
import { canonicalJson, sha256 } from '../../kernel/hash.js';
import { issue, issueAt } from '../../kernel/issues.js';
import { AnalysedLanguage, Language } from '../../kernel/language.js';
import { TrackRecord } from './track-record.js';
import { Preferences } from './preferences.js';
import { OwnVocabulary } from './vocabulary.js';

const Label = z.string().trim().min(2).max(200);

/** Something an institute can do, in the words that a call would use to ask for it. */
export const Competence = z.strictObject({
  /** Its name in files, for its people and in matches. */
  label: Label,
  /** Its name for readers of a language, if different from its label. */
  labels: z.strictObject({ fr: Label.optional(), en: Label.optional() }).optional(),
  description: z.string().trim().max(4000).default(''),
  /** Words and phrases in any language; French and English both help. */
  keywords: z.array(z.string().trim().min(2).max(100)).max(200).default([]),
  /** A call that contains one of these is not matched by this competence. */
  exclusions: z.array(z.string().trim().min(2).max(100)).max(100).default([]),
  /** Its weight relative to the institute's other competences; 1 is normal. */
  weight: z.number().min(0).max(5).default(1),
});
export type Competence = z.infer<typeof Competence>;

export const Contact = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(320),
  /** The institute's if omitted. */
  language: Language.optional(),
});
export type Contact = z.infer<typeof Contact>;

const sameAddress = (a: Contact, b: Contact): boolean => a.email.toLowerCase() === b.email.toLowerCase();

/**
 * The maximum number of words and phrases of all competences: each is searched for in every call. The richest
 * profile that we ship has about 190.
 */
export const MOST_WORDS = 2_000;

const fewWords = (all: Competence[]): boolean =>
  all.reduce((sum, c) => sum + c.keywords.length + c.exclusions.length, 0) <= MOST_WORDS;

/** An institute's profile, as in `config/institutes/<id>.yaml` and in the API. */
export const Profile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, issue('id')),
  name: z.string().trim().min(2).max(200),
  /** The language of messages to the institute, unless a contact has another. */
  language: AnalysedLanguage.default('fr'),
  /** Whether the content was checked against a public source or by the institute itself. */
  confirmed: z.boolean().default(false),
  competences: z
    .array(Competence)
    .min(1)
    .max(50)
    .refine(fewWords, issue('too-many-keywords', { most: MOST_WORDS }))
    // Its label identifies a competence: exclusions, people and searches of two alike would be mixed up.
    .superRefine((all, rule) =>
      all.forEach(({ label }, i) => {
        if (all.findIndex((c) => c.label === label) < i) rule.addIssue(issueAt([i, 'label'], 'label-twice'));
      }),
    ),
  contacts: z
    .array(Contact)
    .max(50)
    .default([])
    .refine(
      (all) => all.every((c, i) => all.findIndex((d) => sameAddress(c, d)) === i),
      issue('address-twice'),
    ),
  /** The institute's preferences. They exclude no call and, except for `answersAs`, affect no score. */
  preferences: Preferences.optional(),
  /** Which funded projects are its own. */
  trackRecord: TrackRecord.optional(),
  /** French terms that only this institute uses, or uses differently, with their English equivalents. */
  vocabulary: OwnVocabulary.optional(),
});
export type Profile = z.infer<typeof Profile>;

/** Returns the same hash for profiles with the same content, however they were written. */
export const hashOfProfile = (profile: Profile): string => sha256(canonicalJson(profile));

/** A profile that an operator wrote. */
export interface InstituteFile {
  profile: Profile;
  /** The path as a person would look for it: `config/institutes/3bcar.yaml`. */
  file: string;
  /** A hash of the content; comments, the order of keys and explicit defaults do not change it. */
  hash: string;
}

/** Whether nobody has described yet what the institute does. */
export const isUndescribed = ({ competences }: Pick<Profile, 'competences'>): boolean =>
  competences.every((c) => c.weight === 0 && c.keywords.length === 0);

/** Read-only fields that a profile is shown with. */
const OURS = [
  'version',
  'revision',
  'editedAt',
  'updatedAt',
  'matched',
  'file',
  'toConfirm',
  'contactStates',
  'contactChange',
  'warnings',
];

const isObject = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x);

/** A profile as sent back: read-only fields are accepted and ignored. */
export const ProfileInput = z
  .preprocess(
    (x) => (isObject(x) ? Object.fromEntries(Object.entries(x).filter(([k]) => !OURS.includes(k))) : x),
    Profile,
  )
  .meta({ id: 'ProfileInput' });

/**
 * The parts of a profile that matches depend on, and the name that a language model reads; changing only
 * contacts, translated labels or other preferences leaves matches as they are.
 */
const matchedParts = ({
  name,
  language,
  competences,
  trackRecord,
  vocabulary = {},
  preferences,
}: Profile): string =>
  canonicalJson({
    name,
    language,
    competences: competences.map(({ labels: _, ...c }) => c),
    trackRecord,
    vocabulary,
    answersAs: [...(preferences?.answersAs ?? [])].sort(),
  });

/** Whether two profiles have the same content; null differs from every profile. */
export const sameProfile = (a: Profile | null, b: Profile): boolean =>
  a !== null && canonicalJson(a) === canonicalJson(b);

/** Returns the revision of a profile with this content: increased if it must be matched again. */
export const revisionWith = (row: { content: Profile; revision: number }, content: Profile): number =>
  matchedParts(row.content) === matchedParts(content) ? row.revision : row.revision + 1;
