import type { Profile } from '../../profile/profile.js';
import type { Terminology } from '../terminology.js';
import { bagOf } from './bag.js';
import { dot, nearness, sightFrom, softGreatest, type Sight } from './nearness.js';
import { competencePieces, projectPieces, type English, type PastProject } from './pieces.js';
import type { WordVectors } from './word-vectors.js';

/** A competence as calls are held to it. */
export interface CompetenceSight extends Sight {
  competence: string;
  weight: number;
}

/** A past project as calls are held to it. */
export interface ProjectSight extends Sight {
  project: PastProject;
}

/** All of a profile to which the meaning of a call is held. */
export interface ProfileSights {
  competences: CompetenceSight[];
  projects: ProjectSight[];
  /** Of all its projects; null without any. */
  centre: Sight | null;
  /** The topics that it answered, without their year. */
  editions: ReadonlySet<string>;
}

/** How sharply the nearest competence counts before the others, in spreads; and the nearest project, in cosines. */
const [COMPETENCE_SHARPNESS, PROJECT_SHARPNESS] = [1.2, 8];

/** An identifier without what tells its year: equal ones are editions of one topic. */
export const yearless = (identifier: string): string => identifier.toUpperCase().replace(/(?<!\d)20[1-4]\d(?!\d)/g, '*').replace(/(\*-)+(\d{2}-)*(?=\*)/g, '');

export function sightsOf(profile: Pick<Profile, 'competences' | 'language' | 'vocabulary'>, projects: readonly PastProject[], vectors: WordVectors, terminology: Terminology): ProfileSights {
  const own = terminology.extendedBy(profile.vocabulary);
  const english: English = (text, language) => own.english(text, language);
  const competences = profile.competences.flatMap((c): CompetenceSight[] => {
    const unit = c.weight === 0 ? null : vectors.encode(bagOf(competencePieces(c, (text) => own.languageOf(text, profile.language), english), vectors));
    return unit ? [{ ...sightFrom(unit, vectors.background), competence: c.label, weight: c.weight }] : [];
  });
  const had = projects.flatMap((project): ProjectSight[] => {
    const unit = vectors.encode(bagOf(projectPieces(project, english), vectors));
    return unit ? [{ ...sightFrom(unit, vectors.background), project }] : [];
  });
  const editions = new Set(projects.flatMap((p) => p.topics.map((t) => yearless(t.code))));
  return { competences, projects: had, centre: centreOf(had, vectors), editions };
}

function centreOf(projects: ProjectSight[], vectors: WordVectors): Sight | null {
  if (projects.length === 0) return null;
  const sum = new Float32Array(vectors.dimensions);
  for (const { unit } of projects) unit.forEach((x, d) => { sum[d]! += x; });
  const length = Math.sqrt(dot(sum, sum));
  return length === 0 ? null : sightFrom(sum.map((x) => x / length), vectors.background);
}

/** How near a call is to the competences in spreads, and what share each of them has in that. */
export const meaningOf = ({ competences }: ProfileSights, call: Float32Array): { value: number; shares: number[] } =>
  softGreatest(competences.map((c) => nearness(c, call)), competences.map((c) => c.weight), COMPETENCE_SHARPNESS);

/** How near a call is to the nearest of the projects, in spreads of their centre, and what share each project has in that. */
export function nearestOf({ projects, centre }: ProfileSights, call: Float32Array): { value: number; shares: number[] } {
  const { value, shares } = softGreatest(projects.map((p) => dot(p.unit, call)), projects.map(() => 1), PROJECT_SHARPNESS);
  return { value: (value - centre!.mean) / centre!.spread, shares };
}
