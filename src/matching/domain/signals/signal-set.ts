import { z } from 'zod';
import { tellBy } from '../explanation/reasons/reason-kinds.js';
import {
  type Beside,
  type ExplainedCall,
  type ForWhom,
  isInside,
  type Near,
  type ScoredCall,
  type Signal,
} from './signal.js';
import { issue } from '../../../kernel/issues.js';
import { KeptCurve } from '../sending-threshold.js';
import type { KeptReading } from '../reader/reading.js';
import { type Evidence, type MatchScore, byScore, type RankedCall } from '../scoring/match.js';
import type { Steps } from '../../../kernel/time-slices.js';
import type { MatchableCall } from '../index/fields.js';
import type { ProfileEmbeddings } from '../semantic/profile-embeddings.js';

let all: readonly Signal[] = [];

/**
 * Registers the signals: once, at start, before anything is scored or displayed. Throws if two share an id, a
 * kind of reason or a weight.
 */
export function plugIn(signals: readonly Signal[]): void {
  const ordered = [...signals].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  const named = (what: string, names: string[]): void => {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new Error(`two signals have the ${what} "${twice}"`);
  };
  named(
    'id',
    ordered.map((s) => s.id),
  );
  named(
    'kind of reason',
    ordered.flatMap((s) => Object.keys(s.reasons)),
  );
  named(
    'weight',
    ordered.flatMap((s) => Object.keys(s.sum?.units ?? {})),
  );
  all = ordered;
  tellBy(ordered.flatMap((s) => Object.entries(s.reasons)));
}

/** Returns the signals in the order in which they are computed. */
function signals(): readonly Signal[] {
  if (!all.length) throw new Error('no signal is plugged in: loadSignals() comes first');
  return all;
}

const weight = z.number().min(0).max(20);

/**
 * The weight of one unit of each summand, scaled so that a sum of 1 is 50 points; and how steeply points fall
 * below that and rise above it.
 */
export const SignalWeights = z
  .object({ steepness: z.number().min(1).max(10) })
  .catchall(weight)
  .superRefine(({ steepness: _, ...weights }, context) => {
    const units = new Map(signals().flatMap(({ sum }) => Object.entries(sum?.units ?? {})));
    const unknown = issue('other-weight', { known: [...units.keys()].join(', ') });
    for (const name of Object.keys(weights))
      if (!units.has(name))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: unknown.error,
          params: unknown.params,
          input: weights,
        });
    for (const [name, unit] of units)
      if (unit.weight === undefined && !(name in weights))
        context.addIssue({ code: 'custom', path: [name], message: issue('required').error, input: weights });
  });
export type SignalWeights = z.infer<typeof SignalWeights>;

/** `config/model/weights.yaml`: how the summands of a score are combined, trained and then reviewed. */
export const MatchingWeights = z.strictObject({
  /** Training data, method and results, for the reviewer of a change. */
  provenance: z.string().min(1),
  /** The word vectors they belong to. */
  model: z.string(),
  /** For written profiles, for those with projects only, and for those with both. */
  written: SignalWeights,
  recorded: SignalWeights,
  both: SignalWeights,
  /** How likely a call of a score is to be kept, on a day that officers judged. */
  kept: KeptCurve,
});
export type MatchingWeights = z.infer<typeof MatchingWeights>;

/** Returns the weights for a profile with this many competences and projects. */
export const weightsFor = (
  { written, recorded, both }: MatchingWeights,
  competences: number,
  projects: number,
): SignalWeights => (projects === 0 ? written : competences === 0 ? recorded : both);

/**
 * Adjusts all of a profile's calls by what is known besides the profile, best first; one step per call.
 * `inside`: as the institute's own people see them, with the signals that come from its decisions.
 */
export function* rankedAfterwards<T extends RankedCall & { reading?: KeptReading | undefined }>(
  ranked: readonly T[],
  { inside, ...of }: Pick<Beside, 'pastVerdicts' | 'alike'> & { inside: boolean },
): Steps<T[]> {
  const counted = signals().filter((signal) => inside || !isInside(signal));
  const afterwards = (match: MatchScore, beside: Beside): MatchScore =>
    counted.reduce((sum, signal) => signal.after?.(sum, beside) ?? sum, match);
  const adjusted: T[] = [];
  for (const call of ranked) {
    const match = afterwards(call.match, { callId: call.id, reading: call.reading, ...of });
    adjusted.push({ ...call, match });
    yield;
  }
  return adjusted.sort(byScore);
}

/** A signal, with its data for each call, by call number. */
interface Reckoned {
  signal: Signal;
  known: unknown[];
}

