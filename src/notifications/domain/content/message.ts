import type { CallContent, Deadline, Summary } from '../../../calls/domain/call-content.js';
import type { ParsedPartnerSearch } from '../../../harvest/domain/partner-search.js';
import type { Restriction } from '../../../calls/domain/requirements.js';
import type { SummaryView } from '../../../calls/domain/summary.js';
import type { Change } from '../../../calls/domain/versions/diff.js';
import type { StatedTotal } from '../../../calls/domain/page/budget-comparison.js';
import type { SourceAge, SourceTrouble } from '../../../calls/domain/facts/call-facts.js';
import type { QuestionNews } from '../../../harvest/domain/questions/question.js';
import type { MatchScore } from '../../../matching/domain/scoring/match.js';
import type { DraftNews } from '../../../harvest/domain/drafts/draft-history.js';
import type { Result } from '../../../pipeline/domain/results.js';
import type { Answer } from '../../../proposals/domain/answer.js';
import type { Language } from '../../../kernel/language.js';
import type { Urgency } from '../preferences/choice.js';
import type { LinkedVerdict } from './mail-link.js';

export interface AnnouncedPartnerSearch {
  wants: ParsedPartnerSearch['wants'];
  /** The ISO 3166 two-letter code, and the English name given by the source. */
  country: { iso: string | null; name: string | null };
  /** In English, if the source names it. */
  organisationType: string | null;
  summary: string | null;
  publishedAt: Date | null;
}

/** A followed call and its new partner searches, newest first. */
export interface PartnerItem {
  callId: string;
  call: CallContent;
  searches: AnnouncedPartnerSearch[];
  pageUrl: string;
}

/** What can be followed: an institute's profile, a group of institutes, a call, or a saved search. */
export const FOLLOW_KINDS = ['profile', 'group', 'call', 'search'] as const;
export type FollowKind = (typeof FOLLOW_KINDS)[number];

/**
 * Why something is sent: "because you follow … through …". `through` is the institute that a group's call
 * fits, else null.
 */
export interface Because {
  kind: FollowKind;
  /** The id of the profile, group, call or saved search. */
  target: string;
  /** The display name, in the reader's language. */
  name: string;
  through: string | null;
}

/** A call that is announced, as it is when the message is written. */
export interface CallItem {
  callId: string;
  version: number;
  call: CallContent;
  /** The sentences that a language model found to bind who answers. */
  binding: Restriction[];
  /** What it is about, for the reader; null where its text says nothing. */
  summary: SummaryView | null;
  /** What the stated total of its budget covers. */
  total: StatedTotal;
  /**
   * The score and reasons for the profile that it fits best; null if it is followed directly or found by a
   * search.
   */
  match: MatchScore | null;
  /** The followed profiles that it fits, best first; `score` is out of 100. */
  profiles: { id: string; name: string; score: number }[];
  because: Because[];
  /** The changes since the reader last heard of it, oldest first; empty if it is new to them. */
  changes: Change[];
  /**
   * The language model has not read this call for that profile yet, so the built-in ranking decided. Omitted
   * if it has, or no model is used.
   */
  unread?: boolean;
  /** It was already there when its source was first read: never announced, but not new at its source. */
  baseline: boolean;
  /** Why it could not wait for the digest; null in a digest. */
  urgency: Urgency | null;
  /** Our page of the call; requires sign-in. */
  pageUrl: string;
}

/** Whether the reader is told that a call is withdrawn: not if it has reappeared since. */
export const isWithdrawn = ({ changes }: Pick<CallItem, 'changes'>): boolean =>
  changes.findLast(({ kind }) => kind === 'withdrawn' || kind === 'reappeared')?.kind === 'withdrawn';

/** An upcoming deadline. */
export interface ReminderItem {
  callId: string;
  call: CallContent;
  deadline: Deadline;
  /** Whole days left, in Brussels. */
  daysLeft: number;
  /** How well it fits the best of the reader's institutes; 0 if none. */
  score: number;
  because: Because[];
  pageUrl: string;
}

export interface AnswerItem {
  callId: string;
  call: CallContent;
  researcher: string;
  answer: Answer;
  word: string | null;
  profileName: string;
  pageUrl: string;
}

/** A draft decision on the awards of a call, or the vote on it, for a bid that waits for its result. */
export interface ResultItem extends Omit<Result, 'day' | 'document' | 'vote'> {
  callId: string;
  call: Summary;
  profileName: string;
  /** What the bid is called there; null if it has no acronym. */
  acronym: string | null;
  /** The newest document, at its source. */
  url: string;
  voted: boolean;
  pageUrl: string;
}

