import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { quoted, said } from '../_kit/french.js';

export const FRENCH: Record<'project' | 'programme', ReasonWords> = {
  project: {
    name: 'Vos projets passés',
    says: (details) => `${said(details)} est proche de votre projet ${quoted(details.term)}`,
  },
  programme: {
    name: 'Le programme',
    says: ({ term }) => `Vous participez au programme ${quoted(term)}`,
  },
};
