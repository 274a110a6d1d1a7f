import type { Profile } from '../../../profiles/domain/profile.js';
import {
  type FieldKind,
  fieldsOf,
  fieldText,
  type MatchableCall,
} from '../../../matching/domain/index/fields.js';
import type { MatchScore, ReadingEvidence } from '../../../matching/domain/scoring/match.js';
import { tokenise } from '../../../matching/domain/analysis/tokenise.js';
import type { Addressee } from '../../../calls/domain/addressee.js';
import type { OpenScheme } from '../../../calls/domain/bottom-up.js';
import type { Status } from '../../../calls/domain/status.js';
import type { Verdict, VerdictReason } from '../../../matching/domain/verdict.js';
import type { SaidThreshold } from '../../../matching/domain/explanation/reason-sentence.js';
import { passageAround } from '../../../matching/domain/explanation/passage.js';
import { kindOfField } from '../../../matching/domain/explanation/reasons/reason-kinds.js';

const MOST = 3;

/**
 * The words of a profile closest to a call: those that contribute points, or else the phrases whose words
 * mostly occur in it. Semantic similarity is ignored: its terms are words of the call, not of the profile.
 */
export function nearWords(
  profile: Profile,
  call: MatchableCall,
  match: Pick<MatchScore, 'evidence'> | null,
): string[] {
  const points = new Map<string, number>();
  for (const e of match?.evidence ?? [])
    if ((e.signal ?? 'words') === 'words') points.set(e.term, (points.get(e.term) ?? 0) + e.contribution);
  if (points.size)
    return [...points]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST)
      .map(([term]) => term);
  const language = call.language.toLowerCase() === 'fr' ? ('fr' as const) : ('en' as const);
  const stems = new Set(fieldsOf(call).flatMap((f) => tokenise(f.text, language).map((t) => t.stem)));
  const near = profile.competences
    .flatMap((c) => [c.label, ...c.keywords])
    .map((text) => {
      const own = tokenise(text, language).map((t) => t.stem);
      return {
        text,
        words: own.length,
        share: own.filter((s) => stems.has(s)).length / Math.max(1, own.length),
      };
    });
  return [
    ...new Set(
      near
        .filter((n) => n.share >= 0.5)
        .sort((a, b) => b.share - a.share || b.words - a.words)
        .map((n) => n.text),
    ),
  ].slice(0, MOST);
}

/** An excluded word of a competence, and where the call contains it. */
export interface Excluded {
  competence: string;
  term: string;
  field: string;
  kind: FieldKind | null;
  passage: string;
}

/** The state of a call in the e-mails to one contact. */
export interface ContactStanding {
  name: string;
  email: string;
  /**
   * unconfirmed: address not confirmed; stopped: unsubscribed; first-mail: their first e-mail was not sent
   * yet; announced: sent, and nothing changed since; on-its-way: in a pending e-mail; digest: in the next
   * digest; rank: no room in the next digest; baseline: existed before their first e-mail; nothing: no reason
   * of the contact, but one of the call or the profile.
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
  /** When it was or will be sent, or when they unsubscribed or got their first e-mail. */
  at: Date | null;
  /** The e-mail that announced it, or the pending one; null too if it belongs to another institute. */
  notification: string | null;
  /** When their next digest is sent; null if none. */
  next: Date | null;
  /** Its rank among the calls not sent to them yet, from 1. */
  place: number | null;
}

/**
 * The grade by a language model, the built-in ranking's score without it, and the score from which that one
 * would be sent.
 */
export interface KnownReading {
  said: ReadingEvidence;
  builtIn: number;
  leastBuiltIn: number;
}

/** How likely calls of about this score are to be kept, and how many of them the institute kept. */
interface SuchCalls {
  likely: number;
  near: { decisions: number; kept: number };
}

/** `refused`: found not for the institute, which works on no bid for it either. */
export interface KnownVerdict {
  verdict: Verdict;
  reason: VerdictReason | null;
  at: Date | null;
  refused: boolean;
}

/** All facts that decide whether an institute is notified of a call. */
export interface WhyNotFacts {
  status: Status;
  /** The last deadline of a closed call. */
  passed: Date | null;
  scheme: OpenScheme | null;
  score: number;
  least: number;
  /**
   * Where the institute's decisions put the threshold, and what is known of such calls; null if none
   * moves it, or if the reader may not know.
   */
  threshold: (SaidThreshold & SuchCalls) | null;
  /** The score without exclusions. */
  freed: number;
  exclusions: Excluded[];
  /**
   * The addressees of the call, whether the institute answers such calls, and the points deducted if not;
   * null if it addresses research institutes.
   */
  addressed: { addressee: Addressee; answered: boolean; points: number } | null;
  /**
   * The language model's reading; `unread` if there is none yet, `decided` if the institute has decided, as
   * the call is then not read. Null if no model is used.
   */
  reading: KnownReading | 'unread' | 'decided' | null;
  /** The closest words of the profile: those that occur in the call, or else those that occur in part. */
  nearest: string[];
  /** Null if undecided, or if the reader may not know. */
  verdict: KnownVerdict | null;
  /** Whether the profile is matched with all stored calls, and whether any source was read. */
  matched: boolean;
  read: boolean;
  contacts: ContactStanding[];
  /** The most calls in one e-mail. */
  room: number;
}

const LONGEST = 90;

/** The profile without exclusions. */
export const withoutExclusions = (profile: Profile): Profile => ({
  ...profile,
  competences: profile.competences.map((c) => ({ ...c, exclusions: [] })),
});

/**
 * The competences ruled out for a call by an excluded word, with its passage. `free` is the match without
 * exclusions, `match` the one with them.
 */
export function exclusionsIn(
  call: MatchableCall,
  free: MatchScore | null,
  match: MatchScore | null,
): Excluded[] {
  const words = new Map(match?.competences.map((c) => [c.competence, c.excludedBy]));
  return (free?.competences ?? [])
    .filter((c) => c.score > 0)
    .flatMap(({ competence }) => {
      const found = words.get(competence);
      const text = found ? fieldText(call, found.field) : null;
      if (!found || text === null) return [];
      const { before, found: word, after } = passageAround(text, found, call.language, LONGEST);
      return [
        {
          competence,
          term: found.term,
          field: found.field,
          kind: kindOfField(call, found.field),
          passage: before + word + after,
        },
      ];
    });
}
