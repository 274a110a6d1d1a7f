import { messages } from '../../../i18n/message.js';
import { translator } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import { namedSections, type ReasonDetails } from '../../domain/explanation/reasons/reason-kinds.js';
import type { Evidence } from '../../domain/scoring/match.js';
import {
  nearestPassage,
  meaningUnit,
  type CompetenceEmbedding,
  meaningOf,
  meaningShares,
} from '../../domain/semantic/profile-embeddings.js';
import { defineSignal, type ExplainedCall, type Near } from '../../domain/signals/signal.js';
import { textSaid, withQuote } from '../_kit/quote.js';

export const TEXTS = messages({
  name: {
    en: 'Close in meaning',
    fr: 'Proche par le sens',
  },
  term: {
    en: '“{term}”, in {sections}',
    fr: '«\u00a0{term}\u00a0», dans {sections}',
  },
  'near-profile': {
    en: '{what} is close in meaning to your profile',
    fr: '{what} a un sens proche de votre profil',
  },
  'near-competence': {
    en: '{what} is close in meaning to your competence “{competence}”',
    fr: '{what} a un sens proche de votre compétence «\u00a0{competence}\u00a0»',
  },
});

const PHRASES = 3;
/** Competences below this share of the points are not named; the others divide them up. */
const LEAST_SHARE = 0.15;

/** With an external model, the evidence is the nearest passage: it does not tell which words count. */
function nearTo(
  call: ExplainedCall,
  { competence, own, external }: CompetenceEmbedding,
  { points, taken }: { points: number; taken: ReadonlySet<string> },
  near: Near,
): Evidence[] {
  if (!external || !call.external)
    return near
      .phrases(call, own!.unit, { most: PHRASES, points, taken })
      .map((e): Evidence => ({ signal: 'meaning', competence, ...e }));
  const { field, start, end } = nearestPassage(external, call.external);
  return [{ signal: 'meaning', competence, term: '', field, spans: [{ start, end }], contribution: points }];
}

const textsIn = translator(TEXTS);

/**
 * Words the reason. The term is the call's own wording, as the profile has no matching word; without a term,
 * it is the passage nearest by an external model.
 */
function says(details: ReasonDetails, language: Language): string {
  const t = textsIn(language);
  const { term, competence, kinds } = details;
  const what =
    term === '' || kinds.length === 0
      ? textSaid(details, language)
      : `${withQuote(t('term', { term, sections: namedSections(kinds, language) }), details, language)},`;
  return competence === '' ? t('near-profile', { what }) : t('near-competence', { what, competence });
}

/** How near a call is to the competences in meaning, and how much of their vocabulary it contains. */
export const signal = defineSignal({
  id: 'meaning',
  order: 20,
  reasons: { meaning: { ofCall: true, name: TEXTS.name, says } },
  mayAdd: (_, { competences }) => competences.some((c) => c.external),
  sum: {
    units: {
      meaning: {
        of: 'profile',
        in: (call) => meaningUnit(meaningOf(call.embeddings, call), call.words.shared),
      },
    },
    explain(call, { meaning: points }, near) {
      const named = meaningShares(call.embeddings, call).map((share) => (share >= LEAST_SHARE ? share : 0));
      const all = named.reduce((a, b) => a + b, 0);
      const evidence: Evidence[] = [];
      // A phrase is a reason of one competence: of the one whose word it is, or else of the nearest.
      const takenFrom = (competence: string): Set<string> =>
        new Set(
          [...(call.lexical?.evidence ?? []), ...evidence]
            .filter((e) => e.competence !== competence && e.term !== '')
            .map((e) => e.term.toLowerCase()),
        );
      for (const { own, share } of call.embeddings.competences
        .map((own, i) => ({ own, share: named[i]! }))
        .filter(({ share }) => share > 0)
        .sort((a, b) => b.share - a.share))
        evidence.push(
          ...nearTo(call, own, { points: (points! * share) / all, taken: takenFrom(own.competence) }, near),
        );
      return evidence;
    },
  },
});
