import { z } from 'zod';
import { bare, fold } from '../../../kernel/stem.js';
import { isHollow } from './draft-words.js';
import { signsOf } from './guess-language.js';
import type { Competence, Profile } from '../../../profiles/domain/profile.js';
import { AnalysedLanguage } from '../../../kernel/language.js';

/** Fewer describe an institute too little. */
const FEW_COMPETENCES = 3;
/** With fewer keywords, a language may be missing by chance. */
const ENOUGH_KEYWORDS = 3;

const competence = z.string();
/** A point the institute should check before it confirms its profile. */
export const ToConfirm = z.discriminatedUnion('point', [
  z.object({ point: z.literal('few-competences'), count: z.number().int() }),
  z.object({ point: z.literal('no-contact') }),
  z.object({ point: z.literal('no-people') }),
  z.object({ point: z.literal('no-description'), competence }),
  z.object({ point: z.literal('no-keywords'), competence }),
  z.object({ point: z.literal('one-language'), competence, missing: AnalysedLanguage }),
  z.object({
    point: z.literal('repeated-keyword'),
    competence,
    keyword: z.string(),
    also: z.string().describe('the competence that has it too'),
  }),
  z.object({ point: z.literal('common-keyword'), competence, keyword: z.string() }),
]);
export type ToConfirm = z.infer<typeof ToConfirm>;

const keyOf = (keyword: string): string => bare(fold(keyword)).trim();

/** Many words exist in both languages: English is missing only if every keyword looks French. */
function languagePoint({ label, keywords }: Competence): ToConfirm[] {
  if (keywords.length < ENOUGH_KEYWORDS) return [];
  const signs = keywords.map(signsOf);
  if (signs.every((s) => s.fr === 0)) return [{ point: 'one-language', competence: label, missing: 'fr' }];
  return signs.every((s) => s.fr > 0 && s.en === 0)
    ? [{ point: 'one-language', competence: label, missing: 'en' }]
    : [];
}

/** `holders`: the first competence with each keyword so far. */
function keywordPoints({ label, keywords }: Competence, holders: Map<string, string>): ToConfirm[] {
  const own = new Set<string>();
  return keywords.flatMap((keyword): ToConfirm[] => {
    const key = keyOf(keyword);
    const also = own.has(key) ? label : holders.get(key);
    own.add(key);
    if (also !== undefined) return [{ point: 'repeated-keyword', competence: label, keyword, also }];
    holders.set(key, label);
    return key.split(/\s+/).every(isHollow) ? [{ point: 'common-keyword', competence: label, keyword }] : [];
  });
}

function competencePoints(c: Competence, holders: Map<string, string>): ToConfirm[] {
  return [
    ...(c.keywords.length ? [] : [{ point: 'no-keywords' as const, competence: c.label }]),
    ...(c.description ? [] : [{ point: 'no-description' as const, competence: c.label }]),
    ...languagePoint(c),
    ...keywordPoints(c, holders),
  ];
}

/**
 * Returns the points of a profile an institute should check before confirming it. `people`: whether anybody
 * is named for its competences; null if the caller may not know. `told`: whether anybody gets its e-mails, of
 * whom its contacts are only some.
 */
export function pointsToConfirm(profile: Profile, people: boolean | null, told: boolean): ToConfirm[] {
  const { competences } = profile;
  const holders = new Map<string, string>();
  return [
    ...(competences.length < FEW_COMPETENCES
      ? [{ point: 'few-competences' as const, count: competences.length }]
      : []),
    ...(told ? [] : [{ point: 'no-contact' as const }]),
    ...(people === false ? [{ point: 'no-people' as const }] : []),
    ...competences.flatMap((c) => competencePoints(c, holders)),
  ];
}
