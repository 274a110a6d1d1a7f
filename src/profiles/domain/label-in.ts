import type { Language } from '../../kernel/language.js';
import type { Competence } from './profile.js';

/** What a competence is called: by its own label, which people and matches know it by, and in a language. */
export type Labelled = Pick<Competence, 'label' | 'labels'>;

/** What a competence is called in a reader's language. */
export function labelIn({ label, labels = {} }: Labelled, language: Language): string {
  const own: Partial<Record<Language, string | undefined>> = labels;
  return own[language] ?? label;
}

/** All that a competence may be called. */
export const labelsOf = ({ label, labels }: Labelled): string[] => [label, ...Object.values(labels ?? {})];

/**
 * From a competence's own label to what it is called in a language; one that the profile does not have any
 * more keeps its own.
 */
export type LabelsIn = (label: string) => string;

export function labelsIn(competences: readonly Labelled[], language: Language): LabelsIn {
  const known = new Map(competences.map((c) => [c.label, labelIn(c, language)]));
  return (label) => known.get(label) ?? label;
}
