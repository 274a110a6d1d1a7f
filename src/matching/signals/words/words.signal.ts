import { messages } from '../../../i18n/message.js';
import { translator } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import { namedSections, type ReasonDetails } from '../../domain/explanation/reasons/reason-kinds.js';
import { defineSignal } from '../../domain/signals/signal.js';
import { withQuote } from '../_kit/quote.js';

export const TEXTS = messages({
  name: {
    en: 'Words of the profile',
    fr: 'Mots du profil',
  },
  'of-profile': {
    en: '“{term}”, from your profile',
    fr: '«\u00a0{term}\u00a0», de votre profil',
  },
  competence: {
    en: 'The name of your competence “{competence}”',
    fr: 'L’intitulé de votre compétence «\u00a0{competence}\u00a0»',
  },
  'of-competence': {
    en: '“{term}”, from your competence “{competence}”',
    fr: '«\u00a0{term}\u00a0», de votre compétence «\u00a0{competence}\u00a0»',
  },
  found: {
    en: '{what}: found {some, select, least {at least } other {}}{count, plural, =1 {once} =2 {twice} other {{count} times}}, in {sections}',
    fr: '{what}\u00a0: trouvé {some, select, least {au moins } other {}}{count, plural, =1 {une fois} =2 {deux fois} other {{count}\u00a0fois}}, dans {sections}',
  },
});

const textsIn = translator(TEXTS);

/** Returns which word of the profile it is. */
function wordSaid({ term, competence }: ReasonDetails, language: Language): string {
  const t = textsIn(language);
  if (competence === '') return t('of-profile', { term });
  if (term === '' || term.toLowerCase() === competence.toLowerCase()) return t('competence', { competence });
  return t('of-competence', { term, competence });
}

/** Returns the word, how often it was found, and where. */
function says(details: ReasonDetails, language: Language): string {
  const [what, { count, atLeast, kinds }] = [wordSaid(details, language), details];
  if (count === 0) return what;
  const sections = namedSections(kinds, language);
  const found = textsIn(language)('found', { what, some: atLeast ? 'least' : 'all', count, sections });
  return withQuote(found, details, language);
}

/** The phrases of a profile found in a call. */
export const signal = defineSignal({
  id: 'words',
  order: 10,
  reasons: { words: { name: TEXTS.name, says } },
  mayAdd: () => false,
  sum: {
    units: { words: { of: 'profile', in: ({ words }) => words.raw } },
    // Each word's share of the score by words alone, scaled to the given points.
    explain: ({ lexical }, { words: points }) =>
      lexical && lexical.score > 0
        ? lexical.evidence.map((e) => ({ ...e, contribution: (e.contribution * points!) / lexical.score }))
        : [],
  },
});
