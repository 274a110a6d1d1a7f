import type { CallIndex } from '../index/call-index.js';
import type { Evidence } from '../scoring/match.js';
import type { Bag } from '../semantic/bag.js';
import { nearestPassage } from '../semantic/external-call-vectors.js';
import { dot } from '../semantic/nearness.js';
import type { PastProject } from '../semantic/pieces.js';
import {
  meaningShares,
  yearless,
  type CompetenceEmbedding,
  type ProfileEmbeddings,
  type SeenMeaning,
} from '../semantic/profile-embeddings.js';
import type { PartName } from '../signals/signals.js';
import { isMark } from '../semantic/programme-marks.js';
import { Leans } from '../semantic/leans.js';
import type { WordVectors } from '../semantic/word-vectors.js';
import type { WrittenForms } from '../semantic/written-forms.js';
import { NearPhrases } from './near-phrases.js';

/** So many phrases are named for a competence, so many projects for a record. */
const [PHRASES, PROJECTS] = [3, 3];
/** A competence that has less of a part's points is not named; the others share them. */
const LEAST_SHARE = 0.15;
/** As little as the commonest word tells still names a call, where it has no other. */
const LEAST_WEIGHT = 0.01;

/** A call whose parts are to be explained. */
export interface Explained extends SeenMeaning {
  id: string;
  identifier: string | null;
  bag: Bag;
}

/** Says why a call is near: in which of its phrases words stand that lie along a competence or a project. */
export class PartReasons {
  private readonly leans: Leans;
  private readonly near: NearPhrases;

  constructor(
    private readonly vectors: WordVectors,
    index: CallIndex,
    written: WrittenForms,
  ) {
    this.leans = new Leans(vectors);
    this.near = new NearPhrases(vectors, index, written);
  }

  /** All that brings points beside words, from what each part brings. */
  of(call: Explained, embeddings: ProfileEmbeddings, bring: (part: PartName) => number): Evidence[] {
    const [meaning, record, editions] = [
      bring('meaning'),
      bring('record') + bring('nearest'),
      bring('editions'),
    ];
    return [
      ...(meaning > 0 ? this.meaning(embeddings, meaningShares(embeddings, call), meaning, call) : []),
      ...(record > 0 ? this.record(embeddings, record, call) : []),
      ...(editions > 0 ? this.edition(embeddings, editions, call) : []),
    ];
  }

  /** The points of meaning, by competence and phrase. `shares` are those of the competences. */
  private meaning(
    { competences }: ProfileEmbeddings,
    shares: readonly number[],
    points: number,
    call: Explained,
  ): Evidence[] {
    const named = shares.map((share) => (share >= LEAST_SHARE ? share : 0));
    const all = named.reduce((a, b) => a + b, 0);
    return competences.flatMap((c, i) =>
      named[i]! > 0 ? this.nearTo(call, c, (points * named[i]!) / all) : [],
    );
  }

  /** By an external model: the passage that is nearest, since it does not say by which of its words. */
  private nearTo(
    call: Explained,
    { competence, own, external }: CompetenceEmbedding,
    points: number,
  ): Evidence[] {
    if (!external || !call.external)
      return this.phrases(call, own!.unit, PHRASES, points).map((e): Evidence => ({
        part: 'meaning',
        competence,
        ...e,
      }));
    const { field, start, end } = nearestPassage(external, call.external);
    return [{ part: 'meaning', competence, term: '', field, spans: [{ start, end }], contribution: points }];
  }

  /** The points that the projects bring: those of the nearest ones, and of the line of topics where that is what speaks for it. */
  private record({ projects, centre }: ProfileEmbeddings, points: number, call: Explained): Evidence[] {
    const ofLine = points * this.shareOfMarks(call, centre!.unit);
    const nearest = projects
      .map((p) => ({ ...p, near: Math.max(1e-6, dot(p.unit, call.unit!)) }))
      .sort((a, b) => b.near - a.near)
      .slice(0, PROJECTS);
    const nearness = nearest.reduce((a, p) => a + p.near, 0);
    const had = nearest.flatMap(({ project, unit, near }) => {
      const [first] = this.phrases(call, unit, 1, 1);
      return {
        part: 'past-projects' as const,
        competence: '',
        term: nameOf(project),
        field: first?.field ?? 'title',
        spans: first?.spans ?? [],
        contribution: ((points - ofLine) * near) / nearness,
      };
    });
    return ofLine > 0
      ? [
          ...had,
          {
            part: 'programme',
            competence: '',
            term: call.identifier ?? '',
            field: 'title',
            spans: [],
            contribution: ofLine,
          },
        ]
      : had;
  }

  private edition({ projects }: ProfileEmbeddings, points: number, { identifier }: Explained): Evidence[] {
    const of = projects.find(({ project }) =>
      project.topics.some((t) => yearless(t.code) === yearless(identifier ?? '')),
    );
    return of
      ? [
          {
            part: 'editions',
            competence: '',
            term: nameOf(of.project),
            field: 'title',
            spans: [],
            contribution: points,
          },
        ]
      : [];
  }

  /** How much each feature of a call lies along a vector, in the order of its bag; 0 for those that do not. */
  private leanings({ bag: { ids, weights } }: Explained, unit: Float32Array): Float64Array {
    const amounts = new Float64Array(ids.length);
    const along = this.leans.along(unit);
    for (let k = 0; k < ids.length; k += 1) amounts[k] = Math.max(0, weights[k]! * along(ids[k]!));
    return amounts;
  }

  /** What share of what lies along a vector are marks of the programme. */
  private shareOfMarks(call: Explained, unit: Float32Array): number {
    const amounts = this.leanings(call, unit);
    const marks = amounts.reduce(
      (sum, amount, k) =>
        amount > 0 && isMark(this.vectors.featureOf(call.bag.ids[k]!)) ? sum + amount : sum,
      0,
    );
    return marks === 0 ? 0 : marks / amounts.reduce((a, b) => a + b, 0);
  }

  /** How much more a word tells than the commonest one does, by its inverse document frequency: "use" lies along nearly everything. */
  private weightOf(id: number): number {
    return Math.max(LEAST_WEIGHT, this.vectors.weightOf(id) - this.vectors.leastWeight);
  }

  /** The phrases of a call whose words lie along a vector and tell most, with the points among them. */
  private phrases(
    call: Explained,
    unit: Float32Array,
    most: number,
    points: number,
  ): Pick<Evidence, 'term' | 'field' | 'spans' | 'contribution'>[] {
    if (points <= 0) return [];
    const amounts = this.leanings(call, unit);
    for (let k = 0; k < amounts.length; k += 1)
      if (amounts[k]! > 0) amounts[k]! *= this.weightOf(call.bag.ids[k]!);
    const found = this.near.in(call.id, call.bag.ids, amounts, most);
    const all = found.reduce((a, f) => a + f.amount, 0);
    if (found.length === 0) return [{ ...this.near.title(call.id), contribution: points }];
    return found.map(({ amount, ...phrase }) => ({ ...phrase, contribution: (points * amount) / all }));
  }
}

const nameOf = ({ acronym, title }: PastProject): string => (acronym ? `${acronym}: ${title}` : title);
