import type { Change } from '../../../calls/domain/versions/diff.js';
import {
  diffBudget,
  type DiffBudget,
  ownDiff,
  type Piece,
  shortDiff,
} from '../../../calls/domain/versions/text-diff.js';
import { sentencesOfChanges } from '../../../calls/domain/facts/change-sentences.js';
import type { Language } from '../../../kernel/language.js';
import { type Because, type CallItem, isWithdrawn, type Message } from './message.js';
import { collapsed, oneLine, shortened, spaced } from '../../../kernel/one-line.js';
import {
  actionInShort,
  deadlineFacts,
  deadlineInShort,
  type Fact,
  kindFacts,
  openingFact,
  termsOf,
} from '../../../calls/domain/facts/call-facts.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { moneyPhrase } from '../../../calls/domain/facts/budget.js';
import { nameIn } from '../../../profiles/domain/names-in.js';
import { bandOf, shownScore } from '../../../kernel/band.js';
import { listTo } from '../../../i18n/message.js';
import { type Translate, translateTo } from '../../../i18n/translate.js';
import type { SummaryView } from '../../../calls/domain/summary.js';
import { daysLeft } from '../../../kernel/brussels.js';
import { ownIdentifier } from '../../../calls/domain/related-calls.js';
import { comingAndPassed, shortDate } from '../../../calls/domain/facts/deadline.js';
import { requirementsOf } from '../../../calls/domain/requirements.js';
import { requirementCard, requirementInShort } from '../../../calls/domain/facts/requirement-facts.js';
import { lostToOthers } from '../../../matching/domain/scoring/addressed.js';
import type { MatchScore } from '../../../matching/domain/scoring/match.js';
import { matchReasons } from '../../../matching/domain/explanation/reasons/match-reasons.js';
import { isQuotedIn, type Passage, quotedPassage } from '../../../matching/domain/explanation/passage.js';
import { reasonSentence, shortReason } from '../../../matching/domain/explanation/reason-sentence.js';
import type { Link } from '../../../outbox/domain/mail-page.js';
import { LINKED_VERDICTS } from './mail-link.js';
import { ownAddress, webAddress } from '../../../kernel/web-address.js';

/** How much a message shows. What it leaves out is counted or linked, never dropped silently. */
export interface Measure {
  /** Characters of all text differences together. */
  differences: number;
  /** What each call is about; the page of the call says it too. */
  summaries: boolean;
  passages: boolean;
  /** Three lines per call: its title, its reason, and its facts in a row. */
  brief: boolean;
  /** Further institutes that a call fits, and the subscriptions that brought it. */
  names: number;
  /** Dates per call. */
  dates: number;
  deadlines: number;
  opened: number;
  /** Titles of what else was published. */
  glance: number;
  /** Lines of each other list. */
  lines: number;
}

export const FULL: Measure = {
  differences: 4_000,
  summaries: true,
  passages: true,
  brief: false,
  names: 4,
  dates: 4,
  deadlines: 20,
  opened: 20,
  glance: 15,
  lines: 10,
};
/** For an e-mail with many calls, which people skim before opening one. */
export const BRIEF: Measure = { ...FULL, differences: 2_000, passages: false, brief: true, names: 2 };
/** For channels with little room, and for e-mails that mail programs would clip. */
export const SHORT: Measure = {
  differences: 1_200,
  summaries: false,
  passages: false,
  brief: false,
  names: 1,
  dates: 2,
  deadlines: 10,
  opened: 10,
  glance: 5,
  lines: 5,
};

/** A change as a sentence, with the removed and added parts of its texts. */
export interface ChangeView {
  sentence: string;
  differences: Piece[][];
  /** False if the call's page has more of the differences. */
  whole: boolean;
}

/** The remaining limits for differences in one message: steps of comparing and characters to show. */
export interface DiffRoom {
  budget: DiffBudget;
  characters: number;
}
export const diffRoom = (characters: number): DiffRoom => ({ budget: diffBudget(), characters });

/** About as much of one text as people read in a message. */
const LONGEST_DIFF = 500;
const LONGEST_SENTENCE = 600;
/** Notes say more than what changed; the call's page has all of it. */
const LONGEST_NOTE = 240;
/** Differences per sentence; conditions change in many places at once. */
const MOST_DIFFERENCES = 2;
/** Other fields state their old value in the sentence, or are addresses that nobody reads. */
const SHOWN = /^(sections\.|(callTitle|destination|typesOfAction|keywords|divisions|zones|crossCutting)$)/;

