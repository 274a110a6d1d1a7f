import type { Language } from '../../../../kernel/language.js';
import { fieldsOf, type FieldKind, type MatchableCall } from '../../index/fields.js';

/** The parts of a call as people name them, with their article. */
const PART_NAMES: Record<Language, Record<FieldKind, string>> = {
  en: {
    title: 'the title',
    keywords: 'the keywords',
    callTitle: 'the title of its call',
    destination: 'the destination',
    parentTopic: 'the title of the topic that funded its project',
    project: 'the name of the project that runs it',
    summary: 'the summary',
    'expected-outcome': 'the expected outcomes',
    scope: 'the scope',
    objective: 'the objective',
    'expected-impact': 'the expected impact',
    'specific-challenge': 'the challenge',
    conditions: 'the conditions',
    other: 'the further text',
  },
  fr: {
    title: 'le titre',
    keywords: 'les mots-clés',
    callTitle: 'l’intitulé de l’appel',
    destination: 'la destination',
    parentTopic: 'l’intitulé du sujet au titre duquel son projet est financé',
    project: 'le nom du projet organisateur',
    summary: 'le résumé',
    'expected-outcome': 'les résultats attendus',
    scope: 'le périmètre',
    objective: 'l’objectif',
    'expected-impact': 'les impacts attendus',
    'specific-challenge': 'le défi à relever',
    conditions: 'les conditions',
    other: 'le reste du texte',
  },
};

/** What kind of field a name in evidence means in that call; null where the call has no such field. */
export const kindOfField = (call: MatchableCall, name: string): FieldKind | null =>
  fieldsOf(call).find((f) => f.name === name)?.kind ?? null;

/** "the title and the scope". */
export const namedParts = (kinds: FieldKind[], language: Language): string =>
  new Intl.ListFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { type: 'conjunction' }).format(
    [...new Set(kinds)].map((kind) => PART_NAMES[language][kind]),
  );
