import { REASON_WORDS, VERDICT_WORDS } from '../domain/match-columns.js';
import type { Decision } from '../domain/plan.js';
import { dayText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';

/** A decision in words: "Not for us (Topic)". */
export function decisionText(v: Viewer, { verdict, reason, until }: Decision): string {
  const word = VERDICT_WORDS[verdict][v.language];
  if (until !== null) return `${word} (${dayText(v, until)})`;
  return reason ? `${word} (${REASON_WORDS[reason][v.language]})` : word;
}