/** Describes the changes of a call: sentences, and text differences as far as there is room. */
export function changeViews(
  { changes, call, total }: Pick<CallItem, 'changes' | 'call' | 'total'>,
  language: Language,
  room: DiffRoom,
): ChangeView[] {
  return sentencesOfChanges(changes, language, call, {
    untold: 'marked',
    total,
    longestNote: LONGEST_NOTE,
  }).map((told) => {
    const shown = told.changes.filter((c) => SHOWN.test(c.field));
    const parts = shown.slice(0, MOST_DIFFERENCES).map((c) => difference(c, room));
    return {
      sentence: shortened(oneLine(told.sentence), LONGEST_SENTENCE),
      differences: parts.map((p) => p.pieces).filter((pieces) => pieces.length > 0),
      whole: shown.length <= MOST_DIFFERENCES && parts.every((p) => p.whole),
    };
  });
}

function difference(change: Change, room: DiffRoom): { pieces: Piece[]; whole: boolean } {
  // Computing what nobody will see would waste time.
  if (room.characters <= 0) return { pieces: [], whole: false };
  const most = Math.min(LONGEST_DIFF, room.characters);
  const all = ownDiff(change, room.budget) ?? [];
  // For a rewritten text, shows the start of both versions, not only of the old one.
  const half = all.map((p) => ({ ...p, text: shortened(p.text, Math.max(1, Math.floor(most / 2))) }));
  const { pieces, whole } = shortDiff(half, most);
  room.characters -= pieces.reduce((n, p) => n + p.text.length, 0);
  return { pieces: spacedPieces(pieces), whole: whole && half.every((p, i) => p.text === all[i]!.text) };
}

/** Puts pieces on one line, moves white space out of marked ones, and separates removed from added text. */
function spacedPieces(pieces: Piece[]): Piece[] {
  const apart = pieces.flatMap((piece, i): Piece[] => {
    const text = collapsed(piece.text);
    if (piece.op === 'same') return [{ op: 'same', text }];
    const before = /^\s/.test(text) || (i > 0 && pieces[i - 1]!.op !== 'same') ? ' ' : '';
    const marked: Piece[] = text.trim() ? [{ op: piece.op, text: text.trim() }] : [];
    return [{ op: 'same', text: before }, ...marked, { op: 'same', text: /\s$/.test(text) ? ' ' : '' }];
  });
  return joined(apart)
    .map((p, i, all) => (p.op === 'same' ? { ...p, text: edged(p.text, i === 0, i === all.length - 1) } : p))
    .filter((p) => p.text !== '');
}

function joined(pieces: Piece[]): Piece[] {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1);
    if (last?.op === 'same' && piece.op === 'same')
      last.text = (last.text + piece.text).replace(/ {2,}/g, ' ');
    else kept.push({ ...piece });
  }
  return kept;
}

const edged = (text: string, first: boolean, last: boolean): string => {
  const start = first ? text.trimStart() : text;
  return last ? start.trimEnd() : start;
};

const LONGEST_TITLE = 250;
const LONGEST_NAME = 90;

export const titleOf = (
  { title, language }: Pick<CallContent, 'title' | 'language'>,
  longest = LONGEST_TITLE,
): string => spaced(shortened(oneLine(title), longest), language);
export const named = (name: string): string => shortened(oneLine(name), LONGEST_NAME);
/** Many institutes append what their name stands for in parentheses. */
export const shortName = (name: string): string => named(name).replace(/ \([^()]*\)$/, '');

/** A score in a row of facts. */
const pointsIn = (score: number, t: Translate): string =>
  `${shownScore(score)} (${t(`band.${bandOf(score)}`)})`;

/** Says how well the call fits, and whom, unless the reader follows a single profile. */
function pointsOf(
  { profiles, match }: CallItem,
  { language, follows }: Pick<Message, 'language' | 'follows'>,
  { names }: Measure,
): string[] {
  const t = translateTo(language);
  const alone = follows.length === 1 && follows[0]!.kind === 'profile' && profiles.length < 2;
  if (!profiles.length && match) return [pointsIn(match.score, t)];
  const shown = profiles
    .slice(0, names)
    .map(({ name, score }) => (alone ? '' : `${shortName(name)} `) + pointsIn(score, t));
  const more = profiles.length - shown.length;
  return more > 0 ? [...shown, t('message.and-more', { n: more })] : shown;
}