type UnitOf = NonNullable<Signal['sum']>['units'][string];
interface WeighedUnit extends Pick<Reckoned, 'known'> {
  unit: UnitOf;
}

/** All plugged-in signals, with their data for the calls of one matcher. */
export class SignalSet {
  /** The names of the weights, in the order in which units are added. */
  readonly names: readonly string[];
  private readonly all: readonly Reckoned[];
  private readonly units: readonly WeighedUnit[];

  constructor() {
    this.all = signals().map((signal) => ({ signal, known: [] }));
    const units = this.all.flatMap(({ signal, known }) =>
      Object.entries(signal.sum?.units ?? {}).map(([name, unit]) => ({ name, unit, known })),
    );
    this.names = units.map(({ name }) => name);
    this.units = units;
  }

  /** Stores a call; reusing a number replaces it. */
  put(number: number, call: MatchableCall): void {
    for (const { signal, known } of this.all) if (signal.remembers) known[number] = signal.remembers(call);
  }

  /** Returns which units are counted for the given kinds: profile, projects, or both. */
  areOf(of: readonly UnitOf['of'][]): boolean[] {
    return this.units.map(({ unit }) => of.includes(unit.of));
  }

  /** Returns the weight of each unit, in the order of the names. */
  weights(given: SignalWeights): Float64Array {
    return Float64Array.from(this.units, ({ unit }, k) => given[this.names[k]!] ?? unit.weight ?? 0);
  }

  /** Writes each unit's value for a call, 0 or more, to `into` and returns it. */
  unitsOf(number: number, call: ScoredCall, into = new Float64Array(this.units.length)): Float64Array {
    for (let k = 0; k < into.length; k += 1) {
      const { unit, known } = this.units[k]!;
      into[k] = unit.in(call, known[number]);
    }
    return into;
  }

  /** Returns the weight of one unit; 0 if it is not plugged in. */
  weightOf(name: string, weights: Float64Array): number {
    return weights[this.names.indexOf(name)] ?? 0;
  }

  /** Returns each unit's share of the points of their sum, by name of the weight. */
  shares(summands: readonly number[], points: number): Record<string, number> {
    const sum = summands.reduce((a, b) => a + b, 0);
    return Object.fromEntries(
      this.names.map((name, k) => [name, sum === 0 ? 0 : (summands[k]! * points) / sum]),
    );
  }

  /** Returns the evidence for each unit's points, by name of the weight. */
  explain(number: number, call: ExplainedCall, points: Record<string, number>, near: Near): Evidence[] {
    return this.all.flatMap(({ signal: { sum }, known }) =>
      sum && Object.keys(sum.units).some((name) => points[name]! > 0)
        ? sum.explain(call, points, near, known[number])
        : [],
    );
  }

  /** Whether a profile's words and its nearness alone bound the points a call may have. */
  isBounded(who: ForWhom, embeddings: ProfileEmbeddings): boolean {
    return this.all.every(
      ({ signal }) => !(signal.sum ?? signal.share) || signal.mayAdd?.(who, embeddings) === false,
    );
  }

  /** Applies the shares that belong to the fit to the points of the sum. */
  fit(points: number, number: number, who: ForWhom): number {
    return this.shared(points, number, who, true);
  }

  /** Applies the remaining shares to the points of a fit. */
  kept(fit: number, number: number, who: ForWhom): number {
    return this.shared(fit, number, who, false);
  }

  private shared(points: number, number: number, who: ForWhom, ofFit: boolean): number {
    let left = points;
    for (const { signal, known } of this.all)
      if (signal.share?.ofFit === ofFit) left = signal.share.points(left, known[number], who);
    return left;
  }

  /** Applies all shares to a match, each as evidence of its own, so that the reasons sum to the score. */
  match(fit: MatchScore, number: number, who: ForWhom): MatchScore {
    return [true, false].reduce(
      (match, ofFit) =>
        this.all.reduce(
          (sum, one) => (one.signal.share?.ofFit === ofFit ? withShare(sum, one, number, who) : sum),
          match,
        ),
      fit,
    );
  }
}

function withShare(match: MatchScore, { signal, known }: Reckoned, number: number, who: ForWhom): MatchScore {
  const of = known[number];
  const score = signal.share!.points(match.score, of, who);
  if (score === match.score) return match;
  const { term, ...more } = signal.share!.evidence(of, who);
  const contribution = score - match.score;
  const evidence: Evidence = {
    signal: Object.keys(signal.reasons)[0]!,
    competence: '',
    term,
    field: '',
    spans: [],
    contribution,
    ...more,
  };
  return { ...match, score, evidence: [...match.evidence, evidence] };
}
