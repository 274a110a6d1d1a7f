import type { CallIndex } from './call-index.js';
import type { Evidence } from './match.js';
import type { Bag } from './meaning/bag.js';
import { nearestPassage } from './meaning/brought-calls.js';
import { dot } from './meaning/nearness.js';
import type { PastProject } from './meaning/pieces.js';
import { yearless, type CompetenceSight, type ProfileSights, type SeenMeaning } from './meaning/profile-sights.js';
import { isMark } from './meaning/programme-marks.js';
import type { WordVectors } from './meaning/word-vectors.js';
import type { WrittenForms } from './meaning/written-forms.js';
import type { Places } from './ranked.js';

/** So many words are named for a competence, so many projects for a record, so many words for a project. */
const [WORDS, PROJECTS, PROJECT_WORDS] = [4, 3, 3];
/** A competence that has less of a part's points is not named; the others share them. */
const LEAST_SHARE = 0.15;
/** So many places of a word are told. */
const MOST_SPANS = 5;

/** A call whose parts are to be explained. */
export interface Explained extends SeenMeaning {
  id: string;
  identifier: string | null;
  bag: Bag;
}

interface Leaning { feature: string; amount: number }

/** Says why a call is near: which of its words lie along a competence or a project. */
export class PartReasons {
  constructor(private readonly vectors: WordVectors, private readonly index: CallIndex, private readonly written: WrittenForms) {}

  /** The points of meaning, by competence and word. `shares` are those of the competences. */
  meaning({ competences }: ProfileSights, shares: readonly number[], points: number, call: Explained): Evidence[] {
    const named = shares.map((share) => (share >= LEAST_SHARE ? share : 0));
    const all = named.reduce((a, b) => a + b, 0);
    return competences.flatMap((c, i) => (named[i]! > 0 ? this.near(call, c, (points * named[i]!) / all) : []));
  }

  /** By a brought model: the passage that is nearest, since it does not say by which of its words. */
  private near(call: Explained, { competence, own, brought }: CompetenceSight, points: number): Evidence[] {
    if (!brought || !call.brought) return this.words(call, own!.unit, WORDS, points).map((e): Evidence => ({ part: 'meaning', competence, ...e }));
    const { field, start, end } = nearestPassage(brought, call.brought);
    return [{ part: 'meaning', competence, term: '', field, spans: [{ start, end }], contribution: points }];
  }

  /** The points that the projects bring: those of the nearest ones, and of the line of topics where that is what speaks for it. */
  record({ projects, centre }: ProfileSights, points: number, call: Explained): Evidence[] {
    const leanings = this.leanings(call, centre!.unit);
    const sum = (of: Leaning[]): number => of.reduce((a, l) => a + l.amount, 0);
    const marks = sum(leanings.filter((l) => isMark(l.feature)));
    const ofLine = marks === 0 ? 0 : (points * marks) / sum(leanings);
    const nearest = projects.map((p) => ({ ...p, near: Math.max(1e-6, dot(p.unit, call.unit!)) })).sort((a, b) => b.near - a.near).slice(0, PROJECTS);
    const nearness = nearest.reduce((a, p) => a + p.near, 0);
    const had = nearest.flatMap(({ project, unit, near }) => {
      const [first] = this.words(call, unit, PROJECT_WORDS, 1);
      return { part: 'past-projects' as const, competence: '', term: nameOf(project), field: first?.field ?? 'title', spans: first?.spans ?? [], contribution: ((points - ofLine) * near) / nearness };
    });
    return ofLine > 0 ? [...had, { part: 'programme', competence: '', term: call.identifier ?? '', field: 'title', spans: [], contribution: ofLine }] : had;
  }

  edition({ projects }: ProfileSights, points: number, { identifier }: Explained): Evidence[] {
    const of = projects.find(({ project }) => project.topics.some((t) => yearless(t.code) === yearless(identifier ?? '')));
    return of ? [{ part: 'editions', competence: '', term: nameOf(of.project), field: 'title', spans: [], contribution: points }] : [];
  }

  /** The features of a call that lie along a vector, most first. */
  private leanings({ bag }: Explained, unit: Float32Array): Leaning[] {
    const along = this.vectors.along(unit);
    const leanings: Leaning[] = [];
    bag.ids.forEach((id, k) => {
      const amount = bag.weights[k]! * along[id]!;
      if (amount > 0) leanings.push({ feature: this.vectors.featureOf(id), amount });
    });
    return leanings.sort((a, b) => b.amount - a.amount);
  }

  /** The words of a call that lie along a vector, those that stand in it as they are, with the points among them. */
  private words(call: Explained, unit: Float32Array, most: number, points: number): Pick<Evidence, 'term' | 'field' | 'spans' | 'contribution'>[] {
    if (points <= 0) return [];
    const found: { leaning: Leaning; places: Places }[] = [];
    for (const leaning of this.leanings(call, unit)) {
      const [places] = this.index.placesOf(call.id, leaning.feature);
      if (places) found.push({ leaning, places });
      if (found.length >= most) break;
    }
    const all = found.reduce((a, f) => a + f.leaning.amount, 0);
    if (found.length === 0) return [{ term: call.identifier ?? '', field: 'title', spans: [], contribution: points }];
    return found.map(({ leaning, places }) => ({ term: this.written.of(leaning.feature), field: places.field, spans: places.spans.slice(0, MOST_SPANS), contribution: (points * leaning.amount) / all }));
  }
}

const nameOf = ({ acronym, title }: PastProject): string => (acronym ? `${acronym}: ${title}` : title);
