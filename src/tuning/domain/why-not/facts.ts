import type { Addressee, OpenScheme, Status } from '../../../calls/domain/index.js';
import type { Verdict, VerdictReason, ReadingEvidence, FieldKind } from '../../../matching/domain/index.js';

/** A word that a competence excludes, where it stands in the call. */
export interface Excluded {
  competence: string;
  term: string;
  field: string;
  kind: FieldKind | null;
  passage: string;
}

/** How a call stands to the mails of one contact. */
export interface ContactStanding {
  name: string;
  email: string;
  /**
   * unconfirmed: they have not confirmed their address · stopped: they stopped the mails · first-mail: their
   * first one has not left yet · told: they were told, and nothing changed since · on-its-way: a mail with it
   * waits to leave · digest: the next one tells of it · rank: there is no room for it in the next one ·
   * baseline: it stood there when they were first written to · nothing: no reason of theirs, but one of the
   * call or the profile.
   */
  state:
    | 'unconfirmed'
    | 'stopped'
    | 'first-mail'
    | 'announced'
    | 'on-its-way'
    | 'digest'
    | 'rank'
    | 'baseline'
    | 'nothing';
  /** When they were told, or will be, or stopped the mails, or were first written to. */
  at: Date | null;
  /** The mail that told them, or waits. */
  notification: string | null;
  /** When the next digest to them leaves; null where none does. */
  next: Date | null;
  /** Its place among what they were not told yet, from 1. */
  place: number | null;
}

/** What a language model said, and what the built-in ranking says without it. */
export interface KnownReading {
  said: ReadingEvidence;
  builtIn: number;
}

/** All that decides whether an institute is told of a call. */
export interface WhyNotFacts {
  status: Status;
  /** Its last deadline, where it is over. */
  passed: Date | null;
  scheme: OpenScheme | null;
  score: number;
  least: number;
  /** Its score if nothing were excluded. */
  freed: number;
  exclusions: Excluded[];
  /**
   * To whom it is addressed, whether the institute answers such calls, and the points that it takes where it
   * does not; null where it is for research institutes.
   */
  addressed: { addressee: Addressee; answered: boolean; points: number } | null;
  /**
   * What a language model said of it; `unread` where it has said nothing yet, `decided` where the institute
   * has: then it is not asked. Null where none reads calls.
   */
  reading: KnownReading | 'unread' | 'decided' | null;
  /**
   * The words of the profile that come nearest: those that stand in it, or else those of which a part does.
   */
  nearest: string[];
  /** Null for whoever may not know, and where nobody decided. */
  verdict: { verdict: Verdict; reason: VerdictReason | null; at: Date | null } | null;
  /** Whether the profile is matched with all that is stored, and some source was read. */
  matched: boolean;
  read: boolean;
  contacts: ContactStanding[];
  /** Calls that one mail holds. */
  room: number;
}