/** "D-65 (4 Dec)", "€4–5M per project", "RIA": only what is stated. */
const rowOf = ({ call, total }: CallItem, now: Date, language: Language): string[] =>
  [deadlineInShort(call, now, language), moneyPhrase(call, language, total), actionInShort(call, language)]
    .filter((fact) => fact !== null)
    .map((fact) => shortened(fact, LONGEST_NAME));

/** Says which subscription brought the call, unless the score and the footer already do. */
function becauseOf(
  { because }: CallItem,
  { language, follows }: Pick<Message, 'language' | 'follows'>,
  measure: Measure,
): string | null {
  const other = because.filter((b) => b.kind !== 'profile');
  return follows.length > 1 && other.length
    ? translateTo(language)('message.because', { all: listTo(language, followed(other, language, measure)) })
    : null;
}

/** Names one subscription; in a call's own entry its name is omitted. */
export function followedIn({ kind, name, through }: Because, language: Language, withNames: boolean): string {
  const t = translateTo(language);
  const called = shortName(name);
  if (kind === 'profile') return nameIn(called, 'name', language);
  if (kind === 'search') return t('message.followed.search', { name: called });
  if (kind === 'call')
    return withNames ? t('message.followed.call', { name: called }) : t('message.followed.this-call');
  return through === null || withNames
    ? t('message.followed.group', { name: called })
    : t('message.followed.group-through', {
        name: called,
        through: nameIn(shortName(through), 'name', language),
      });
}

/**
 * Lists the subscriptions that brought this item, shortened. A call's own entry does not repeat its name;
 * elsewhere, groups do not say which institute fits.
 */
export function followed(
  because: Because[],
  language: Language,
  { names }: Measure,
  withNames = false,
): string[] {
  const t = translateTo(language);
  const shown = because.slice(0, names).map((one) => followedIn(one, language, withNames));
  const more = because.length - shown.length;
  return more > 0 ? [...shown, t('message.and-more', { n: more })] : shown;
}

/** What to know before the title: `baseline` was not announced when new, `urgent` cannot wait. */
export interface Badge {
  tone: 'fresh' | 'changed' | 'baseline' | 'urgent';
  label: string;
}

/** A call that is read as one with another, by identifier and what differs, and how to decide on it. */
type SiblingLink = Link & Pick<ItemView, 'decide'>;

/** A call in a message, with every word chosen. */
export interface ItemView {
  callId: string;
  /** With those read as one with it: "2–3"; null if the message has only one. */
  number: string | null;
  /** The urgent badge first; a first message has no news badges. */
  badges: Badge[];
  /** The language of the call, so that screen readers switch voices. */
  language: string;
  title: string;
  identifier: string | null;
  /** The calls that are read as one with it. */
  siblings: SiblingLink[];
  summary: SummaryView | null;
  changes: ChangeView[];
  /** If the differences are not shown in full. */
  rest: Link | null;
  /** The best fit, then the others; empty if the call is followed directly. */
  fit: string[];
  reason: string | null;
  passage: Passage | null;
  facts: Fact[];
  /** The facts in a single row, if there is no room for a table. */
  row: string[] | null;
  because: string | null;
  page: Link;
  source: Link | null;
  /** Links to the decision pages; null if the reader cannot decide or the call is withdrawn. */
  decide: Link[] | null;
}

const LONGEST_IN_BRIEF = 140;
/** Room for all countries whose entities may answer: one of them left out would be said not to. */
const LONGEST_REQUIREMENT = 280;

