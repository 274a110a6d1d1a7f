import type { Competence, Profile } from '../../../profiles/domain/profile.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import type { Terminology } from '../analysis/terminology.js';
import { type Steps, toEnd } from '../scoring/steps.js';
import { bagOf, competencePieces, type English, type PastProject, projectPieces } from './pieces.js';
import {
  type ExternalCallVector,
  externalNearness,
  dot,
  embeddingFrom,
  nearness,
  sharesOf,
  softGreatest,
  type WeightedEmbedding,
} from './nearness.js';
import type { WordVectors } from './word-vectors.js';
import { sha256 } from '../../../kernel/hash.js';

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
