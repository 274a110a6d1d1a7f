import type { Language } from '../../kernel/language.js';
import type { Competence } from './profile.js';

/** The names of a competence: its own label, which identifies it everywhere, and its translations. */
export type Labelled = Pick<Competence, 'label' | 'labels'>;

/** Returns the name of a competence in a reader's language. */
export function labelIn({ label, labels = {} }: Labelled, language: Language): string {
  const own: Partial<Record<Language, string | undefined>> = labels;
  return own[language] ?? label;
}

/** Returns all names of a competence. */
export const labelsOf = ({ label, labels }: Labelled): string[] => [label, ...Object.values(labels ?? {})];

/** Maps a competence's own label to its name in a language; one no longer in the profile is kept. */
export type LabelsIn = (label: string) => string;

export function labelsIn(competences: readonly Labelled[], language: Language): LabelsIn {
  const known = new Map(competences.map((c) => [c.label, labelIn(c, language)]));
  return (label) => known.get(label) ?? label;
}
