import { passageAround } from '../../notification/passage.js';
import type { Profile } from '../../profile/profile.js';
import { fieldText, type MatchableCall } from '../fields.js';
import type { MatchScore } from '../match.js';
import { kindOfField } from '../reasons/call-parts.js';
import { MatchingSettings } from '../settings.js';
import type { Excluded } from './facts.js';

const LONGEST = 90;

/** The profile as if nothing were excluded. */
export const withoutExclusions = (profile: Profile): Profile => ({ ...profile, competences: profile.competences.map((c) => ({ ...c, exclusions: [] })) });

/** A profile that looks for what another excludes: so the places of exclusions are found as those of keywords are. */
export const exclusionsAsKeywords = (profile: Profile): Profile => ({
  ...profile, competences: profile.competences.filter((c) => c.exclusions.length > 0).map((c) => ({ ...c, description: '', keywords: c.exclusions, exclusions: [] })),
});

/** Exclusions allow no foreign word in between, and count however usual they are. */
export const exactly = (settings: MatchingSettings): MatchingSettings => ({ ...settings, phrase: { ...settings.phrase, slop: 0 }, commonWord: 1 });

/** Which competences do not count for a call because of what word, where it stands. `free` is its match without exclusions, `excluding` that of `exclusionsAsKeywords`. */
export function exclusionsIn(call: MatchableCall, profile: Profile, free: MatchScore | null, excluding: MatchScore | null): Excluded[] {
  return (free?.competences ?? []).filter((c) => c.score > 0).flatMap(({ competence: label }) => {
    const own = new Set(profile.competences.find((c) => c.label === label)?.exclusions);
    const found = excluding?.evidence.find((e) => e.competence === label && own.has(e.term) && e.spans.length > 0);
    const [text, span] = found ? [fieldText(call, found.field), found.spans[0]] : [null, undefined];
    if (!found || text === null || !span) return [];
    const { before, found: word, after } = passageAround(text, span, call.language, LONGEST);
    return [{ competence: label, term: found.term, field: found.field, kind: kindOfField(call, found.field), passage: before + word + after }];
  });
}
