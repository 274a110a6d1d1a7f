import { REASON_WORDS, VERDICT_WORDS } from '../domain/match-columns.js';
import type { Decision } from '../domain/plan.js';
import type { Viewer } from '../../ui/viewer.js';

/** A decision in words: "Not for us (Topic)". */
export function decisionText({ language }: Viewer, { verdict, reason }: Decision): string {
  const word = VERDICT_WORDS[verdict][language];
  return reason ? `${word} (${REASON_WORDS[reason][language]})` : word;
}
