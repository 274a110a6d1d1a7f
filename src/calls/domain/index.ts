export {
  ACTION_CODES,
  ACTION_FORMS,
  ACTION_SHORTS,
  ActionCode,
  type ActionShort,
  actionCodes,
  actionShort,
} from './action-code.js';
export {
  ADDRESSEES,
  ADDRESSEE_RULES,
  type Addressed,
  type AddressedCall,
  type Addressee,
  addressedOf,
} from './addressee.js';
export { OPEN_SCHEMES, type OpenScheme, openSchemeOf } from './bottom-up.js';
export { BRUSSELS, brusselsClock, brusselsDate, inBrussels, isAwake } from './brussels.js';
export { CallContent, Deadline, RoleRule, type Summary } from './call-content.js';
export type { Asked, Resolved, SearchedText } from './searched-text.js';
export { CALLS_FIELDS, callsFilterOf } from './calls-query.js';
export { cascadePagesIn } from './cascade-number.js';
export {
  COUNTRIES,
  CountryCode,
  countriesForPeople,
  countryInWords,
  countryName,
  typedCountry,
} from './countries.js';
export { daysBetween, daysLeft } from './days-left.js';
export { amountForPeople, budgetForPeople, budgetInList, moneyInShort, moneyPhrase } from './facts/budget.js';
export {
  type Fact,
  actionInShort,
  deadlineFacts,
  deadlineInShort,
  openingFact,
  termsOf,
  typeOfAction,
} from './facts/call-facts.js';
export { type Behind, changeSentences, moveInShort, sentencesOfChanges } from './facts/change-sentences.js';
export {
  comingAndPassed,
  dateForPeople,
  dayIn,
  deadlineForPeople,
  momentForPeople,
  nextDeadlineAt,
  shortDate,
  timeIn,
  unstatedTimeNote,
} from './facts/deadline.js';
export { type KindWithFacts, kindFacts, projectInWords, topicInWords } from './facts/kind-facts.js';
export { SOURCE_TROUBLES, type SourceAge, type SourceTrouble } from './facts/source-state.js';
export { type Month, beginning, dayAfter, monthAt, monthsLater } from './months.js';
export { callOfTopic, ownIdentifier } from './named-for.js';
export { programmeKnownAs, programmeName, typeInWords } from './names-in.js';
export { normalise } from './normalise.js';
export { type StatedTotal, whoseTotal } from './page/budget-comparison.js';
export { BudgetFor, budgetFor } from './page/budget-for.js';
export { lumpSumOf } from './page/lump-sum.js';
export type { Mark } from './page/marking.js';
export { cascadePage, topicPage } from './page/outside-pages.js';
export { ownDiff, withoutBoilerplate } from './page/own-difference.js';
export { shortDiff } from './page/short-diff.js';
export { BesideFields, besideOf, CallDocument, NO_CURRENCY, ParsedCall, Section } from './parsed-call.js';
export { ROLES, type Role, ruleAgainst } from './role-rules.js';
export { type Stretch, cutAtSentences } from './sentences.js';
export {
  STATUSES,
  type SourceStatus,
  type Status,
  type StatusFacts,
  isLongOver,
  statusAt,
  statusFacts,
} from './status.js';
export { canonicalJson, contentHash, sha256, sourceRecordKey } from './versions/content-hash.js';
export { CHANGE_KINDS, Change, type ChangeKind, changesBetween, kindsOf } from './versions/diff.js';
export { deadlinesAgree, identityKeys, pageKey, pointsTo } from './versions/identity.js';
export { changesOfLead, changesOfPlace } from './versions/lead-change.js';
export { type NotifiableEvent, eventsOfVersions } from './versions/notifiable-events.js';
export { noticeWith } from './versions/official-note.js';
export { type DiffBudget, Piece, changeDiff, diffBudget, listDiff, wholeDiff } from './versions/text-diff.js';
export { foldLine, foldText } from './visible-text.js';
