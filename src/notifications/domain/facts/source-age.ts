import type { Language } from '../../../kernel/language.js';
import { momentForPeople, type SourceAge, type SourceTrouble, textsIn } from '../../../calls/domain/index.js';

/** How old what is known of a source is; where it cannot be read, that is said in words, since a date alone tells nobody. */
export function sourceAge(
  { lastGoodRunAt, state }: Omit<SourceAge, 'name'>,
  now: Date,
  language: Language,
): string {
  const { sources } = textsIn(language);
  const why = state in sources.why ? sources.why[state as SourceTrouble] : null;
  if (!lastGoodRunAt) return why === null ? sources.never : sources.neverBecause(why);
  const { moment, age } = momentForPeople(lastGoodRunAt, now, language);
  if (why !== null) return sources.notReadSince(moment, age, why);
  return state === 'quiet' ? sources.quiet(moment, age) : sources.readOn(moment, age);
}
