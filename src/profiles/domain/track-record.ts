import { issue } from '../../kernel/issues.js';
import { z } from 'zod';

const HAS_A_WORD = /[\p{L}\p{N}]/u;
const phrase = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .refine((text) => HAS_A_WORD.test(text), issue('no-word'));
const name = z.string().trim().min(1).max(100);
const CONDITIONS = ['city', 'words', 'topics', 'subjects', 'from', 'to'] as const;
const fold = (text: string): string => text.toLowerCase();

/** The conditions that a project must all meet; of a list, one suffices. */
export const ClaimRule = z
  .strictObject({
    /** Where the number's participant is: one of the words is enough ("Grenoble" for "GRENOBLE CEDEX 9"). */
    city: phrase.optional(),
    /** In the title, the objective or a topic's title, in any inflection. */
    words: z.array(phrase).min(1).max(100).optional(),
    /** Prefixes of topic codes. */
    topics: z.array(z.string().trim().min(2).max(100)).min(1).max(100).optional(),
    /** Fields of the European Science Vocabulary. */
    subjects: z.array(phrase).min(1).max(100).optional(),
    /** The first and last possible start day of the project. */
    from: z.iso.date(issue('day')).optional(),
    to: z.iso.date(issue('day')).optional(),
  })
  .refine(
    (rule) => CONDITIONS.some((c) => rule[c] !== undefined),
    issue('no-condition', { known: CONDITIONS.join(', ') }),
  )
  .refine(
    ({ from, to }) => from === undefined || to === undefined || from <= to,
    issue('ends-before-it-begins'),
  );
export type ClaimRule = z.infer<typeof ClaimRule>;

/** What an institute claims of the projects of one number. A number often covers several institutes. */
export const Claim = z
  .strictObject({
    pic: z
      .string()
      .trim()
      .regex(/^\d{9,10}$/, issue('pic')),
    /** By acronym or project number. */
    projects: z.array(name).max(1_000).default([]),
    rules: z.array(ClaimRule).max(50).default([]),
    /** Every project of the number: for an institute that has its own. */
    all: z.boolean().default(false),
    /** By acronym or project number: what none of the above claims. */
    except: z.array(name).max(1_000).default([]),
  })
  .refine(
    ({ projects, rules, all }) => all || projects.length > 0 || rules.length > 0,
    issue('claims-nothing'),
  )
  .refine(({ projects, except }) => {
    const excluded = new Set(except.map(fold));
    return !projects.some((p) => excluded.has(fold(p)));
  }, issue('project-in-both'));
export type Claim = z.infer<typeof Claim>;

/** Each phrase is searched for in every project of its number. */
const MOST_PHRASES = 1_000;
const phrases = (claims: Claim[]): number =>
  claims
    .flatMap((c) => c.rules)
    .reduce(
      (sum, r) => sum + (r.words?.length ?? 0) + (r.topics?.length ?? 0) + (r.subjects?.length ?? 0),
      0,
    );

/** Which funded projects are an institute's own. */
export const TrackRecord = z
  .array(Claim)
  .max(50)
  .refine((all) => all.every((c, i) => all.findIndex((d) => d.pic === c.pic) === i), issue('number-twice'))
  .refine((all) => phrases(all) <= MOST_PHRASES, issue('too-many-phrases', { most: MOST_PHRASES }));
export type TrackRecord = z.infer<typeof TrackRecord>;
