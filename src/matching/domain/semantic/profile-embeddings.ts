import type { Background, WordVectors } from './word-vectors.js';
import type { PassagePlace } from '../embedding/texts.js';
import { unitVector } from '../../../kernel/unit-vector.js';
import type { Competence, Profile } from '../../../profiles/domain/profile.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import type { Terminology } from '../analysis/terminology.js';
import { type Steps, toEnd } from '../../../kernel/time-slices.js';
import { bagOf, competencePieces, type English, type PastProject, projectPieces } from './pieces.js';
import { sha256 } from '../../../kernel/hash.js';

/**
 * The unit of a nearness in spreads. From about one spread above the usual it grows linearly; below, it falls
 * towards 0 without reaching it, so that no two calls tie.
 */
const [FROM, STEEPNESS] = [1, 1.5];
export const nearnessUnit = (spreads: number): number =>
  Math.log1p(Math.exp(STEEPNESS * (spreads - FROM))) / STEEPNESS;
export const nearnessOf = (unit: number): number => FROM + Math.log(Math.expm1(STEEPNESS * unit)) / STEEPNESS;

/**
 * The weight of the whole of a profile's vocabulary, relative to a unit of nearness: vectors blur
 * distinctions that the exact words preserve.
 */
const SHARED = 1;
/** Returns the meaning unit of a call: its nearness, and its share of the profile's vocabulary. */
export const meaningUnit = (near: number, shared: number): number => nearnessUnit(near) + SHARED * shared;

/**
 * Four independent sums, because each addition would otherwise wait for the one before. They are not in an
 * array, which would allocate an object per number.
 */
export function dot(a: Float32Array, b: Float32Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = a.length & ~3;
  for (let d = 0; d < whole; d += 4) {
    s0 += a[d]! * b[d]!;
    s1 += a[d + 1]! * b[d + 1]!;
    s2 += a[d + 2]! * b[d + 2]!;
    s3 += a[d + 3]! * b[d + 3]!;
  }
  for (let d = whole; d < a.length; d += 1) s0 += a[d]! * b[d]!;
  return s0 + s1 + s2 + s3;
}

/** A reference vector, with the mean and spread of its similarity to calls. */
interface WeightedEmbedding {
  unit: Float32Array;
  mean: number;
  spread: number;
}

/** A minimal spread (of a model with few words) must not blow up small differences. */
const LEAST_SPREAD = 0.02;

/**
 * Returns the embedding of a vector of length 1. The usual similarity comes from the model's background, so
 * it does not depend on the known calls.
 */
export function embeddingFrom(unit: Float32Array, { mean, covariance }: Background): WeightedEmbedding {
  const dim = unit.length;
  let variance = 0;
  for (let a = 0; a < dim; a += 1)
    for (let b = 0; b < dim; b += 1) variance += unit[a]! * unit[b]! * covariance[a * dim + b]!;
  return { unit, mean: dot(unit, mean), spread: Math.max(LEAST_SPREAD, Math.sqrt(Math.max(0, variance))) };
}

/** Returns by how many spreads a call is nearer than usual: 0 is usual, 2 is about one in forty. */
export const nearness = ({ unit, mean, spread }: WeightedEmbedding, call: Float32Array): number =>
  (dot(unit, call) - mean) / spread;

/**
 * Returns log of the weighted mean of e^(sharpness × x), over sharpness: a smooth maximum. Values of minus
 * infinity are ignored. No arrays are allocated: this runs for every call of every profile.
 */
export function softGreatest(values: Float64Array, weights: Float64Array, sharpness: number): number {
  let greatest = -Infinity;
  for (let i = 0; i < values.length; i += 1) if (values[i]! > greatest) greatest = values[i]!;
  if (greatest === -Infinity) return greatest;
  let sum = 0;
  let all = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] === -Infinity) continue;
    sum += weights[i]! * Math.exp(sharpness * (values[i]! - greatest));
    all += weights[i]!;
  }
  return greatest + Math.log(sum / all) / sharpness;
}

/** Returns the mean and the covariance of vectors of equal length. */
export function backgroundOf(vectors: readonly Float32Array[], dim: number): Background {
  const mean = new Float32Array(dim);
  for (const v of vectors)
    v.forEach((x, d) => {
      mean[d]! += x / vectors.length;
    });
  const covariance = new Float32Array(dim * dim);
  for (const v of vectors) {
    for (let a = 0; a < dim; a += 1)
      for (let b = 0; b < dim; b += 1)
        covariance[a * dim + b]! += ((v[a]! - mean[a]!) * (v[b]! - mean[b]!)) / vectors.length;
  }
  return { mean, covariance };
}

