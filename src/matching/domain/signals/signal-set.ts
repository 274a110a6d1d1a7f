import type { KeptReading } from '../reader/kept-reading.js';
import type { Evidence, MatchScore } from '../scoring/match.js';
import { byScore, type RankedCall } from '../scoring/ranked.js';
import type { Steps } from '../scoring/steps.js';
import { signals } from './plugged-in.js';
import {
  type Beside,
  type ExplainedCall,
  type ForWhom,
  isInside,
  type Near,
  type ScoredCall,
  type Signal,
} from './signal.js';
import type { MatchableCall } from '../index/fields.js';
import type { ProfileEmbeddings } from '../semantic/profile-embeddings.js';
import type { SignalWeights } from './weights.js';

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
