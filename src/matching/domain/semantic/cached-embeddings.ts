import { sha256 } from '../../../kernel/hash.js';
import type { Profile } from '../../../profiles/domain/profile.js';
import type { Terminology } from '../analysis/terminology.js';
import type { Steps } from '../scoring/steps.js';
import type { PastProject } from './pieces.js';
import {
  competenceEmbedding,
  recordEmbeddings,
  together,
  type CompetenceEmbedding,
  type ProfileEmbeddings,
  type RecordEmbeddings,
} from './profile-embeddings.js';
import type { WordVectors } from './word-vectors.js';

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
