import type {
  CallContent,
  Deadline,
  Change,
  StatedTotal,
  SourceAge,
  SourceTrouble,
} from '../../../calls/domain/index.js';
import type { MatchScore } from '../../../matching/domain/index.js';
import type { Language } from '../../../kernel/language.js';
import type { Answer } from '../../../proposals/domain/index.js';
import type { PartnerItem } from '../facts/partner-item.js';
import type { Urgency } from '../events/urgency.js';

/**
 * What somebody follows: an institute's profile, a group of institutes, one call, a search that was saved.
 */
export const FOLLOW_KINDS = ['profile', 'group', 'call', 'search'] as const;
export type FollowKind = (typeof FOLLOW_KINDS)[number];

/**
 * Why something is told: "because you follow … through …". `through` is the institute's profile that a
 * group's call fits; null else.
 */
export interface Because {
  kind: FollowKind;
  /** The profile's id, the group's, the call's, the search's. */
  target: string;
  /** As people call it, in the reader's language. */
  name: string;
  through: string | null;
}

/** A call that is told, as it is when the message is written. */
export interface CallItem {
  callId: string;
  version: number;
  call: CallContent;
  /** Whose the total is that its budget states. */
  total: StatedTotal;
  /**
   * How well it fits, with the reasons, for the profile that it fits best; null where it is followed for
   * itself or found by a search.
   */
  match: MatchScore | null;
  /** The profiles followed that it fits, best first: `score` of 100. */
  profiles: { id: string; name: string; score: number }[];
  because: Because[];
  /** What has changed since the reader heard of it, oldest first; empty for a call that is new to them. */
  changes: Change[];
  /**
   * A language model reads calls, and has not read this one for that profile: it is told by the built-in
   * ranking. Left out where it has, or none reads.
   */
  unread?: boolean;
  /**
   * It stood in its source already when that was read for the first time: not told before, but not new there.
   */
  baseline: boolean;
  /** Why it could not wait for the digest; null in a digest. */
  urgency: Urgency | null;
  /** Our page of the call, for those who can sign in. */
  pageUrl: string;
}

/** A deadline that comes near. */
export interface ReminderItem {
  callId: string;
  call: CallContent;
  deadline: Deadline;
  /** Whole days that are left, in Brussels. */
  daysLeft: number;
  because: Because[];
  pageUrl: string;
}

/** What somebody answered who was asked about a call. */
export interface AnswerItem {
  callId: string;
  call: CallContent;
  researcher: string;
  answer: Answer;
  word: string | null;
  profileName: string;
  pageUrl: string;
}

/** A source that one relies on and that went quiet, or cannot be read. */
export interface TroubleItem {
  name: string;
  state: SourceTrouble | 'quiet';
  since: Date;
  lastGoodRunAt: Date | null;
}

/**
 * All that a message says: every channel renders this one thing, so that all say the same. It is a snapshot:
 * nothing is looked up while it is rendered.
 */
export interface Message {
  /**
   * `first` opens a subscription with the best open calls; `digest` tells what is new or has changed;
   * `urgent` what cannot wait.
   */
  kind: 'first' | 'digest' | 'urgent';
  id: string;
  language: Language;
  /** The reader's name; null for a channel that is nobody's own. */
  name: string | null;
  /** What they follow, as people call it: for the subject and the introduction. */
  follows: Because[];
  /** New and changed calls: those that belong together (topics of one call) stand one after the other. */
  items: CallItem[];
  reminders: ReminderItem[];
  answers: AnswerItem[];
  troubles: TroubleItem[];
  /** Of a digest: partner searches that are new to calls followed. */
  partners: PartnerItem[];
  /** Calls of a first message that are still to open: shortly named. */
  coming: CallItem[];
  /**
   * Of a digest: calls that came since the last one and fit less well than what is told, best first, by their
   * titles alone.
   */
  glance: Pick<CallItem, 'callId' | 'call' | 'pageUrl'>[];
  /**
   * Of a digest: how many calls that the reader's institute was not told of it is asked about since the last
   * one, and where; null where none.
   */
  asked: { calls: number; url: string } | null;
  /** How many further calls fit and wait for the next message, or are found there after a first one. */
  more: number;
  /**
   * How many of what stands here would have been told at once had the reader's daily limit (`dailyLimit`)
   * allowed it.
   */
  held: number;
  dailyLimit: number;
  /** When the next digest leaves, in what zone that is said; null where there is none to come. */
  next: { at: Date; zone: string } | null;
  sources: SourceAge[];
  inboxUrl: string | null;
  /** Whether that is an inbox of the reader's; to the network's people it is the list of all calls. */
  hasInbox: boolean;
  /** Where the reader chooses what they are told, when and where; needs no sign-in. */
  settingsUrl: string;
  unsubscribeUrl: string;
  /** The calls are invented; the message says so before anything else. */
  sample: boolean;
  now: Date;
}

/** A message in the form of one channel, as it is kept and as it leaves. */
export interface Rendered {
  subject: string;
  /** What it says as plain text: what people read of it later, whatever channel it took. */
  text: string;
  /** Of a mail. */
  html: string | null;
  /** What is posted to an address on the web, as JSON, byte for byte; null for a mail. */
  payload: string | null;
}