/** Chooses the words for one call of a message. */
export function itemView(
  item: CallItem,
  number: string | null,
  message: Pick<Message, 'kind' | 'language' | 'now' | 'follows' | 'decideUrl'>,
  { measure, room, siblings }: { measure: Measure; room: DiffRoom; siblings: readonly CallItem[] },
): ItemView {
  const { call, match } = item;
  const { language, now } = message;
  const t = translateTo(language);
  const source = webAddress(call.url);
  const page = { label: t('message.open-call'), url: ownAddress(item.pageUrl) };
  const changes = changeViews(item, language, room);
  const identifier = ownIdentifier(call);
  const common = {
    callId: item.callId,
    number,
    language: call.language,
    summary: measure.summaries ? item.summary : null,
    title: titleOf(call, measure.brief ? LONGEST_IN_BRIEF : undefined),
    siblings: siblings.map((sibling) => siblingLink(sibling, item, message)),
    changes,
    rest: changes.every((c) => c.whole) ? null : { label: t('message.rest'), url: page.url },
    page,
    decide: decideOf(item, message),
  };
  if (measure.brief)
    return {
      ...common,
      // The heading already counts the new ones.
      badges: badgesOf(item, message).filter((badge) => badge.tone !== 'fresh'),
      identifier: null,
      fit: [],
      reason: match && reasonOf(item, match, language, true),
      passage: null,
      facts: [],
      row: [...pointsOf(item, message, measure), ...rowOf(item, now, language)],
      because: becauseOf(item, message, measure),
      source: source === null ? null : { label: named(identifier ?? t('message.source-page')), url: source },
    };
  return {
    ...common,
    badges: badgesOf(item, message),
    identifier: identifier === null ? null : named(identifier),
    fit: fitOf(item, language, measure),
    reason: match && reasonOf(item, match, language, false),
    passage: match && measure.passages ? passageOf(call, match, common.summary) : null,
    facts: factsOf(item, now, language, measure),
    row: null,
    because: isPlain(item, message)
      ? null
      : t('message.because', { all: listTo(language, followed(item.because, language, measure)) }),
    source: source === null ? null : { label: t('message.source-page'), url: source },
  };
}

/** Whether the fit, and the foot of the message, already say why it came: the one profile followed. */
const isPlain = ({ because, profiles }: CallItem, { follows }: Pick<Message, 'follows'>): boolean =>
  because.length === 0 ||
  (follows.length === 1 && profiles.length > 0 && because.every((b) => b.kind === 'profile'));

/** Names a call beside the one that it is read with, and whatever of it differs from what is said of that. */
function siblingLink(
  item: CallItem,
  first: CallItem,
  message: Pick<Message, 'language' | 'now' | 'decideUrl'>,
): SiblingLink {
  const { language, now } = message;
  const { call, pageUrl } = item;
  const facts: ((of: CallItem) => string | null)[] = [
    (of) => of.call.deadlines.map(({ at }) => shortDate(at, now, language)).join(', '),
    (of) => moneyPhrase(of.call, language, of.total),
    (of) => actionInShort(of.call, language),
    (of) => (of.call.lumpSum ? translateTo(language)('call.lump-sum') : null),
  ];
  const parts = [
    ownIdentifier(call) ?? titleOf(call),
    ...(call.title === first.call.title || ownIdentifier(call) === null
      ? []
      : [titleOf(call, LONGEST_IN_BRIEF)]),
    ...facts.filter((of) => of(item) !== of(first)).map((of) => of(item)),
  ];
  return {
    label: parts
      .filter((part) => part !== null && part !== '')
      .map((part) => named(part!))
      .join(' – '),
    url: ownAddress(pageUrl),
    decide: decideOf(item, message),
  };
}

/** Mail scanners follow links too, so these lead to a page that asks for confirmation. */
function decideOf(
  item: CallItem,
  { language, decideUrl }: Pick<Message, 'language' | 'decideUrl'>,
): Link[] | null {
  if (decideUrl === null || isWithdrawn(item)) return null;
  const t = translateTo(language);
  return LINKED_VERDICTS.map((verdict) => ({
    label: t(`verdict.${verdict}`),
    url: ownAddress(decideUrl(verdict, [item.callId])),
  }));
}

/**
 * Quotes only the call's sections: its title is shown above, and the names around it say nothing. Null if the
 * sentence quoted above holds the same words.
 */
function passageOf(call: CallContent, match: MatchScore, summary: SummaryView | null): Passage | null {
  const passage = quotedPassage(call, match, (field) => field.startsWith('sections.'));
  if (!passage || isQuotedIn(summary?.sentences.join(' ') ?? '', passage)) return null;
  return {
    before: spaced(passage.before, call.language),
    found: passage.found,
    after: spaced(passage.after, call.language),
  };
}

/** Says why a call could not wait. */
export function urgencyWords({ urgency, call }: CallItem, language: Language, now: Date): string | null {
  const t = translateTo(language);
  if (urgency === null) return null;
  if (urgency !== 'short-notice') return t(`message.urgency.${urgency}`);
  const next = comingAndPassed(call.deadlines, now).coming[0];
  return next ? t('message.closes-in', { days: t('message.days', { n: daysLeft(now, next.at) }) }) : null;
}

