import type { Competence, Profile } from '../../../profiles/domain/index.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import type { Terminology } from '../analysis/terminology.js';
import { bagOf } from './bag.js';
import { externalNearness, type ExternalCallVector } from './external-call-vectors.js';
import { dot, nearness, sharesOf, embeddingFrom, softGreatest, type WeightedEmbedding } from './nearness.js';
import { competencePieces, projectPieces, type English, type PastProject } from './pieces.js';
import type { WordVectors } from './word-vectors.js';

/** A competence as calls are held to it. */
export interface CompetenceEmbedding {
  competence: string;
  weight: number;
  /** By the built-in model; null where it knows none of the competence's words. */
  own: WeightedEmbedding | null;
  /** By the external model; null where there is none, or it has not read the competence. */
  external: WeightedEmbedding | null;
}

/** A call as competences see it, by either model; null where one has nothing of it. */
export interface SeenMeaning {
  unit: Float32Array | null;
  external: ExternalCallVector | null;
}

/** A past project as calls are held to it. */
interface ProjectEmbedding extends WeightedEmbedding {
  project: PastProject;
}

/** All of a profile to which the meaning of a call is held. */
export interface ProfileEmbeddings {
  competences: CompetenceEmbedding[];
  projects: ProjectEmbedding[];
  /** Of all its projects; null without any. */
  centre: WeightedEmbedding | null;
  /** The topics that it answered, without their year. */
  editions: ReadonlySet<string>;
  /** Room to reckon in, and the competences' weights. */
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

/** A profile's embeddings without some of the competences. */
export function without(embeddings: ProfileEmbeddings, labels: ReadonlySet<string>): ProfileEmbeddings {
  const competences = embeddings.competences.filter((c) => !labels.has(c.competence));
  return { ...embeddings, competences, scratch: scratchFor(competences, embeddings.projects.length) };
}

/** The same with what an external model says of the competences. */
export const withExternal = (
  embeddings: ProfileEmbeddings,
  embeddingOf: (competence: string) => WeightedEmbedding | null,
): ProfileEmbeddings => ({
  ...embeddings,
  competences: embeddings.competences.map((c) => ({ ...c, external: embeddingOf(c.competence) })),
});

/**
 * How sharply the nearest competence counts before the others, in spreads; and the nearest project, in
 * cosines.
 */
const [COMPETENCE_SHARPNESS, PROJECT_SHARPNESS] = [1.2, 8];

/** An identifier without what tells its year: equal ones are editions of one topic. */
export const yearless = (identifier: string): string =>
  identifier
    .toUpperCase()
    .replace(/(?<!\d)20[1-4]\d(?!\d)/g, '*')
    .replace(/(\*-)+(\d{2}-)*(?=\*)/g, '');

/**
 * A competence as the built-in model sees it. `own` is the terminology with the profile's terms before it.
 */
export function competenceEmbedding(
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

/** What of a profile's embedding comes from its projects. */
export type RecordEmbeddings = Pick<ProfileEmbeddings, 'projects' | 'centre' | 'editions'>;

export function recordEmbeddings(
  projects: readonly PastProject[],
  vectors: WordVectors,
  own: Terminology,
): RecordEmbeddings {
  const english: English = (text, language) => own.english(text, language);
  const had = projects.flatMap((project): ProjectEmbedding[] => {
    const unit = vectors.encode(bagOf(projectPieces(project, english), vectors));
    return unit ? [{ ...embeddingFrom(unit, vectors.background), project }] : [];
  });
  return {
    projects: had,
    centre: centreOf(had, vectors),
    editions: new Set(projects.flatMap((p) => p.topics.map((t) => yearless(t.code)))),
  };
}

export const together = (
  competences: CompetenceEmbedding[],
  record: RecordEmbeddings,
): ProfileEmbeddings => ({
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
  return together(competences, recordEmbeddings(projects, vectors, own));
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

/** Similarities of a call to many vectors, in an array of theirs that is used again. */
function similarities(
  embeddings: readonly WeightedEmbedding[],
  call: Float32Array,
  into: Float64Array,
): Float64Array {
  for (let i = 0; i < embeddings.length; i += 1) into[i] = dot(embeddings[i]!.unit, call);
  return into;
}

/**
 * By how many spreads a call is nearer to a competence than usual: by the external model where it has read
 * both. Minus infinity where neither model sees both.
 */
const nearnessTo = ({ own, external }: CompetenceEmbedding, call: SeenMeaning): number =>
  external && call.external
    ? externalNearness(external, call.external)
    : own && call.unit
      ? nearness(own, call.unit)
      : -Infinity;

/** How near a call is to the competences, in spreads: mostly to the nearest of them. */
export function meaningOf({ competences, scratch }: ProfileEmbeddings, call: SeenMeaning): number {
  const near = scratch.competences;
  for (let i = 0; i < near.length; i += 1) near[i] = nearnessTo(competences[i]!, call);
  return softGreatest(near, scratch.weights, COMPETENCE_SHARPNESS);
}

/** What share each competence has in that. */
export const meaningShares = ({ competences }: ProfileEmbeddings, call: SeenMeaning): number[] =>
  sharesOf(
    competences.map((c) => nearnessTo(c, call)),
    competences.map((c) => c.weight),
    COMPETENCE_SHARPNESS,
  );

/** How near a call is to the nearest of the projects, in spreads of their centre. */
export function nearestOf({ projects, centre, scratch }: ProfileEmbeddings, call: Float32Array): number {
  return (
    (softGreatest(similarities(projects, call, scratch.projects), scratch.ones, PROJECT_SHARPNESS) -
      centre!.mean) /
    centre!.spread
  );
}