/** A call that one of the reader's institutes postponed and that is due for its decision again. */
export interface PostponedItem extends Pick<CallItem, 'callId' | 'call' | 'pageUrl'> {
  profileName: string;
  /** The day until which it was postponed. */
  until: string;
}

/** What a draft says that is new of a call that the reader's institutes decided on. */
export interface DraftItem extends Pick<CallItem, 'callId' | 'call' | 'pageUrl'> {
  news: DraftNews;
}

/** A call that the reader's institute studies, and what is new, corrected or withdrawn of its questions. */
export interface QuestionItem {
  callId: string;
  call: CallContent;
  /** Newest first. */
  questions: { news: QuestionNews; question: string; answer: string | null }[];
  pageUrl: string;
}

/** A source that went quiet or cannot be read. */
export interface TroubleItem {
  name: string;
  state: SourceTrouble | 'quiet';
  since: Date;
  lastGoodRunAt: Date | null;
}

/**
 * All that a message says. Every channel renders this object, so all say the same. It is a snapshot:
 * rendering looks nothing up.
 */
export interface Message {
  /**
   * `first` opens a subscription with the best calls; `digest` has what is new or has changed; `urgent`
   * has what cannot wait.
   */
  kind: 'first' | 'digest' | 'urgent';
  id: string;
  language: Language;
  /** The reader's name; null for a shared channel. */
  name: string | null;
  /** The reader's subscriptions by name, for the subject and the introduction. */
  follows: Because[];
  /**
   * New and changed calls, topics of one call adjacent; in a first message, the best calls, strictly best
   * first.
   */
  items: CallItem[];
  reminders: ReminderItem[];
  answers: AnswerItem[];
  /** Digests only: what is new of the results that bids wait for. */
  results: ResultItem[];
  troubles: TroubleItem[];
  /** Digests only: new partner searches for followed calls. */
  partners: PartnerItem[];
  /** Digests only: news of questions on the calls that the reader's institute studies. */
  questions: QuestionItem[];
  /**
   * Digests only: calls since the last one that fit less well than those announced, best first, as titles.
   */
  glance: Pick<CallItem, 'callId' | 'call' | 'pageUrl'>[];
  /** Digests only: postponed calls that are due for a decision again, next to close first. */
  postponed: PostponedItem[];
  /** Digests only: what drafts say that is new of calls decided on. */
  drafted: DraftItem[];
  /** Digests only: topics of drafts that fit, best first. */
  coming: Pick<CallItem, 'callId' | 'call' | 'pageUrl'>[];
  /**
   * Digests only: how many calls of a new monthly sample the reader's institute is asked about, and where;
   * null if none.
   */
  asked: { calls: number; url: string } | null;
  /** How many other calls fit and wait for the next message or, after a first message, stay at `inboxUrl`. */
  more: number;
  /** How many of these items the reader's daily limit (`dailyLimit`) kept from being sent immediately. */
  held: number;
  dailyLimit: number;
  /** When the next digest is sent, and in which time zone to say so; null if none is due. */
  next: { at: Date; zone: string } | null;
  sources: SourceAge[];
  inboxUrl: string | null;
  /** Whether that is the reader's inbox; for the network's people it is the list of all calls. */
  hasInbox: boolean;
  /** The link to the reader's notification settings; needs no sign-in. */
  settingsUrl: string;
  unsubscribeUrl: string;
  /** Where the reader decides on some of its calls without signing in; null if they may not decide. */
  decideUrl: ((verdict: LinkedVerdict, callIds: readonly string[]) => string) | null;
  /** The calls are invented; the message says so first. */
  sample: boolean;
  now: Date;
}

/** The parts of a message that has calls and nothing else. */
export const CALLS_ALONE = {
  reminders: [],
  answers: [],
  results: [],
  troubles: [],
  partners: [],
  questions: [],
  glance: [],
  postponed: [],
  drafted: [],
  coming: [],
  asked: null,
} satisfies Partial<Message>;

/** A message in the format of one channel, as stored and sent. */
export interface Rendered {
  subject: string;
  /** The message as plain text: what people read later, whatever the channel. */
  text: string;
  /** E-mail only. */
  html: string | null;
  /** The JSON posted to a web address, byte for byte; null for e-mail. */
  payload: string | null;
}