/** Classifies a call in a message: new, changed, or announced late. */
export const newsOf = ({
  changes,
  baseline,
}: Pick<CallItem, 'changes' | 'baseline'>): 'fresh' | 'changed' | 'baseline' =>
  changes.length ? 'changed' : baseline ? 'baseline' : 'fresh';

function badgesOf(
  item: CallItem,
  { kind, language, now }: Pick<Message, 'kind' | 'language' | 'now'>,
): Badge[] {
  const urgent = urgencyWords(item, language, now);
  const news = newsOf(item);
  const plain: Badge = {
    tone: news,
    label: translateTo(language)(`message.badge.${news}`),
  };
  return [
    ...(urgent === null ? [] : [{ tone: 'urgent' as const, label: urgent }]),
    // What cannot wait says that it changed.
    ...(kind === 'first' || (urgent !== null && news === 'changed') ? [] : [plain]),
  ];
}

/** "Score: 72 out of 100 (strong)". */
export const scoreIn = (score: number, language: Language): string => {
  const t = translateTo(language);
  return t('message.score', { points: shownScore(score), band: t(`band.${bandOf(score)}`) });
};

/** "Fits LISA: 72 out of 100 (strong)". */
export const fitsIn = ({ name, score }: CallItem['profiles'][number], language: Language): string => {
  const t = translateTo(language);
  return t('message.fits', {
    name: nameIn(shortName(name), 'to', language),
    points: shownScore(score),
    band: t(`band.${bandOf(score)}`),
  });
};

function fitOf({ profiles, match }: CallItem, language: Language, { names }: Measure): string[] {
  const t = translateTo(language);
  const [best, ...others] = profiles;
  if (!best) return match ? [scoreIn(match.score, language)] : [];
  const [shown, more] = [others.slice(0, names), Math.max(0, others.length - names)];
  if (!shown.length) return [fitsIn(best, language)];
  const also = shown
    .map(({ name, score }) => `${shortName(name)} (${shownScore(score)}, ${t(`band.${bandOf(score)}`)})`)
    .join(', ');
  return [
    fitsIn(best, language),
    more ? t('message.fits-also.more', { others: also, n: more }) : t('message.fits-also', { others: also }),
  ];
}

/** Explains the match: the best competence's words or the main signal, and what counts against it. */
export function reasonOf(
  { call, because }: Pick<CallItem, 'call' | 'because'>,
  match: MatchScore,
  language: Language,
  brief: boolean,
): string {
  const yours = because.some((b) => b.kind === 'profile');
  const byWords = match.evidence.some((e) => e.competence !== '' && e.term !== '' && e.contribution > 0);
  const says =
    (byWords ? null : matchReasons(match, call, language)[0]?.says) ??
    (brief ? shortReason(match, language) : reasonSentence(match, language, yours));
  const lost = lostToOthers(match);
  if (!lost) return says;
  const t = translateTo(language);
  const to = t('message.addressed', { to: t(`addressee.${lost.addressee}`) });
  return brief && byWords ? `${says}. ${to}` : `${says} ${to}`;
}

/**
 * What a change has just said is not said again, nor of a withdrawn call when it opens and who may answer.
 */
function factsOf(item: CallItem, now: Date, language: Language, { dates }: Measure): Fact[] {
  const { call, binding, total, changes } = item;
  const terms = termsOf(call, total, language);
  const withdrawn = isWithdrawn(item);
  const isSaid = (field: string): boolean => changes.some((change) => change.field === field);
  const all = deadlineFacts(call, now, language, 'marked');
  const deadlines = all.length === 1 && isSaid('deadlines') ? [] : all;
  const shown = deadlines.slice(0, dates);
  const last = shown.at(-1)!;
  const hidden = deadlines.length - shown.length;
  if (hidden)
    shown[shown.length - 1] = {
      ...last,
      value: `${last.value} (${translateTo(language)('message.and-more', { n: hidden })})`,
    };
  return [
    ...shown,
    ...(withdrawn ? [] : openingFact(call, now, language)),
    ...kindFacts(call, language),
    ...(isSaid('budget') ? [] : [terms.budget]),
    terms.programme,
    terms.typeOfAction,
    ...requirementCard(call, language, requirementsOf(call, binding))
      .requirements.filter(({ rare }) => rare && !withdrawn)
      .slice(0, 1)
      .map(({ label, quote }) => ({ label, value: requirementInShort(quote, LONGEST_REQUIREMENT) })),
  ];
}
