import { messages } from '../../../i18n/message.js';
import { translator } from '../../../i18n/translate.js';
import type { Evidence } from '../../domain/scoring/match.js';
import { dot, nearness, nearnessUnit, nearestOf } from '../../domain/semantic/profile-embeddings.js';
import { projectName } from '../../domain/semantic/pieces.js';
import { defineSignal, type ExplainedCall, type Near, type ScoredCall } from '../../domain/signals/signal.js';
import { textSaid } from '../_kit/quote.js';

export const TEXTS = messages({
  'project.name': {
    en: 'Your past projects',
    fr: 'Vos projets passés',
  },
  project: {
    en: '{what} is close to your project “{project}”',
    fr: '{what} est proche de votre projet «\u00a0{project}\u00a0»',
  },
  'programme.name': {
    en: 'The programme',
    fr: 'Le programme',
  },
  programme: {
    en: 'You take part in the programme “{programme}”',
    fr: 'Vous participez au programme «\u00a0{programme}\u00a0»',
  },
});

const textsIn = translator(TEXTS);

const PROJECTS = 3;

function nearestProjects(call: ExplainedCall, points: number, near: Near): Evidence[] {
  const nearest = call.embeddings.projects
    .map((p) => ({ ...p, near: Math.max(1e-6, dot(p.unit, call.unit!)) }))
    .sort((a, b) => b.near - a.near)
    .slice(0, PROJECTS);
  const all = nearest.reduce((a, p) => a + p.near, 0);
  return nearest.map((p): Evidence => {
    const [first] = near.phrases(call, p.unit, { most: 1, points: 1 });
    return {
      signal: 'past-projects',
      competence: '',
      term: projectName(p.project),
      field: first?.field ?? 'title',
      spans: first?.spans ?? [],
      contribution: (points * p.near) / all,
    };
  });
}

const ofProjects =
  (spreads: (call: ScoredCall, unit: Float32Array) => number) =>
  (call: ScoredCall): number =>
    call.unit && call.embeddings.centre ? nearnessUnit(spreads(call, call.unit)) : 0;

/** How near a call is to the institute's past projects: to all of them together, and to the nearest. */
export const signal = defineSignal({
  id: 'past-projects',
  order: 30,
  reasons: {
    'past-projects': {
      name: TEXTS['project.name'],
      says: (details, language) =>
        textsIn(language)('project', { what: textSaid(details, language), project: details.term }),
    },
    programme: {
      name: TEXTS['programme.name'],
      says: ({ term }, language) => textsIn(language)('programme', { programme: term }),
    },
  },
  mayAdd: (_, { centre }) => centre !== null,
  sum: {
    units: {
      record: {
        of: 'projects',
        in: ofProjects(({ embeddings }, unit) => nearness(embeddings.centre!, unit)),
      },
      nearest: { of: 'projects', in: ofProjects(({ embeddings }, unit) => nearestOf(embeddings, unit)) },
    },
    /** Returns the evidence of the nearest projects, and of the line of topics for its share. */
    explain(call, { record, nearest }, near) {
      const points = record! + nearest!;
      const ofLine = points * near.shareOfMarks(call, call.embeddings.centre!.unit);
      const line: Evidence = {
        signal: 'programme',
        competence: '',
        term: call.identifier ?? '',
        field: 'title',
        spans: [],
        contribution: ofLine,
      };
      return [...nearestProjects(call, points - ofLine, near), ...(ofLine > 0 ? [line] : [])];
    },
  },
});
