export { phraseOf } from './analysis/terms.js';
export { tokenise } from './analysis/tokenise.js';
export { type Draft, LONGEST_DESCRIPTION, draftCompetences } from './drafting/draft.js';
export type { TermStatistics } from './drafting/draft-keywords.js';
export { phrasesOf } from './drafting/draft-phrases.js';
export { ToConfirm, pointsToConfirm } from './drafting/to-confirm.js';
export { LONGEST_TEXT } from './embedding/texts.js';
export { unitVector } from './embedding/unit-vector.js';
export {
  type Reason,
  type ReasonGroup,
  type Reasons,
  reasonsOf,
  standing,
} from './explanation/marked-reasons.js';
export { type Passage, passageAround, quotedPassage } from './explanation/passage.js';
export {
  bestCompetence,
  preferenceTerms,
  reasonSentence,
  shortReason,
  strongestTerms,
} from './explanation/reason-sentence.js';
export { kindOfField, namedSections } from './explanation/reasons/call-sections.js';
export { matchIn } from './explanation/match-in.js';
export { MatchReason, matchReasons } from './explanation/reasons/match-reasons.js';
export { readingSaid } from './explanation/reasons/reading-sentence.js';
export { type FieldKind, type MatchableCall, fieldText, fieldsOf } from './index/fields.js';
export { eventsOfMatches } from './match-events.js';
export type { Message } from './reader/prompt.js';
export { readingOf } from './reader/kept-reading.js';
export type { ReadingModel, Usage } from './reader/read-call.js';
export { isLeftAlone, ReaderSettings } from './reader/reader-cost.js';
export { GRADES } from './reader/reading.js';
export { type Comparison, type ScoreChange, compareMatches } from './scoring/compare.js';
export { addressedFor, lostToOthers } from './scoring/addressed.js';
export { Evidence, MatchScore, ReadingEvidence } from './scoring/match.js';
export type { RankedCall } from './scoring/ranked.js';
export { MatchingSettings } from './scoring/settings.js';
export type { Steps } from './scoring/steps.js';
export { WordVectors } from './semantic/word-vectors.js';
export { kindOf, nameOfSignal } from './explanation/reasons/reason-kinds.js';
export { SignalName } from './signals/signal-name.js';
export { MatchingWeights } from './signals/weights.js';
export { VERDICTS, VERDICT_REASONS, Verdict, VerdictReason, type VerdictState } from './verdict.js';