/** Returns the share of each value in `softGreatest`. */
export function sharesOf(values: readonly number[], weights: readonly number[], sharpness: number): number[] {
  const greatest = Math.max(...values);
  const powers = values.map((v, i) => (weights[i] ?? 0) * Math.exp(sharpness * (v - greatest)));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

/** A vector of length 1, two bytes per number: there are many calls, with several vectors each. */
type Packed = Int16Array;
const STEPS = 32_767;
const pack = (unit: Float32Array): Packed => Int16Array.from(unit, (x) => Math.round(x * STEPS));
const near = (unit: Float32Array, packed: Packed): number => {
  let sum = 0;
  for (let d = 0; d < unit.length; d += 1) sum += unit[d]! * packed[d]!;
  return sum / STEPS;
};

/** A call as embedded by an external model: as a whole, and passage by passage. */
interface ExternalCallVector {
  whole: Packed;
  passages: (PassagePlace & { vector: Packed })[];
}

/** With fewer calls, the usual similarity cannot be determined. */
const LEAST_CALLS = 50;
/** Calls used to measure the usual similarity; measured again when there are a tenth more calls. */
const MEASURED = 500;
const RENEW_AT = 1.1;
/** External models find most texts similar, so their spreads are small. */
const LEAST_EXTERNAL_SPREAD = 0.002;

/**
 * The calls as embedded by an external model. Nearness is measured in spreads of the usual similarity, so
 * that it can replace the nearness of the built-in model.
 */
export class ExternalCallVectors {
  private readonly calls = new Map<string, ExternalCallVector>();
  private usual: { of: number; calls: ExternalCallVector[] } = { of: 0, calls: [] };
  private embeddings = new WeakMap<Float32Array, WeightedEmbedding>();

  /** Stores a call. The vectors, one per passage, must have length 1 and the same dimensions. */
  put(id: string, passages: readonly (PassagePlace & { unit: Float32Array })[]): void {
    const sum = new Float32Array(passages[0]!.unit.length);
    for (const { unit } of passages)
      unit.forEach((x, d) => {
        sum[d]! += x;
      });
    // Opposite passages may cancel out: then the first one represents the call.
    const whole = unitVector(sum) ?? passages[0]!.unit;
    this.calls.set(id, {
      whole: pack(whole),
      passages: passages.map(({ field, start, end, unit }) => ({ field, start, end, vector: pack(unit) })),
    });
  }

  remove(id: string): void {
    this.calls.delete(id);
  }

  /** Clears everything, for the vectors of another model. */
  clear(): void {
    this.calls.clear();
    this.renew();
  }

  get(id: string): ExternalCallVector | undefined {
    return this.calls.get(id);
  }

  /** Returns the embedding of a competence's vector; null while the usual similarity is unknown. */
  embeddingFrom(unit: Float32Array): WeightedEmbedding | null {
    if (this.calls.size < LEAST_CALLS) return null;
    if (this.calls.size >= this.usual.of * RENEW_AT) this.renew();
    let embedding = this.embeddings.get(unit);
    if (!embedding) this.embeddings.set(unit, (embedding = this.measured(unit)));
    return embedding;
  }

  private measured(unit: Float32Array): WeightedEmbedding {
    const all = this.usual.calls.map((call) => near(unit, call.whole));
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    const variance = all.reduce((a, b) => a + (b - mean) ** 2, 0) / all.length;
    return { unit, mean, spread: Math.max(LEAST_EXTERNAL_SPREAD, Math.sqrt(variance)) };
  }

  /** Samples every n-th call, in insertion order. */
  private renew(): void {
    const all = [...this.calls.values()];
    const step = Math.max(1, all.length / MEASURED);
    this.usual = {
      of: all.length,
      calls: Array.from({ length: Math.min(MEASURED, all.length) }, (_, i) => all[Math.floor(i * step)]!),
    };
    this.embeddings = new WeakMap();
  }
}

/** Returns by how many spreads a call is nearer than usual. */
export const externalNearness = (
  { unit, mean, spread }: WeightedEmbedding,
  call: ExternalCallVector,
): number => (near(unit, call.whole) - mean) / spread;

export function nearestPassage({ unit }: WeightedEmbedding, { passages }: ExternalCallVector): PassagePlace {
  return passages
    .map((passage) => ({ passage, near: near(unit, passage.vector) }))
    .reduce((a, b) => (b.near > a.near ? b : a)).passage;
}

export interface CompetenceEmbedding {
  competence: string;
  weight: number;
  /** By the built-in model; null if it knows none of the competence's words. */
  own: WeightedEmbedding | null;
  /** By the external model; null if there is none, or it has not read the competence. */
  external: WeightedEmbedding | null;
}

/** A call's vectors from both models; null where a model has none. */
export interface SeenMeaning {
  unit: Float32Array | null;
  external: ExternalCallVector | null;
}

interface ProjectEmbedding extends WeightedEmbedding {
  project: PastProject;
}

/** All embeddings of a profile that calls are compared with. */
export interface ProfileEmbeddings {
  competences: CompetenceEmbedding[];
  projects: ProjectEmbedding[];
  /** The centre of all its projects; null if there are none. */
  centre: WeightedEmbedding | null;
  /** The topics its projects answered, without the year. */
  editions: ReadonlySet<string>;
  /** Reusable buffers, and the competences' weights. */
  scratch: { competences: Float64Array; weights: Float64Array; projects: Float64Array; ones: Float64Array };
}

const scratchFor = (
  competences: readonly CompetenceEmbedding[],
  projects: number,
): ProfileEmbeddings['scratch'] => ({
  competences: new Float64Array(competences.length),
  weights: Float64Array.from(competences, (c) => c.weight),
  projects: new Float64Array(projects),
  ones: new Float64Array(projects).fill(1),
});

/** Returns a profile's embeddings without some of the competences. */
export function without(embeddings: ProfileEmbeddings, labels: ReadonlySet<string>): ProfileEmbeddings {
  const competences = embeddings.competences.filter((c) => !labels.has(c.competence));
  return { ...embeddings, competences, scratch: scratchFor(competences, embeddings.projects.length) };
}

/** Returns the embeddings with an external model's vectors of the competences. */
export const withExternal = (
  embeddings: ProfileEmbeddings,
  embeddingOf: (competence: string) => WeightedEmbedding | null,
): ProfileEmbeddings => ({
  ...embeddings,
  competences: embeddings.competences.map((c) => ({ ...c, external: embeddingOf(c.competence) })),
});

/**
 * How strongly the nearest competence outweighs the others, in spreads; and the nearest project, in cosines.
 */
const [COMPETENCE_SHARPNESS, PROJECT_SHARPNESS] = [1.2, 8];

/** Returns an identifier without its year: equal results are editions of the same topic. */
export const yearless = (identifier: string): string =>
  identifier
    .toUpperCase()
    .replace(/(?<!\d)20[1-4]\d(?!\d)/g, '*')
    .replace(/(\*-)+(\d{2}-)*(?=\*)/g, '');

/** Returns a competence's embedding by the built-in model. `own`: terminology with the profile's terms. */
function competenceEmbedding(
  c: Competence,
  usual: AnalysedLanguage,
  vectors: WordVectors,
  own: Terminology,
): CompetenceEmbedding {
  const english: English = (text, language) => own.english(text, language);
  const unit = vectors.encode(
    bagOf(
      competencePieces(c, (text) => own.languageOf(text, usual), english),
      vectors,
    ),
  );
  return {
    competence: c.label,
    weight: c.weight,
    own: unit && embeddingFrom(unit, vectors.background),
    external: null,
  };
}

/** The part of a profile's embeddings that comes from its projects. */
type RecordEmbeddings = Pick<ProfileEmbeddings, 'projects' | 'centre' | 'editions'>;

/** One step per project. */
function* recordEmbeddings(
  projects: readonly PastProject[],
  vectors: WordVectors,
  own: Terminology,
): Steps<RecordEmbeddings> {
  const english: English = (text, language) => own.english(text, language);
  const had: ProjectEmbedding[] = [];
  for (const project of projects) {
    const unit = vectors.encode(bagOf(projectPieces(project, english), vectors));
    if (unit) had.push({ ...embeddingFrom(unit, vectors.background), project });
    yield;
  }
  return {
    projects: had,
    centre: centreOf(had, vectors),
    editions: new Set(projects.flatMap((p) => p.topics.map((t) => yearless(t.code)))),
  };
}

const together = (competences: CompetenceEmbedding[], record: RecordEmbeddings): ProfileEmbeddings => ({
  competences,
  ...record,
  scratch: scratchFor(competences, record.projects.length),
});

export function embeddingsOf(
  profile: Pick<Profile, 'competences' | 'language' | 'vocabulary'>,
  projects: readonly PastProject[],
  vectors: WordVectors,
  terminology: Terminology,
): ProfileEmbeddings {
  const own = terminology.extendedBy(profile.vocabulary);
  const competences = profile.competences
    .filter((c) => c.weight !== 0)
    .map((c) => competenceEmbedding(c, profile.language, vectors, own));
  return together(competences, toEnd(recordEmbeddings(projects, vectors, own)));
}

function centreOf(projects: ProjectEmbedding[], vectors: WordVectors): WeightedEmbedding | null {
  if (projects.length === 0) return null;
  const sum = new Float32Array(vectors.dimensions);
  for (const { unit } of projects)
    unit.forEach((x, d) => {
      sum[d]! += x;
    });
  const length = Math.sqrt(dot(sum, sum));
  return length === 0
    ? null
    : embeddingFrom(
        sum.map((x) => x / length),
        vectors.background,
      );
}

/** Writes a call's similarities to many vectors into a reused array and returns it. */
function similarities(
  embeddings: readonly WeightedEmbedding[],
  call: Float32Array,
  into: Float64Array,
): Float64Array {
  for (let i = 0; i < embeddings.length; i += 1) into[i] = dot(embeddings[i]!.unit, call);
  return into;
}

/**
 * Returns by how many spreads a call is nearer to a competence than usual; by the external model if it has
 * read both. Minus infinity if neither model has both.
 */
const nearnessTo = ({ own, external }: CompetenceEmbedding, call: SeenMeaning): number =>
  external && call.external
    ? externalNearness(external, call.external)
    : own && call.unit
      ? nearness(own, call.unit)
      : -Infinity;

/** Returns how near a call is to the competences, in spreads: dominated by the nearest one. */
export function meaningOf({ competences, scratch }: ProfileEmbeddings, call: SeenMeaning): number {
  const near = scratch.competences;
  for (let i = 0; i < near.length; i += 1) near[i] = nearnessTo(competences[i]!, call);
  return softGreatest(near, scratch.weights, COMPETENCE_SHARPNESS);
}

/** Returns the share of each competence in that. */
export const meaningShares = ({ competences }: ProfileEmbeddings, call: SeenMeaning): number[] =>
  sharesOf(
    competences.map((c) => nearnessTo(c, call)),
    competences.map((c) => c.weight),
    COMPETENCE_SHARPNESS,
  );

/** Returns how near a call is to the nearest project, in spreads of the projects' centre. */
export function nearestOf({ projects, centre, scratch }: ProfileEmbeddings, call: Float32Array): number {
  return (
    (softGreatest(similarities(projects, call, scratch.projects), scratch.ones, PROJECT_SHARPNESS) -
      centre!.mean) /
    centre!.spread
  );
}

/** Cached competences, including those of drafts; the cache is cleared when it is full. */
const MOST_COMPETENCES = 5_000;
const NONE: readonly PastProject[] = [];

/**
 * Caches the embeddings of profiles. A competence read before, in any profile object or draft, is not read
 * again; nor is a list of projects.
 */
export class CachedEmbeddings {
  private readonly competences = new Map<string, CompetenceEmbedding>();
  private readonly records = new WeakMap<readonly PastProject[], Map<string, RecordEmbeddings>>();

  /** By profile object: the same one is needed again for every new call. */
  private readonly byObject = new WeakMap<
    Profile,
    { projects: readonly PastProject[]; embeddings: ProfileEmbeddings }
  >();

  constructor(
    private readonly vectors: WordVectors,
    private readonly terminology: Terminology,
  ) {}

  /** One step per competence and per project that has not been read before. */
  *forProfile(profile: Profile, projects: readonly PastProject[] = NONE): Steps<ProfileEmbeddings> {
    const known = this.byObject.get(profile);
    if (known?.projects === projects) return known.embeddings;
    const embeddings = yield* this.read(profile, projects);
    this.byObject.set(profile, { projects, embeddings });
    return embeddings;
  }

  private *read(profile: Profile, projects: readonly PastProject[]): Steps<ProfileEmbeddings> {
    const { language, vocabulary } = profile;
    const own = this.terminology.extendedBy(vocabulary);
    const spoken = sha256(JSON.stringify(vocabulary ?? {}));
    const competences: CompetenceEmbedding[] = [];
    for (const c of profile.competences) {
      if (c.weight === 0) continue;
      competences.push(
        this.competence(sha256(JSON.stringify([c, language, spoken])), () =>
          competenceEmbedding(c, language, this.vectors, own),
        ),
      );
      yield;
    }
    return together(competences, yield* this.record(projects, spoken, own));
  }

  private competence(key: string, read: () => CompetenceEmbedding): CompetenceEmbedding {
    let known = this.competences.get(key);
    if (known) return known;
    if (this.competences.size >= MOST_COMPETENCES) this.competences.clear();
    this.competences.set(key, (known = read()));
    return known;
  }

  private *record(
    projects: readonly PastProject[],
    spoken: string,
    own: Terminology,
  ): Steps<RecordEmbeddings> {
    const known = this.records.get(projects) ?? new Map<string, RecordEmbeddings>();
    this.records.set(projects, known);
    if (!known.has(spoken)) known.set(spoken, yield* recordEmbeddings(projects, this.vectors, own));
    return known.get(spoken)!;
  }
}
