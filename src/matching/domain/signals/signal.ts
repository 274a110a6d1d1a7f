import { z } from 'zod';
import { MessageTexts } from '../../../kernel/language.js';
import type { ReasonKind } from '../explanation/reasons/reason-kinds.js';
import type { MatchableCall } from '../index/fields.js';
import type { KeptReading } from '../reader/kept-reading.js';
import type { Evidence, MatchScore } from '../scoring/match.js';
import type { Matched } from '../scoring/matched.js';
import type { WordUnits } from '../scoring/ranked.js';
import type { Bag } from '../semantic/bag.js';
import type { ProfileEmbeddings, SeenMeaning } from '../semantic/profile-embeddings.js';
import type { Alike, PastVerdict } from '../verdict.js';

/** For whom a call is scored. */
export type ForWhom = Pick<Matched, 'profile' | 'affinity'>;

/** A call beside a profile, as units are counted. */
export interface ScoredCall extends SeenMeaning {
  identifier: string | null;
  embeddings: ProfileEmbeddings;
  /** What the words of the profile say of it. */
  words: WordUnits;
}

/** The same as reasons are given for it. */
export interface ExplainedCall extends Omit<ScoredCall, 'words'> {
  id: string;
  bag: Bag;
  /** What the words of the profile bring, by themselves; null where none stands in the call. */
  lexical: MatchScore | null;
}

/** What is known of a call beside its score. */
export interface Beside {
  callId: string;
  /** What a language model said of it. */
  reading?: KeptReading | undefined;
  /** What the institute said of other calls, and how alike they are. */
  pastVerdicts: readonly PastVerdict[];
  alike: Alike;
}

/** A number, 0 or more, that is weighted and added to the others. */
interface Unit<Known> {
  /**
   * What it is counted of: weights are learned for profiles that were written, and for those that have
   * projects.
   */
  of: 'profile' | 'projects';
  /** What a unit counts where `config/model/weights.yaml` does not say it. */
  weight?: number;
  in(call: ScoredCall, known: Known | undefined): number;
}

/** Says why a call is near to something: by the words that lie along its vector. */
export interface Near {
  /** The phrases of a call that say most, with the points among them. */
  phrases(
    call: { id: string; bag: Bag },
    unit: Float32Array,
    most: number,
    points: number,
  ): Pick<Evidence, 'term' | 'field' | 'spans' | 'contribution'>[];
  /** What share of it are marks of the programme. */
  shareOfMarks(call: { bag: Bag }, unit: Float32Array): number;
}

interface Summand<Known> {
  /** By the names of their weights. */
  units: Record<string, Unit<Known>>;
  /** The evidence that shows its points; `points` are what each of its units brought. */
  explain(
    call: ExplainedCall,
    points: Record<string, number>,
    near: Near,
    known: Known | undefined,
  ): Evidence[];
}

interface Share<Known> {
  /** Whether it says how well a call fits; else how much of that is left for this institute. */
  ofFit: boolean;
  /** What becomes of points. */
  points(points: number, known: Known | undefined, who: ForWhom): number;
  /** What is said where it gave or took some. */
  evidence(known: Known, who: ForWhom): Pick<Evidence, 'term' | 'habit'>;
}

/**
 * One thing that a score is made of, one folder each. It adds units to the sum (`sum`), gives or takes a
 * share of the points that come of it (`share`), or changes the score afterwards by what is known beside the
 * profile (`after`). Whatever it gives or takes it shows as evidence, so that all contributions add up to the
 * score.
 */
export interface Signal<Known = unknown> {
  /** The name of its folder. */
  id: string;
  /** Its place in the order in which signals are reckoned. */
  order: number;
  /** The kinds of its reasons, by the `signal` of its evidence. */
  reasons: Record<string, ReasonKind>;
  /** What it keeps of each call: little, since there are many. */
  remembers?(call: MatchableCall): Known | undefined;
  /** Whether it may give a call points that its words and its nearness do not promise; left out, it may. */
  mayAdd?(who: ForWhom, embeddings: ProfileEmbeddings): boolean;
  sum?: Summand<Known>;
  share?: Share<Known>;
  after?(match: MatchScore, beside: Beside): MatchScore;
  /** Its rules as one text: matches are made anew where it changed. */
  rules?: string;
}

const aFunction = z.custom<(...all: never[]) => unknown>(
  (x) => typeof x === 'function',
  'must be a function',
);
const Words = z.object({
  name: MessageTexts,
  says: aFunction,
});
const Id = z.string().regex(/^[a-z][a-z0-9-]*$/);

const Contract = z
  .object({
    id: Id,
    order: z.number(),
    reasons: z.record(Id, Words).refine((reasons) => Object.keys(reasons).length > 0),
    remembers: aFunction.optional(),
    mayAdd: aFunction.optional(),
    sum: z
      .object({
        units: z.record(
          Id,
          z.object({
            of: z.enum(['profile', 'projects']),
            weight: z.number().min(0).optional(),
            in: aFunction,
          }),
        ),
        explain: aFunction,
      })
      .optional(),
    share: z.object({ ofFit: z.boolean(), points: aFunction, evidence: aFunction }).optional(),
    after: aFunction.optional(),
    rules: z.string().optional(),
  })
  .refine((signal) => signal.sum ?? signal.share ?? signal.after, { path: ['sum'] });

/** Declares a signal, checked at start: one that breaks the contract stops the program and says where. */
export function defineSignal<Known>(signal: Signal<Known>): Signal {
  Contract.parse(signal);
  return signal;
}
