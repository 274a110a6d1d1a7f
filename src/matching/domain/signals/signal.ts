import { z } from 'zod';
import { MessageTexts } from '../../../kernel/language.js';
import type { ReasonKind } from '../explanation/reasons/reason-kinds.js';
import type { MatchableCall } from '../index/fields.js';
import type { KeptReading } from '../reader/reading.js';
import type { Evidence, Matched, MatchScore, WordUnits } from '../scoring/match.js';
import type { Bag } from '../semantic/pieces.js';
import type { ProfileEmbeddings, SeenMeaning } from '../semantic/profile-embeddings.js';
import type { Alike, PastVerdict } from '../verdict.js';

/** Whom a call is scored for. */
export type ForWhom = Pick<Matched, 'profile' | 'affinity'>;

/** A call and a profile, as input for units. */
export interface ScoredCall extends SeenMeaning {
  identifier: string | null;
  embeddings: ProfileEmbeddings;
  /** The scores of the profile's words in it. */
  words: WordUnits;
}

/** A call and a profile, as input for reasons. */
export interface ExplainedCall extends Omit<ScoredCall, 'words'> {
  id: string;
  bag: Bag;
  /** The match by the profile's words alone; null if the call contains none. */
  lexical: MatchScore | null;
}

/** What is known of a call besides its score. */
export interface Beside {
  callId: string;
  /** A language model's reading of it. */
  reading?: KeptReading | undefined;
  /** The institute's verdicts on other calls, and how similar calls are. */
  pastVerdicts: readonly PastVerdict[];
  alike: Alike;
}

/** A value, 0 or more, that is weighted and added to the others. */
interface Unit<Known> {
  /** What it depends on: weights are trained separately for written profiles and for those with projects. */
  of: 'profile' | 'projects';
  /** Default weight, if `config/model/weights.yaml` does not set it. */
  weight?: number;
  in(call: ScoredCall, known: Known | undefined): number;
}

/** Explains why a call is near something, by the words along its vector. */
export interface Near {
  /**
   * Returns the most telling phrases of a call, without those `taken` (in lower case), with the points split
   * among them.
   */
  phrases(
    call: { id: string; bag: Bag },
    unit: Float32Array,
    wanted: { most: number; points: number; taken?: ReadonlySet<string> },
  ): Pick<Evidence, 'term' | 'field' | 'spans' | 'contribution'>[];
  shareOfMarks(call: { bag: Bag }, unit: Float32Array): number;
}

interface Summand<Known> {
  /** By name of the weight. */
  units: Record<string, Unit<Known>>;
  /** Returns the evidence for its points; `points` are the points of each of its units. */
  explain(
    call: ExplainedCall,
    points: Record<string, number>,
    near: Near,
    known: Known | undefined,
  ): Evidence[];
}

interface Share<Known> {
  /** Whether it is part of the fit of a call, or reduces what is left of it for this institute. */
  ofFit: boolean;
  points(points: number, known: Known | undefined, who: ForWhom): number;
  /** Returns the evidence, if it added or took points. */
  evidence(known: Known, who: ForWhom): Pick<Evidence, 'term' | 'habit'>;
}

/**
 * One component of the score, each in its own folder. It adds units to the sum (`sum`), adds or takes a share
 * of the resulting points (`share`), or adjusts the score afterwards by what is known besides the profile
 * (`after`). All it adds or takes is shown as evidence, so that all contributions sum to the score.
 */
export interface Signal<Known = unknown> {
  /** The name of its folder. */
  id: string;
  /** Its position in the order of computation. */
  order: number;
  /** Its kinds of reasons, by the `signal` of its evidence. */
  reasons: Record<string, ReasonKind>;
  /** Returns its data for a call: keep it small, there are many calls. */
  remembers?(call: MatchableCall): Known | undefined;
  /** Whether it may add points beyond the bound from words and nearness; if omitted, it may. */
  mayAdd?(who: ForWhom, embeddings: ProfileEmbeddings): boolean;
  sum?: Summand<Known>;
  share?: Share<Known>;
  after?(match: MatchScore, beside: Beside): MatchScore;
  /** Its rules as text: if they change, matches are computed again. */
  rules?: string;
}

const aFunction = z.custom<(...all: never[]) => unknown>(
  (x) => typeof x === 'function',
  'must be a function',
);
const Words = z.object({
  name: MessageTexts,
  says: aFunction,
  inside: z.boolean().optional(),
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
  .refine((signal) => signal.sum ?? signal.share ?? signal.after, { path: ['sum'] })
  // The profile's own score is shown to everybody.
  .refine((signal) => !isInside(signal) || !(signal.sum ?? signal.share), {
    path: ['reasons'],
    message: 'are inside the institute: only `after` may add such points',
  });

/** Whether what a signal says stays inside the institute: nobody else sees its reasons or its points. */
export const isInside = ({
  reasons,
}: {
  reasons: Record<string, { inside?: boolean | undefined }>;
}): boolean => Object.values(reasons).some((kind) => kind.inside);

/** Declares a signal; one that breaks the contract stops the program at start with an error. */
export function defineSignal<Known>(signal: Signal<Known>): Signal {
  Contract.parse(signal);
  return signal;
}
